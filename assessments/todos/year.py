"""What a running year asks: a self-report, a look at the preliminary result, an opinion on an appeal, its answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.models import Appeal, Scheme, SelfReport
from assessments.progress import own_of
from assessments.todos import Source, dotted


class ToReport(Source):
    """Alliances of one's own whose self-report is not submitted, or has come back."""

    key, label, verb, look = "self_reports", _("自评报告"), _("去写"), ("file-text", "claimed")

    def rows(self, user: Any, today: date) -> list[Any]:
        """Pairs of the scheme and what is left of it."""
        schemes = Scheme.objects.reportable_by(user).order_by("report_by", "id")
        return [
            (scheme, own) for scheme in schemes for own in own_of(scheme, user)
            if own.report is None or own.report.state != SelfReport.State.SUBMITTED
        ]  # fmt: skip

    def words(self, thing: Any) -> tuple[Any, str]:
        scheme, own = thing
        back = own.report is not None and own.report.state == SelfReport.State.RETURNED
        return own.alliance, dotted(scheme, _("上级已退回，请补充") if back else "")

    def url(self, thing: Any) -> str:
        scheme, own = thing
        return reverse("assessments:self_report", args=[scheme.pk, own.alliance.pk])

    def term(self, thing: Any) -> date | None:
        scheme, _own = thing
        return scheme.report_by


class Preliminary(Source):
    """Schemes in their appeal term in which the user leads an alliance: the result is there to be looked at."""

    key, label, verb, look = "preliminary", _("考核初步结果"), _("去查看"), ("clipboard-check", "open")
    watched = True

    def rows(self, user: Any, today: date) -> list[Scheme]:
        schemes = Scheme.objects.appealable_by(user).filter(appeals_until__gte=today).order_by("appeals_until", "id")
        return [scheme for scheme in schemes if own_of(scheme, user)]

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing, str(_("有异议的，期内提出申诉"))

    def term(self, thing: Any) -> date | None:
        return thing.appeals_until


class ToForward(Source):
    """Fresh appeals of the places that one governs, without deciding them."""

    key, label, verb, look = "appeals_between", _("申诉转报"), _("去转报"), ("forward", "open")

    def rows(self, user: Any, today: date) -> QuerySet:
        fresh = Appeal.objects.forwardable_by(user).filter(scheme__state="scoring")
        return fresh.select_related("alliance", "indicator").order_by("raised_at", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing.alliance, dotted(thing.indicator)


class ToDecide(ToForward):
    """Appeals that wait for the user's department: nothing is published before they are answered."""

    key, label, verb, look = "appeals", _("申诉答复"), _("去答复"), ("scale", "brand")

    def rows(self, user: Any, today: date) -> QuerySet:
        waiting = Appeal.objects.decidable_by(user).select_related("alliance", "indicator")
        return waiting.order_by("raised_at", "id")


OF_ORGANIZATIONS_YEAR = (ToReport(), Preliminary())
OF_STAFF_YEAR = (ToForward(), ToDecide())
