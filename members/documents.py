"""The verbs of uploaded files: to keep one beside the thing that it belongs to, to discard it."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import File
from django.db import models, transaction

from members.models import Document
from members.uploads import PAPERS, check_upload, safe_name


def keep(file: File, thing: models.Model, *, by: Any, at: datetime) -> Document:
    """Check the file and keep it beside ``thing``; call it last, so that a refusal elsewhere leaves no file behind.

    Raises ValidationError for what is no paper, table or picture of sound size.
    """
    kind = check_upload(file, PAPERS)
    name, digest = safe_name(file.name or "", kind), hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    file.seek(0)
    return Document.objects.create(
        thing_type=ContentType.objects.get_for_model(thing), thing_id=thing.pk, file=File(file.file, name=name),
        name=name, kind=kind.key, size=file.size, sha256=digest.hexdigest(),
        uploaded_by=by if hasattr(by, "duty") else None, uploaded_at=at,
    )  # fmt: skip


def discard(document: Document) -> None:
    """The file goes with its row, once the transaction has come to a good end."""
    storage, name = document.file.storage, document.file.name or ""
    document.delete()
    transaction.on_commit(lambda: storage.delete(name))
