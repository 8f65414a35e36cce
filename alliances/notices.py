"""Who hears of a deed around alliances: the invited, the approver, the lead, the members, the second person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from alliances.leadership_notices import WRITERS as OF_LEADERSHIP
from alliances.models import Alliance, Booking, Session
from alliances.money import in_yuan
from alliances.registration_notices import WRITERS as OF_REGISTRATION
from alliances.transitions.admission import electors_of
from alliances.transitions.venue import span_of
from members.models import Role, Step, User
from members.models.region import ancestors
from members.notices import Message, Writer, heads_of


def supervisors_of(alliance: Alliance, step: Step) -> list[User]:
    """Who governs the supervising organisation's region: the nearest level that has anybody."""
    code = alliance.supervising.region_id
    roles = Role.objects.as_of(localdate(step.at)).filter(role__in=Role.OF_REGION)
    for above in [code, *reversed(ancestors(code))]:
        found = list(User.objects.active().filter(pk__in=roles.filter(region=above).values("user")))
        if found:
            return found
    return []


def members_of(alliance: Alliance) -> list[int]:
    """The lead and the current members."""
    joined = alliance.memberships.current().values_list("organization_id", flat=True)
    return [*{alliance.lead_id, *joined}]


def _submitted(step: Step) -> Iterable[Message]:
    thing: Any = step.thing
    for user in supervisors_of(thing, step):
        yield user, _("“%(alliance)s”申请成立，等待审批。") % {"alliance": thing}, _address("approve", thing)


def _to_members(text: str) -> Writer:
    """Tells the lead and all current members; ``text`` has a place for the alliance's name and the reason."""

    def write(step: Step) -> Iterable[Message]:
        thing: Any = step.thing
        said = _(text) % {"alliance": thing, "reason": step.reason}
        for user in heads_of(members_of(thing), step):
            yield user, said, thing.get_absolute_url()

    return write


def _returned(step: Step) -> Iterable[Message]:
    thing: Any = step.thing
    said = _("“%(alliance)s”的申请被退回：%(reason)s") % {"alliance": thing, "reason": step.reason}
    applicant = [thing.applied_by] if thing.applied_by else []
    for user in {*heads_of([thing.lead_id], step), *applicant}:
        yield user, said, thing.get_absolute_url()


def _ended(step: Step) -> Iterable[Message]:
    """The memberships have ended by now: those who were members up to that day hear of it."""
    thing: Any = step.thing
    day = localdate(step.at)
    left = thing.memberships.filter(left_on=day).values_list("organization_id", flat=True)
    said = _("“%(alliance)s”已撤销：%(reason)s") % {"alliance": thing, "reason": step.reason}
    for user in heads_of([thing.lead_id, *left], step):
        yield user, said, thing.get_absolute_url()


def _merged(step: Step) -> Iterable[Message]:
    """Those who were members up to that day, and the lead of the alliance into which theirs has gone."""
    thing: Any = step.thing
    words = {"alliance": thing, "other": thing.merged_into, "reason": step.reason}
    left = thing.memberships.filter(left_on=localdate(step.at)).values_list("organization_id", flat=True)
    for user in heads_of([thing.lead_id, *left], step):
        yield user, _("“%(alliance)s”已并入“%(other)s”：%(reason)s") % words, thing.get_absolute_url()
    for user in heads_of([thing.merged_into.lead_id], step):
        said = _("“%(alliance)s”并入“%(other)s”，它的成员收到了邀请。") % words
        yield user, said, _address("members", thing.merged_into)


def _placed(step: Step) -> Iterable[Message]:
    """The members, and who governs at the new committee."""
    thing: Any = step.thing
    said = _("“%(alliance)s”的上级党组织变更为%(who)s：%(reason)s") % {
        "alliance": thing, "who": thing.supervising, "reason": step.reason,
    }  # fmt: skip
    for user in {*heads_of(members_of(thing), step), *supervisors_of(thing, step)}:
        yield user, said, thing.get_absolute_url()


def _invited(step: Step) -> Iterable[Message]:
    thing: Any = step.thing
    alliance = thing.alliance
    for user in heads_of([thing.organization_id], step):
        yield (
            user,
            _("“%(alliance)s”邀请贵组织加入，请答复。") % {"alliance": alliance},
            reverse("alliances:invitations"),
        )


def _to_the_lead(text: str) -> Writer:
    """Tells the lead what an organisation decided."""

    def write(step: Step) -> Iterable[Message]:
        membership: Any = step.thing
        said = _(text) % {"organization": membership.organization, "alliance": membership.alliance}
        for user in heads_of([membership.alliance.lead_id], step):
            yield user, said, _address("members", membership.alliance)

    return write


