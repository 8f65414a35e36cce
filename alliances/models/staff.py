"""Who works for an alliance besides its members' own leaders, and who does business beside it."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models.alliance import Alliance
from alliances.querysets import PartnerQuerySet, StaffQuerySet


class Staff(models.Model):
    """A person who works for the alliance (人员): posted across, engaged, or a volunteer; from ``since`` on, up to the
    day before ``until``. A Party member of the lead's own, or a name with the organisation where the person belongs.
    """

    class Kind(models.TextChoices):
        CROSS_POSTING = "cross_posting", _("交叉任职")
        ENGAGED = "engaged", _("社会选聘")
        VOLUNTEER = "volunteer", _("招募志愿者")

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="staff", verbose_name=_("联合体"))
    kind = models.CharField(_("方式"), max_length=14, choices=Kind.choices)
    person = models.ForeignKey(
        "members.PartyMember", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("党员")
    )
    name = models.CharField(_("姓名"), max_length=40, blank=True)
    unit = models.CharField(_("所在单位"), max_length=60, blank=True)
    task = models.CharField(_("承担什么"), max_length=80)
    since = models.DateField(_("开始日期"))
    until = models.DateField(_("结束日期"), null=True, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = StaffQuerySet.as_manager()

    class Meta:
        verbose_name = _("人员")
        verbose_name_plural = _("人员")
        ordering = ("kind", "since", "id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False, name="") | (models.Q(person=None) & ~models.Q(name="")),
                name="staff_is_somebody",
            ),
            models.UniqueConstraint(
                fields=["alliance", "kind", "person"],
                condition=models.Q(until=None, person__isnull=False),
                name="one_present_posting_of_a_person",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who} {self.task}"

    def get_absolute_url(self) -> str:
        return reverse("alliances:staff", args=[self.alliance_id])

    @property
    def who(self) -> str:
        return self.person.name if self.person else self.name

    @property
    def belongs(self) -> str:
        """Where the person belongs, in words."""
        return self.person.organization.label if self.person else self.unit


class Partner(models.Model):
    """Who does business in the industry consortium (产业化联合体) beside the alliance; no Party organisation.

    Growers stand as a group: households' personal data are not stored.
    """

    class Kind(models.TextChoices):
        LEADING_FIRM = "leading_firm", _("龙头企业")
        COOPERATIVE = "cooperative", _("合作社")
        GROWERS = "growers", _("种植户")

    alliance = models.ForeignKey(Alliance, models.PROTECT, related_name="partners", verbose_name=_("联合体"))
    kind = models.CharField(_("类别"), max_length=14, choices=Kind.choices)
    name = models.CharField(_("名称"), max_length=60)
    contact = models.CharField(_("联系方式"), max_length=60, blank=True)
    since = models.DateField(_("加入日期"))
    until = models.DateField(_("退出日期"), null=True, blank=True)
    source = models.CharField(_("出处"), max_length=40, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = PartnerQuerySet.as_manager()

    class Meta:
        verbose_name = _("产业化联合体成员")
        verbose_name_plural = _("产业化联合体成员")
        ordering = ("-kind", "id")
        constraints = [
            models.UniqueConstraint(
                fields=["alliance", "name"], condition=models.Q(until=None), name="one_present_partner_of_a_name"
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("alliances:consortium", args=[self.alliance_id])
