"""The form field of a file: what it takes is said beside it, what it is was checked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.base import File
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from members.uploads import Kind, accepted, check_upload


class UploadField(forms.FileField):
    """A file of one of ``kinds``; the cleaned file carries its ``kind``. The form's page sends multipart."""

    def __init__(self, kinds: Sequence[Kind], **kwargs: Any) -> None:
        self.kinds = tuple(kinds)
        endings = [ending for kind in self.kinds for ending in kind.endings]
        kwargs.setdefault("widget", forms.FileInput(attrs={"accept": accepted(self.kinds)}))
        kwargs.setdefault("help_text", format_lazy(_("{kinds}，不超过 20 MB"), kinds=" ".join(endings)))
        super().__init__(**kwargs)

    def to_python(self, data: File | None) -> File | None:
        """ValidationError for a file that is not what it says or out of bounds."""
        file: Any = super().to_python(data)
        if file is not None:
            file.kind = check_upload(file, self.kinds)
        return file