def _voted_on(step: Step) -> Iterable[Message]:
    """Whoever has a voice on the newcomer."""
    newcomer: Any = step.thing
    if newcomer.state != newcomer.State.ASKING:
        return
    words = {
        "organization": newcomer.organization,
        "alliance": newcomer.alliance,
        "day": f"{newcomer.vote_until:%m-%d}",
    }
    for user in heads_of(electors_of(newcomer), step):
        yield (
            user,
            _("%(organization)s申请加入“%(alliance)s”，请在 %(day)s 前表决。") % words,
            reverse("alliances:vote_on", args=[newcomer.pk]),
        )


def _decided_on(text: str) -> Writer:
    """Tells the newcomer, and the lead, what the members decided."""

    def write(step: Step) -> Iterable[Message]:
        newcomer: Any = step.thing
        words = {"organization": newcomer.organization, "alliance": newcomer.alliance, **step.detail}
        for user in heads_of([newcomer.organization_id], step):
            yield user, _(text) % words, reverse("alliances:invitations")
        for user in heads_of([newcomer.alliance.lead_id], step):
            yield user, _(text) % words, _address("members", newcomer.alliance)

    return write


def _declined(step: Step) -> Iterable[Message]:
    """Whose name the lead could not see stays unnamed."""
    thing: Any = step.thing
    alliance = thing.alliance
    for user in heads_of([alliance.lead_id], step):
        yield (
            user,
            _("一个受邀党组织答复不加入“%(alliance)s”。") % {"alliance": alliance},
            _address("members", alliance),
        )


def _to_the_stops(text: str) -> Writer:
    """Tells the lead of each alliance on the belt."""

    def write(step: Step) -> Iterable[Message]:
        belt: Any = step.thing
        for stop in belt.stops.select_related("alliance").order_by("position"):
            said = _(text) % {"alliance": stop.alliance, "belt": belt}
            for user in heads_of([stop.alliance.lead_id], step):
                yield user, said, belt.get_absolute_url()

    return write


def _planned(step: Step) -> Iterable[Message]:
    activity: Any = step.thing
    words = {"day": f"{activity.planned_on:%m-%d}", "title": activity.title}
    for user in heads_of(members_of(activity.alliance), step):
        yield user, _("%(day)s 有活动：%(title)s") % words, activity.get_absolute_url()


def _year_planned(step: Step) -> Iterable[Message]:
    """One message for the whole plan."""
    alliance: Any = step.thing
    words = {"alliance": alliance, "count": step.detail["count"]}
    for user in heads_of(members_of(alliance), step):
        yield user, _("“%(alliance)s”排定了%(count)s项活动。") % words, _address("activities", alliance)


def _repeated(step: Step) -> Iterable[Message]:
    activity: Any = step.thing
    words = {"title": activity.title, "count": step.detail["count"]}
    for user in heads_of(members_of(activity.alliance), step):
        text = _("“%(title)s”以后还有%(count)s次，已列入计划。") % words
        yield user, text, _address("activities", activity.alliance)


def _cancelled(step: Step) -> Iterable[Message]:
    thing: Any = step.thing
    for user in heads_of(members_of(thing.alliance), step):
        yield user, _("活动取消：%(title)s") % {"title": thing.title}, thing.get_absolute_url()


def _convened(step: Step) -> Iterable[Message]:
    meeting: Any = step.thing
    words = {"day": f"{meeting.planned_on:%m-%d}", "title": meeting.title}
    for user in heads_of(members_of(meeting.alliance), step):
        yield user, _("%(day)s 召开：%(title)s。会前可以提出议题。") % words, meeting.get_absolute_url()


def _topic_proposed(step: Step) -> Iterable[Message]:
    """Whoever conducts the meeting hears of a new topic."""
    meeting: Any = step.thing
    words = {"title": meeting.title, "topic": step.detail.get("topic", "")}
    for user in heads_of({meeting.host_id, meeting.alliance.lead_id}, step):
        yield user, _("“%(title)s”有新议题：%(topic)s") % words, meeting.get_absolute_url()


def _topic_struck(step: Step) -> Iterable[Message]:
    """Whoever proposed it hears why."""
    meeting: Any = step.thing
    words = {"topic": step.detail.get("topic", ""), "reason": step.reason}
    for user in heads_of([step.detail["proposed_by"]], step):
        yield user, _("议题已撤下：%(topic)s。%(reason)s") % words, meeting.get_absolute_url()


