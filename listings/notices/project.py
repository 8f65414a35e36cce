"""Who hears of calls, ideas and projects: who handed in, who runs the call, who offers and who carries out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from alliances.notices.audience import members_of
from listings.models import Candidate, Idea, Milestone, Project, Visit
from members.models import Step
from members.notices import Message, Writer, heads_of


def _thing(step: Step) -> Any:
    return step.thing


def _say(step: Step, organizations: Iterable[int | None], text: str) -> Iterable[Message]:
    """To the heads of the organisations, with a link to the thing."""
    for user in heads_of({pk for pk in organizations if pk}, step):
        yield user, text, _thing(step).get_absolute_url()


def _to_members(text: str) -> Writer:
    def write(step: Step) -> Iterable[Message]:
        call = _thing(step)
        return _say(step, members_of(call.alliance), _(text) % {"call": call.theme, "until": call.closes_on})

    return write


def _proposed(step: Step) -> Iterable[Message]:
    idea: Idea = _thing(step)
    return _say(step, [idea.call.alliance.lead_id], _("新的金点子：%(idea)s") % {"idea": idea.title})


def _answered(text: str) -> Writer:
    """To who handed in the idea, with the reason."""

    def write(step: Step) -> Iterable[Message]:
        idea: Idea = _thing(step)
        return _say(step, [idea.proposed_by_id], _(text) % {"idea": idea.title, "why": idea.answer})

    return write


def _published(step: Step) -> Iterable[Message]:
    """To everybody who handed in an idea."""
    call = _thing(step)
    asked = call.ideas.order_by().values_list("proposed_by", flat=True).distinct()
    return _say(step, asked, _("金点子结果已公布：%(call)s") % {"call": call.theme})


def _sought(step: Step) -> Iterable[Message]:
    """To the members: somebody is sought."""
    project: Project = _thing(step)
    text = _("项目“%(project)s”征集承接方，愿意承接的可以申请。") % {"project": project}
    return _say(step, members_of(project.alliance), text)


def _bid(step: Step) -> Iterable[Message]:
    one: Candidate = _thing(step)
    words = {"who": one.organization.label, "project": one.project}
    return _say(step, [one.project.alliance.lead_id], _("%(who)s申请承接“%(project)s”") % words)


def _chosen(step: Step) -> Iterable[Message]:
    """To the one that was chosen; those that were not hear it with their own step."""
    one: Candidate = _thing(step)
    words = {"project": one.project, "why": one.answer}
    return _say(step, [one.organization_id], _("请承接“%(project)s”：%(why)s") % words)


def _not_chosen(step: Step) -> Iterable[Message]:
    one: Candidate = _thing(step)
    return _say(step, [one.organization_id], _("“%(project)s”：%(why)s") % {"project": one.project, "why": one.answer})


def _given_up(step: Step) -> Iterable[Message]:
    project: Project = _thing(step)
    words = {"project": project, "why": step.reason}
    asked = [project.alliance.lead_id, project.item.asked_by_id]
    return _say(step, asked, _("“%(project)s”的承接方退出：%(why)s") % words)


def _to_provider(text: str) -> Writer:
    """To who carries it out: about a milestone or a visit."""

    def write(step: Step) -> Iterable[Message]:
        part: Milestone | Visit = _thing(step)
        words = {"project": part.project, "part": part, "why": step.reason}
        return _say(step, [part.project.provider_id], _(text) % words)

    return write


def _to_judges(text: str) -> Writer:
    """To the lead and whoever had the idea."""

    def write(step: Step) -> Iterable[Message]:
        part: Milestone | Visit = _thing(step)
        project = part.project
        asked = [project.alliance.lead_id, project.item.asked_by_id]
        return _say(step, asked, _(text) % {"project": project, "part": part})

    return write


def _accepted(step: Step) -> Iterable[Message]:
    project: Project = _thing(step)
    return _say(step, [project.provider_id], _("项目已验收：%(project)s，等提出方确认。") % {"project": project})


WRITERS: Mapping[tuple[str, str], Writer] = {
    ("listings.ideacall", "open_call"): _to_members(noop("征集金点子：%(call)s，截至 %(until)s。")),
    ("listings.ideacall", "publish_call"): _published,
    ("listings.idea", "propose_idea"): _proposed,
    ("listings.idea", "choose"): _answered(noop("金点子入选，已列入项目清单：%(idea)s。%(why)s")),
    ("listings.idea", "decline_idea"): _answered(noop("金点子未入选：%(idea)s。%(why)s")),
    ("listings.project", "fix"): _sought,
    ("listings.project", "give_up"): _given_up,
    ("listings.project", "accept_project"): _accepted,
    ("listings.candidate", "bid"): _bid,
    ("listings.candidate", "appoint"): _chosen,
    ("listings.candidate", "decline_bid"): _not_chosen,
    ("listings.milestone", "set_milestone"): _to_provider(noop("“%(project)s”新设里程碑：%(part)s")),
    ("listings.milestone", "report_milestone"): _to_judges(noop("“%(project)s”报告里程碑完成，请验收：%(part)s")),
    ("listings.milestone", "return_milestone"): _to_provider(noop("“%(project)s”的里程碑被退回：%(part)s。%(why)s")),
    ("listings.milestone", "pay"): _to_provider(noop("“%(project)s”已付款：%(part)s")),
    ("listings.visit", "visit"): _to_provider(noop("“%(project)s”有新的监督记录：%(part)s")),
    ("listings.visit", "follow_up"): _to_judges(noop("“%(project)s”的监督要求已落实：%(part)s")),
}
