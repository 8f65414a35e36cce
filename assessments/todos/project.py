"""What idea calls and projects ask of an organisation: to select, to choose who carries out, to report, to accept."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from assessments.todos import Source, dotted
from listings.models import Candidate, IdeaCall, Milestone, Visit


class ToSelect(Source):
    """Calls that the user's organisation leads and whose ideas wait for an answer, or whose last day has passed."""

    key, label, verb, look = "ideas", _("金点子评选"), _("去评选"), ("lightbulb", "brand")

    def rows(self, user: Any, today: date) -> QuerySet:
        calls = IdeaCall.objects.led_by(user).due_for_selection(today)
        return calls.select_related("alliance").order_by("closes_on", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing.theme, dotted(thing.alliance)


class ToAppoint(Source):
    """Offers to carry out a project on which the user's organisation, the lead, decides."""

    key, label, verb, look = "bids", _("选承接方"), _("去选定"), ("hand-helping", "brand")

    def rows(self, user: Any, today: date) -> QuerySet:
        led: Any = Candidate.objects.appointable_by(user).led_by(user)
        return led.select_related("project__item", "organization").order_by("applied_on", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing.project, dotted(thing.organization.label)


class MilestoneDue(Source):
    key, label, verb, look = "milestones", _("项目里程碑"), _("去报告"), ("calendar-days", "doing")

    def rows(self, user: Any, today: date) -> QuerySet:
        return Milestone.objects.reportable_by(user).select_related("project__item").order_by("due_on", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing, dotted(thing.project)

    def term(self, thing: Any) -> date | None:
        return thing.due_on


class MilestoneReported(Source):
    """Reported to whoever asked or to the lead."""

    key, label, verb, look = "milestones_reported", _("里程碑验收"), _("去验收"), ("circle-check", "brand")

    def rows(self, user: Any, today: date) -> QuerySet:
        mine: Any = Milestone.objects.acceptable_by(user).concerning(user)
        return mine.select_related("project__item").order_by("reported_on", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing, dotted(thing.project)


class ToFollow(Source):
    key, label, verb, look = "follow_ups", _("监督要求"), _("去答复"), ("eye", "late")

    def rows(self, user: Any, today: date) -> QuerySet:
        return Visit.objects.followable_by(user).select_related("project__item").order_by("visited_on", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing.follow_up, dotted(thing.project)

    def url(self, thing: Any) -> str:
        return reverse("projects:follow_up", args=[thing.pk])


OF_PROJECTS = (ToSelect(), ToAppoint(), MilestoneDue(), MilestoneReported(), ToFollow())