def _meeting_cancelled(step: Step) -> Iterable[Message]:
    meeting: Any = step.thing
    words = {"title": meeting.title, "reason": step.reason}
    for user in heads_of(members_of(meeting.alliance), step):
        yield user, _("会议取消：%(title)s。%(reason)s") % words, meeting.get_absolute_url()


def _meeting_held(step: Step) -> Iterable[Message]:
    """The members hear of the minutes where they are there; of a late record, the lead, as a second person."""
    meeting: Any = step.thing
    if meeting.minutes:
        yield from _minutes_there(step)
    if meeting.waits_for_confirmation:
        for user in heads_of([meeting.alliance.lead_id], step):
            yield user, _("“%(title)s”是补录的会议，等待复核。") % {"title": meeting.title}, meeting.get_absolute_url()


def _minutes_there(step: Step) -> Iterable[Message]:
    meeting: Any = step.thing
    for user in heads_of(members_of(meeting.alliance), step):
        yield user, _("会议纪要可以看了：%(title)s") % {"title": meeting.title}, meeting.get_absolute_url()


def _voting(text: str, state: str) -> Writer:
    """Asks all members for their voice, or tells the outcome; what was decided in the room stands in the minutes."""

    def write(step: Step) -> Iterable[Message]:
        decision: Any = step.thing
        if step.to_state == state:
            for user in heads_of(members_of(decision.alliance), step):
                yield user, _(text) % {"title": decision.title}, decision.get_absolute_url()

    return write


def _recorded(step: Step) -> Iterable[Message]:
    """A late record looks for its second person: the lead's other heads and the lead itself."""
    activity: Any = step.thing
    if not Session.objects.filter(activity=activity, late=True, confirmed_at=None).exists():
        return
    for user in heads_of([activity.alliance.lead_id], step):
        yield user, _("“%(title)s”有补录的场次，等待复核。") % {"title": activity.title}, activity.get_absolute_url()


def _booked(text: str) -> Writer:
    """Tells who provides the place."""

    def write(step: Step) -> Iterable[Message]:
        booking: Any = step.thing
        for user in heads_of([booking.venue.organization_id], step):
            yield user, _(text) % _of_booking(booking), booking.get_absolute_url()

    return write


def _booking_refused(step: Step) -> Iterable[Message]:
    booking: Any = step.thing
    said = _("%(venue)s（%(span)s）不能借用：%(reason)s") % _of_booking(booking)
    for user in heads_of([booking.organization_id], step):
        yield user, said, booking.get_absolute_url()


def _of_booking(booking: Booking) -> dict[str, Any]:
    words = {"who": booking.organization.label, "venue": booking.venue, "span": span_of(booking)}
    return words | {"purpose": booking.purpose, "reason": booking.refusal}


def _of_money(text: str, *, to_lead: bool = False, to_others: bool = False) -> Writer:
    """Tells the lead, the other members, or all of them what was done with money that is everybody's."""

    def write(step: Step) -> Iterable[Message]:
        thing: Any = step.thing
        alliance, amount = thing.alliance, in_yuan(abs(thing.amount))
        said = _(text) % {"alliance": alliance, "amount": amount, "purpose": getattr(thing, "purpose", "")}
        everybody = set(members_of(alliance))
        whom = {alliance.lead_id} if to_lead else everybody - {alliance.lead_id} if to_others else everybody
        for user in heads_of(whom, step):
            yield user, said, thing.get_absolute_url()

    return write


def _address(verb: str, alliance: Alliance) -> str:
    return reverse(f"alliances:{verb}", args=[alliance.pk])


