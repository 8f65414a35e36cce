"""The deeds around alliances as a timeline tells them: each topic's words, joined."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as now_

from alliances.words import activity, alliance, leadership, means, meeting, papers, points, rectification, registration
from members.models import Step

VERB_WORDS = {
    **alliance.VERBS,
    **points.VERBS,
    **activity.VERBS,
    **registration.VERBS,
    **means.VERBS,
    **leadership.VERBS,
}


@dataclass(frozen=True, slots=True)
class Event:
    """A deed as the timeline shows it."""

    what: str
    at: datetime
    who: str
    reason: str


def events_of(steps: Iterable[Step]) -> list[Event]:
    """The deeds in words, newest first."""
    ordered = sorted(steps, key=lambda step: (step.at, step.pk), reverse=True)
    return [Event(what_of(step), step.at, _who(step), step.reason) for step in ordered]


def meeting_events_of(steps: Iterable[Step]) -> list[Event]:
    """The same for a meeting and its decisions; a deed on the agenda names the topic."""
    ordered = sorted(steps, key=lambda step: (step.at, step.pk), reverse=True)
    return [Event(_deed(step), step.at, _who(step), step.reason) for step in ordered]


def paper_events_of(steps: Iterable[Step]) -> list[Event]:
    """The same for charters, agreements and rotation, whose deeds have words of their own."""
    ordered = sorted(steps, key=lambda step: (step.at, step.pk), reverse=True)
    return [Event(str(papers.VERBS.get(step.verb, step.verb)), step.at, _who(step), step.reason) for step in ordered]


def rectification_events_of(steps: Iterable[Step]) -> list[Event]:
    """The same for an order to rectify and the appeal against it."""
    ordered = sorted(steps, key=lambda step: (step.at, step.pk), reverse=True)
    return [
        Event(str(rectification.VERBS.get(step.verb, step.verb)), step.at, _who(step), step.reason) for step in ordered
    ]


def _deed(step: Step) -> str:
    word = str(meeting.VERBS.get(step.verb, step.verb))
    topic = step.detail.get("topic")
    return now_("%(word)s：%(topic)s") % {"word": word, "topic": topic} if topic else word


def what_of(step: Step) -> str:
    """The deed's word; an invitation by code names the code and nothing that it may or may not have found, a decision
    on a newcomer its numbers."""
    word = str(VERB_WORDS.get(step.verb, step.verb))
    if "code" in step.detail:
        return now_("%(word)s（组织代码 %(code)s）") % {"word": word, "code": step.detail["code"]}
    if "electors" in step.detail:
        numbers = now_("%(agreed)s 票同意，%(refused)s 票不同意，共 %(electors)s 个成员") % step.detail
        return f"{word}（{numbers}）"
    return word


def _who(step: Step) -> str:
    parts = [str(step.organization.label)] if step.organization else []
    return " · ".join([*parts, step.actor])
