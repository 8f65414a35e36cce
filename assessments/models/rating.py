"""What raters say, and the results that come of it."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.core.validators import MaxLengthValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models.indicator import Indicator
from assessments.models.scheme import PERCENT, Scheme
from assessments.querysets import MarkQuerySet, MemberScoreQuerySet, RatingQuerySet, ScoreQuerySet


class Rating(models.Model):
    """One organisation's rating (评价), once for each pair, blind to all others.

    ``direction`` says who rates whom: a member organisation its alliance; the supervising organisation the alliance;
    the alliance (its lead) a member. ``organization`` is the one beside the alliance in the pair.
    """

    class Direction(models.TextChoices):
        MEMBERS = "members", _("成员评联合体")
        SUPERIOR = "superior", _("上级评联合体")
        ALLIANCE = "alliance", _("联合体评成员")

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="ratings", verbose_name=_("方案"))
    alliance = models.ForeignKey("alliances.Alliance", models.PROTECT, related_name="ratings", verbose_name=_("联合体"))
    organization = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="ratings", verbose_name=_("党组织")
    )
    direction = models.CharField(_("方向"), max_length=10, choices=Direction.choices)
    score = models.DecimalField(_("评分"), max_digits=5, decimal_places=2, validators=PERCENT)
    reason = models.TextField(_("理由"), blank=True)
    by = models.ForeignKey("members.User", models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(_("时间"))
    synthetic = models.BooleanField(_("演示数据"), default=False)

    objects = RatingQuerySet.as_manager()

    class Meta:
        verbose_name = _("评价")
        verbose_name_plural = _("评价")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "alliance", "organization", "direction"], name="one_rating_a_pair"
            ),
            models.CheckConstraint(condition=models.Q(score__gte=0, score__lte=100), name="rating_is_a_percentage"),
        ]

    def __str__(self) -> str:
        return f"{self.get_direction_display()} · {self.alliance}"


class Opinion(models.Model):
    """A rating by one of the masses (群众评价), who came by invitation: what was said of which alliance, no more.

    Nothing here leads to a person, an account or the invitation: ``at`` is the beginning of the day.
    """

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="opinions", verbose_name=_("方案"))
    alliance = models.ForeignKey(
        "alliances.Alliance", models.PROTECT, related_name="opinions", verbose_name=_("联合体")
    )
    score = models.DecimalField(_("评分"), max_digits=5, decimal_places=2, validators=PERCENT)
    words = models.TextField(_("想说的话"), blank=True, validators=[MaxLengthValidator(300)])
    at = models.DateTimeField(_("时间"))
    synthetic = models.BooleanField(_("演示数据"), default=False)

    class Meta:
        verbose_name = _("群众评价")
        verbose_name_plural = _("群众评价")
        ordering = ("id",)
        constraints = [
            models.CheckConstraint(condition=models.Q(score__gte=0, score__lte=100), name="opinion_is_a_percentage")
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} · {self.alliance}"


@pghistory.track(pghistory.UpdateEvent(), pghistory.DeleteEvent())
class Mark(models.Model):
    """The points (部门评分) that a department gives one alliance on an indicator that the system cannot count: always
    with a reason, by somebody who then cannot approve the publication. A later mark replaces it; both stay in the
    steps."""

    indicator = models.ForeignKey(Indicator, models.PROTECT, related_name="marks", verbose_name=_("指标"))
    alliance = models.ForeignKey("alliances.Alliance", models.PROTECT, related_name="marks", verbose_name=_("联合体"))
    score = models.DecimalField(_("评分"), max_digits=5, decimal_places=2, validators=PERCENT)
    reason = models.CharField(_("理由"), max_length=500)
    by = models.ForeignKey("members.User", models.PROTECT, related_name="+")
    at = models.DateTimeField(_("时间"))
    synthetic = models.BooleanField(_("演示数据"), default=False)

    objects = MarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("部门评分")
        verbose_name_plural = _("部门评分")
        ordering = ("id",)
        constraints = [
            models.UniqueConstraint(fields=["indicator", "alliance"], name="one_mark_an_alliance"),
            models.CheckConstraint(condition=models.Q(score__gte=0, score__lte=100), name="mark_is_a_percentage"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="mark_has_its_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} · {self.alliance}"


class AllianceScore(models.Model):
    """An alliance's published result (考核结果): frozen, with its working. ``score`` None = nothing could be scored.

    ``evaluation`` is the members' mean, None below three raters. ``working`` holds values, numerators, weights as
    given and as used, and the gaps; ``digest`` is its fingerprint: the same input gives the same one.
    """

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="scores", verbose_name=_("方案"))
    alliance = models.ForeignKey("alliances.Alliance", models.PROTECT, related_name="scores", verbose_name=_("联合体"))
    score = models.DecimalField(_("得分"), max_digits=5, decimal_places=2, null=True)
    evaluation = models.DecimalField(_("成员评价"), max_digits=5, decimal_places=2, null=True)
    grade = models.CharField(_("等次"), max_length=10, blank=True)
    working = models.JSONField(_("计算过程"))
    digest = models.CharField(_("摘要"), max_length=64)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("联合体考核结果")
        verbose_name_plural = _("联合体考核结果")
        ordering = ("alliance__code", "alliance_id")
        constraints = [models.UniqueConstraint(fields=["scheme", "alliance"], name="one_score_an_alliance")]
        triggers = [pgtrigger.Protect(name="published_score_is_frozen", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.alliance} {self.score}"

    def get_absolute_url(self) -> str:
        return reverse("assessments:result", args=[self.scheme_id, self.alliance_id])


class MemberScore(models.Model):
    """A member organisation's published result in one alliance: the alliance's rating of it and the alliance's own."""

    scheme = models.ForeignKey(Scheme, models.PROTECT, related_name="member_scores", verbose_name=_("方案"))
    alliance = models.ForeignKey(
        "alliances.Alliance", models.PROTECT, related_name="member_scores", verbose_name=_("联合体")
    )
    organization = models.ForeignKey(
        "members.Organization", models.PROTECT, related_name="member_scores", verbose_name=_("党组织")
    )
    score = models.DecimalField(_("得分"), max_digits=5, decimal_places=2, null=True)
    working = models.JSONField(_("计算过程"))
    digest = models.CharField(_("摘要"), max_length=64)

    objects = MemberScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("成员考核结果")
        verbose_name_plural = _("成员考核结果")
        ordering = ("organization__code", "alliance_id")
        constraints = [
            models.UniqueConstraint(fields=["scheme", "alliance", "organization"], name="one_score_a_member")
        ]
        triggers = [
            pgtrigger.Protect(name="published_member_score_is_frozen", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.organization} {self.score}"
