"""Uploaded files: where they lie, what they are, and the one thing that each belongs to."""

from __future__ import annotations

import secrets

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.querysets import DocumentQuerySet
from members.uploads import KINDS, Kind


def random_place(document: Document, name: str) -> str:
    """A name that tells nothing and cannot be guessed, in one of 256 folders."""
    token = secrets.token_hex(20)
    return f"documents/{token[:2]}/{token}"


class Document(models.Model):
    """A file (附件) that was checked on its way in, kept under a random name outside everything that is served.

    Whoever may see ``thing`` may have it; its content never changes. ``kind`` is a key of ``members.uploads.KINDS``.
    """

    thing_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    thing_id = models.BigIntegerField()
    thing = GenericForeignKey("thing_type", "thing_id")
    file = models.FileField(upload_to=random_place, max_length=80)
    name = models.CharField(_("文件名"), max_length=100)
    kind = models.CharField(_("类型"), max_length=8, choices=[(key, kind.label) for key, kind in KINDS.items()])
    size = models.PositiveIntegerField(_("大小（字节）"))
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.ForeignKey("members.User", models.PROTECT, null=True, blank=True, related_name="+")
    uploaded_at = models.DateTimeField(_("上传时间"))

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = _("附件")
        verbose_name_plural = _("附件")
        ordering = ("id",)
        indexes = [models.Index(fields=["thing_type", "thing_id"])]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("documents:download", args=[self.pk])

    @property
    def sort(self) -> Kind:
        """What kind of file it is, with its content type."""
        return KINDS[self.kind]
