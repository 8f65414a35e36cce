"""Primary-level Party organisations (基层党组织) and their Party members."""

from __future__ import annotations

import pghistory
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from members.bigrams import pairs_of
from members.querysets import OrganizationQuerySet, PartyMemberQuerySet


@pghistory.track(pghistory.UpdateEvent(row=pghistory.Old), pghistory.DeleteEvent())
class Organization(models.Model):
    """A Party organisation. ``parent`` is its affiliation (隶属关系): no verb of alliances, lists or claims writes it.

    ``place`` is the community, village or town whose own Party organisation this is: at most one per place.
    ``merged_into`` is the organisation for which this row was found to be a second record: it is never deleted, and its
    code and name lead there. ``synthetic`` marks what a demo filled in; ``source`` names the report that mentions it.
    """

    class Kind(models.TextChoices):
        COMMITTEE = "committee", _("党委")
        WORKING_COMMITTEE = "working_committee", _("党工委")
        GENERAL_BRANCH = "general_branch", _("党总支")
        BRANCH = "branch", _("党支部")
        GROUP = "group", _("党组")
        OTHER = "other", _("党组织")

    class Sector(models.TextChoices):
        """领域: what 跨领域 is computed from."""

        ORGAN = "organ", _("机关")
        INSTITUTION = "institution", _("事业单位")
        STATE_ENTERPRISE = "state_enterprise", _("国有企业")
        PRIVATE_ENTERPRISE = "private_enterprise", _("非公企业")
        SOCIAL = "social", _("社会组织")
        SCHOOL = "school", _("学校")
        VILLAGE = "village", _("农村")
        COMMUNITY = "community", _("社区")
        TOWN = "town", _("乡镇街道")

    class Industry(models.TextChoices):
        """行业: what 跨行业 is computed from."""

        PARTY_AFFAIRS = "party_affairs", _("党务")
        AGRICULTURE = "agriculture", _("农林牧")
        INDUSTRY = "industry", _("工业")
        COMMERCE = "commerce", _("商贸服务")
        FINANCE = "finance", _("金融")
        EDUCATION = "education", _("教育")
        HEALTH = "health", _("卫生")
        JUSTICE = "justice", _("政法")
        CIVIL = "civil", _("民政社会")
        CONSTRUCTION = "construction", _("住建城管")
        COMMUNICATION = "communication", _("通信邮政")
        GOVERNANCE = "governance", _("基层治理")
        CULTURE = "culture", _("文旅")
        OTHER = "other", _("其他")

    class Level(models.TextChoices):
        """层级: what 跨层级 is computed from."""

        CENTRAL = "central", _("中央")
        PROVINCE = "province", _("省级")
        CITY = "city", _("市级")
        COUNTY = "county", _("旗县级")
        TOWN = "town", _("乡镇级")
        PRIMARY = "primary", _("村社区及基层单位")

    class Ownership(models.TextChoices):
        """体制: what 跨体制 is computed from."""

        PUBLIC = "public", _("公有")
        COLLECTIVE = "collective", _("集体")
        PRIVATE = "private", _("非公有")

    code = models.CharField(_("组织代码"), max_length=32, unique=True, db_collation="C")
    name = models.CharField(_("全称"), max_length=120)
    short_name = models.CharField(_("简称"), max_length=40, blank=True)
    pinyin = models.CharField(_("拼音"), max_length=240, blank=True, db_collation="C")
    kind = models.CharField(_("组织类别"), max_length=20, choices=Kind.choices)
    sector = models.CharField(_("领域"), max_length=20, choices=Sector.choices)
    industry = models.CharField(_("行业"), max_length=20, choices=Industry.choices, default=Industry.OTHER)
    level = models.CharField(_("层级"), max_length=10, choices=Level.choices)
    ownership = models.CharField(_("体制"), max_length=10, choices=Ownership.choices, default=Ownership.PUBLIC)
    region = models.ForeignKey(
        "members.Region", models.PROTECT, related_name="organizations", verbose_name=_("所在区划"), db_index=False
    )
    place = models.OneToOneField(
        "members.Region", models.PROTECT, null=True, blank=True, related_name="organization", verbose_name=_("管辖区划")
    )
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("隶属上级")
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="former", verbose_name=_("已并入")
    )
    merged_on = models.DateField(_("并入日期"), null=True, blank=True)
    contact = models.CharField(_("联系人"), max_length=40, blank=True)
    phone = models.CharField(_("工作电话"), max_length=20, blank=True)
    source = models.CharField(_("出处"), max_length=40, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)
    updated_at = models.DateTimeField(_("更新时间"), auto_now=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("党组织")
        verbose_name_plural = _("党组织")
        ordering = ("region_id", "code")
        indexes = [
            models.Index(fields=["region", "id"]),
            models.Index(fields=["pinyin"]),
            pairs_of("name", "organization_name_pairs"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(merged_into=None) | models.Q(merged_on__isnull=False, place=None),
                name="merged_organization_has_its_day_and_no_place",
            ),
            models.CheckConstraint(
                condition=~models.Q(merged_into=models.F("id")), name="organization_not_merged_into_itself"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def label(self) -> str:
        """The short name where there is one."""
        return self.short_name or self.name

    @property
    def masked_phone(self) -> str:
        """The phone with its middle hidden, as every page shows it."""
        return masked(self.phone)

    @property
    def is_enterprise(self) -> bool:
        return self.sector in {self.Sector.STATE_ENTERPRISE, self.Sector.PRIVATE_ENTERPRISE}

    def get_absolute_url(self) -> str:
        return reverse("organizations:detail", args=[self.pk])


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class PartyMember(models.Model):
    """A Party member (党员) with the least data: name, organisation, post, work phone. Never an identity number.

    Counted in the organisation from ``since`` on, up to the day before ``until``.
    """

    name = models.CharField(_("姓名"), max_length=40)
    organization = models.ForeignKey(Organization, models.PROTECT, related_name="people", verbose_name=_("所在党组织"))
    post = models.CharField(_("职务"), max_length=40, blank=True)
    phone = models.CharField(_("工作电话"), max_length=20, blank=True)
    since = models.DateField(_("转入日期"))
    until = models.DateField(_("转出日期"), null=True, blank=True)
    synthetic = models.BooleanField(_("演示数据"), default=False)

    objects = PartyMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("党员")
        verbose_name_plural = _("党员")
        ordering = ("organization_id", "id")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(until=None) | models.Q(until__gt=models.F("since")),
                name="party_member_leaves_after_joining",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def masked_phone(self) -> str:
        """The phone with its middle hidden, as every page shows it."""
        return masked(self.phone)


def masked(phone: str) -> str:
    """13812345678 -> 138****5678; a short number disappears."""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 8 else "****" if phone else ""