WRITERS: Mapping[tuple[str, str], Writer] = {
    **OF_LEADERSHIP,
    **OF_REGISTRATION,
    ("alliances.alliance", "submit"): _submitted,
    ("alliances.alliance", "approve"): _to_members(noop("“%(alliance)s”已批准成立。")),
    ("alliances.alliance", "return"): _returned,
    ("alliances.alliance", "activate"): _to_members(noop("“%(alliance)s”已启动运行。")),
    ("alliances.alliance", "hand_over"): _to_members(noop("“%(alliance)s”的牵头已移交。")),
    ("alliances.alliance", "rectify"): _to_members(noop("“%(alliance)s”被要求规范整顿：%(reason)s")),
    ("alliances.alliance", "prolong"): _to_members(noop("“%(alliance)s”复核未通过，继续整顿：%(reason)s")),
    ("alliances.alliance", "reinstate"): _to_members(noop("“%(alliance)s”整顿复核通过，恢复运行。")),
    ("alliances.alliance", "reward"): _to_members(noop("“%(alliance)s”列入政策资金倾斜。")),
    ("alliances.alliance", "designate"): _to_members(noop("“%(alliance)s”被命名为示范点：%(reason)s")),
    ("alliances.alliance", "undesignate"): _to_members(noop("“%(alliance)s”不再是示范点：%(reason)s")),
    ("alliances.belt", "lay"): _to_the_stops(noop("“%(alliance)s”已列入“%(belt)s”。")),
    ("alliances.belt", "end_belt"): _to_the_stops(noop("“%(belt)s”已撤销命名，“%(alliance)s”不再列入。")),
    ("alliances.alliance", "dissolve"): _ended,
    ("alliances.alliance", "merge"): _merged,
    ("alliances.alliance", "place_under"): _placed,
    ("alliances.membership", "invite"): _invited,
    ("alliances.membership", "apply"): _voted_on,
    ("alliances.membership", "revoke"): _to_the_lead(noop("%(organization)s撤回了加入“%(alliance)s”的申请。")),
    ("alliances.membership", "admit"): _decided_on(
        noop("%(organization)s获准加入“%(alliance)s”（%(agreed)s 票同意，%(refused)s 票不同意）。")
    ),
    ("alliances.membership", "not_admit"): _decided_on(
        noop("%(organization)s未获准加入“%(alliance)s”（%(agreed)s 票同意，%(refused)s 票不同意）。")
    ),
    ("alliances.membership", "accept"): _to_the_lead(noop("%(organization)s已加入“%(alliance)s”。")),
    ("alliances.membership", "decline"): _declined,
    ("alliances.membership", "leave"): _to_the_lead(noop("%(organization)s已退出“%(alliance)s”。")),
    ("alliances.activity", "plan"): _planned,
    ("alliances.alliance", "plan_year"): _year_planned,
    ("alliances.activity", "repeat"): _repeated,
    ("alliances.activity", "cancel"): _cancelled,
    ("alliances.activity", "hold"): _recorded,
    ("alliances.activity", "record_session"): _recorded,
    ("alliances.meeting", "convene"): _convened,
    ("alliances.meeting", "propose_topic"): _topic_proposed,
    ("alliances.meeting", "strike_topic"): _topic_struck,
    ("alliances.meeting", "cancel"): _meeting_cancelled,
    ("alliances.meeting", "hold"): _meeting_held,
    ("alliances.meeting", "write_minutes"): _minutes_there,
    ("alliances.decision", "decide"): _voting(noop("请表决：%(title)s"), "voting"),
    ("alliances.decision", "adopt"): _voting(noop("决议通过：%(title)s"), "adopted"),
    ("alliances.decision", "reject"): _voting(noop("决议未通过：%(title)s"), "rejected"),
    ("alliances.decision", "close_vote"): _voting(noop("决议未通过：%(title)s"), "rejected"),
    ("alliances.booking", "book"): _booked(noop("%(who)s预约了%(venue)s（%(span)s）：%(purpose)s")),
    ("alliances.booking", "release"): _booked(noop("%(who)s取消了%(venue)s的预约（%(span)s）。")),
    ("alliances.booking", "refuse"): _booking_refused,
    ("alliances.reserveentry", "draw"): _of_money(noop("“%(alliance)s”动用风险准备金 %(amount)s 元：%(purpose)s")),
    ("alliances.distribution", "distribute"): _of_money(
        noop("“%(alliance)s”拟分配 %(amount)s 元，请核对确认。"), to_others=True
    ),
    ("alliances.distribution", "confirm"): _of_money(
        noop("“%(alliance)s”的 %(amount)s 元分配已由成员确认，可以结算。"), to_lead=True
    ),
    ("alliances.distribution", "settle"): _of_money(noop("“%(alliance)s”的 %(amount)s 元分配已结算。")),
    ("alliances.distribution", "cancel"): _of_money(
        noop("“%(alliance)s”拟分配的 %(amount)s 元已作废。"), to_others=True
    ),
    ("alliances.distribution", "ask_reversal"): _of_money(
        noop("“%(alliance)s”申请撤回 %(amount)s 元的分配，请核对。"), to_others=True
    ),
    ("alliances.distribution", "reverse"): _of_money(noop("“%(alliance)s”的 %(amount)s 元分配已撤回。")),
    ("alliances.distribution", "keep"): _of_money(
        noop("“%(alliance)s”的 %(amount)s 元分配不同意撤回，保持有效。"), to_lead=True
    ),
}
