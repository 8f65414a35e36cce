"""Who hears of the year and the quarter; and all storeys' writers joined, for ``manage.py tell``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.notices import WRITERS as OF_ALLIANCES
from assessments import scoring
from assessments.approvals import word_of
from assessments.models import Proposal
from assessments.year_notices import WRITERS as OF_THE_YEAR
from listings.notices import WRITERS as OF_LISTINGS
from members.models import Role, Step, User
from members.models.region import LENGTHS
from members.notices import WRITERS as OF_MEMBERS
from members.notices import Message, Writer, department_of, heads_of
from members.scope import under_any


def departments_over(code: str | None, step: Step) -> list[User]:
    """Who held an organisation department over the code on the day of the step: the banner's and the city's."""
    codes = [code[:length] for length in LENGTHS if code and len(code) >= length]
    roles = Role.objects.as_of(timezone.localdate(step.at)).filter(role__in=Role.DEPARTMENTS, region__in=codes)
    return list(User.objects.active().filter(pk__in=roles.values("user")).order_by("pk"))


def _asked(step: Step) -> Iterable[Message]:
    """To the departments that may be the second person; role grants are the security administrator's affair."""
    approval: Any = step.thing
    if approval.panel != "department":
        return OF_MEMBERS["members.approval", "propose"](step)
    text = _("%(who)s提出“%(what)s”，等待您复核。") % {"who": approval.proposed_by, "what": word_of(approval)}
    return [(user, text, approval.get_absolute_url()) for user in departments_over(approval.region_id, step)]


def _answered(step: Step) -> Iterable[Message]:
    """To who proposed it."""
    approval: Any = step.thing
    text = _("您提出的“%(what)s”%(answer)s。") % {"what": word_of(approval), "answer": approval.get_state_display()}
    yield approval.proposed_by, text, approval.get_absolute_url()


def _put_forward(step: Step) -> Iterable[Message]:
    """Once for all of a batch: to the departments that may be the second person of one of them."""
    batch: Any = step.thing
    words = {"who": batch.proposed_by, "kind": batch.word, "count": step.detail["approvals"]}
    text = _("%(who)s成批提出%(count)s条“%(kind)s”，等待您复核。") % words
    codes = batch.approvals.order_by().values_list("region_id", flat=True).distinct()
    asked = {user for code in codes for user in departments_over(code, step) if user.pk != batch.proposed_by_id}
    return [(user, text, batch.get_absolute_url()) for user in sorted(asked, key=lambda one: one.pk)]


def _settled(step: Step) -> Iterable[Message]:
    """To who had put the batch forward."""
    batch: Any = step.thing
    text = _("您成批提出的“%(kind)s”有%(count)s条已复核。")
    words = {"kind": batch.word, "count": step.detail["approvals"]}
    yield batch.proposed_by, text % words, batch.get_absolute_url()


def _letter(step: Step) -> Iterable[Message]:
    """To the lead and the members; an order to rectify and a reward are told by themselves, with their words."""
    letter: Any = step.thing
    text = _("“%(alliance)s”收到%(title)s。") % {"alliance": letter.alliance, "title": letter.title}
    members = letter.alliance.memberships.current().values_list("organization_id", flat=True)
    told = members if letter.kind == "observe" else [letter.alliance.lead_id]
    return [(user, text, letter.get_absolute_url()) for user in heads_of(set(told), step)]


def _reviewed(step: Step) -> Iterable[Message]:
    """Once a run to each department: how many proposals of its subtree wait; not a message for each."""
    run: Any = step.thing
    roles = Role.objects.as_of(timezone.localdate(step.at)).filter(role__in=Role.DEPARTMENTS, user__is_active=True)
    departments: dict[User, set[str]] = {}
    for role in roles.select_related("user").order_by("pk"):
        departments.setdefault(role.user, set()).add(str(role.region_id))
    waiting = Proposal.objects.pending().filter(run=run)
    for user, codes in departments.items():
        count = waiting.filter(under_any(tuple(codes))).count()
        if count:
            words = {"run": run, "count": count}
            yield user, _("%(run)s动态管理分析已完成，有 %(count)s 条建议待研判。") % words, run.get_absolute_url()


def _set_aside(step: Step) -> Iterable[Message]:
    """To the system administrators: somebody has to look why."""
    run: Any = step.thing
    for user in User.objects.active().filter(duty="system"):
        yield user, _("“%(run)s”多次中断，已搁置。请查看日志，处理后用 run_review 重新运行。") % {"run": run}, ""


def _opened(step: Step) -> Iterable[Message]:
    """To the leads and members of the assessed alliances: please rate."""
    scheme: Any = step.thing
    return _to_the_assessed(
        step,
        _("“%(scheme)s”开始评价，请打开评分表。") % {"scheme": scheme},
        reverse("assessments:sheet", args=[scheme.pk]),
    )


def _sent_back(step: Step) -> Iterable[Message]:
    """To the department whose supplement no longer fits the scheme."""
    own: Any = step.thing
    text = _("“%(scheme)s”有修改，%(supplement)s不再合适，已退回，请修改后重新提出。")
    for user in department_of(own.region_id, step):
        yield user, text % {"scheme": own.scheme, "supplement": own}, own.get_absolute_url()


def _published(step: Step) -> Iterable[Message]:
    scheme: Any = step.thing
    return _to_the_assessed(
        step, _("“%(scheme)s”结果已公布。") % {"scheme": scheme}, reverse("assessments:results", args=[scheme.pk])
    )


def _to_the_assessed(step: Step, text: str, url: str) -> Iterable[Message]:
    scheme: Any = step.thing
    members = scoring.assessed_by(scheme).filter(memberships__state="accepted").order_by()
    organizations = set(members.values_list("memberships__organization_id", flat=True))
    return [(user, text, url) for user in heads_of(organizations, step)]


def _import_ready(step: Step) -> Iterable[Message]:
    """To who handed it in: look at what the check found, or at why it could not be done."""
    run: Any = step.thing
    yield run.by, _("“%(file)s”%(state)s。") % {"file": run, "state": run.get_state_display()}, run.get_absolute_url()


def _ceiling_passed(step: Step) -> Iterable[Message]:
    """To the department whose ceiling it is."""
    ceiling: Any = step.thing
    text = _("本月有 %(count)s 个党组织超出了%(region)s的减负上限。")
    for user in department_of(ceiling.region_id, step):
        words = {"count": step.detail["count"], "region": ceiling.region}
        yield user, text % words, f"{ceiling.get_absolute_url()}?tab=above"


WRITERS: Mapping[tuple[str, str], Writer] = {
    **OF_MEMBERS,
    **OF_ALLIANCES,
    **OF_LISTINGS,
    **OF_THE_YEAR,
    ("members.approval", "propose"): _asked,
    ("members.approval", "approved"): _answered,
    ("members.approval", "refused"): _answered,
    ("assessments.burdenceiling", "pass_ceiling"): _ceiling_passed,
    ("assessments.batch", "put_forward"): _put_forward,
    ("assessments.batch", "settle"): _settled,
    ("assessments.letter", "issue"): _letter,
    ("assessments.reviewrun", "complete"): _reviewed,
    ("assessments.reviewrun", "set_aside"): _set_aside,
    ("members.importrun", "checked_import"): _import_ready,
    ("members.importrun", "fail_import"): _import_ready,
    ("assessments.scheme", "open"): _opened,
    ("assessments.supplement", "send_back"): _sent_back,
    ("assessments.scheme", "publish"): _published,
}
