"""The deeds around alliances as a timeline tells them: each topic's words, by the kind of thing they are done to."""

from __future__ import annotations

from django.utils.translation import gettext as now_

from alliances.words import activity, alliance, leadership, means, meeting, papers, points, rectification, registration
from members.models import Step
from members.words import deed

DEEDS = {
    "": {
        **alliance.VERBS,
        **points.VERBS,
        **activity.VERBS,
        **registration.VERBS,
        **means.VERBS,
        **leadership.VERBS,
    },
    **dict.fromkeys(("charter", "agreement", "rotation", "hostturn", "swap"), papers.VERBS),
    **dict.fromkeys(("meeting", "decision"), meeting.VERBS),
    **dict.fromkeys(("rectification", "rectificationappeal"), rectification.VERBS),
}


def what_of(step: Step) -> str:
    """The deed's word; an invitation by code names the code and nothing that it may or may not have found, a decision
    on a newcomer its numbers, a deed on the agenda its topic."""
    word = deed(step)
    if "code" in step.detail:
        return now_("%(word)s（组织代码 %(code)s）") % {"word": word, "code": step.detail["code"]}
    if "electors" in step.detail:
        numbers = now_("%(agreed)s 票同意，%(refused)s 票不同意，共 %(electors)s 个成员") % step.detail
        return f"{word}（{numbers}）"
    if "topic" in step.detail:
        return now_("%(word)s：%(topic)s") % {"word": word, "topic": step.detail["topic"]}
    return word
