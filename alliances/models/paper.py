"""What charter and agreement have in common: a text in versions, drafted by the lead, put to the others."""

from __future__ import annotations

from django.contrib.contenttypes.fields import GenericRelation
from django.db import models
from django.utils.translation import gettext_lazy as _

from alliances.models.alliance import Alliance
from members.states import Stateful

LONGEST = 20_000


class Paper(Stateful):
    """One version of a text on which the members of an alliance agree; a file may lie beside it.

    ``put_on`` is the day on which it was put to the others, ``agreed_on`` the day on which they had agreed.
    """

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="%(class)ss", verbose_name=_("联合体"))
    version = models.PositiveSmallIntegerField(_("版本"), default=1)
    text = models.TextField(_("正文"), max_length=LONGEST)
    drafted_at = models.DateTimeField(_("拟定时间"))
    put_on = models.DateField(_("提交成员日期"), null=True, blank=True)
    agreed_on = models.DateField(_("生效日期"), null=True, blank=True)
    documents = GenericRelation("members.Document", content_type_field="thing_type", object_id_field="thing_id")
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    class Meta:
        abstract = True
