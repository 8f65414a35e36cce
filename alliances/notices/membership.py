"""Who hears of joining and leaving: the invited, the voters, the newcomer, the lead."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from alliances.notices.audience import address
from alliances.transitions.admission import electors_of
from members.models import Step
from members.notices import Message, Writer, heads_of


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
            yield user, said, address("members", membership.alliance)

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
            yield user, _(text) % words, address("members", newcomer.alliance)

    return write


def _declined(step: Step) -> Iterable[Message]:
    """Whose name the lead could not see stays unnamed."""
    thing: Any = step.thing
    alliance = thing.alliance
    for user in heads_of([alliance.lead_id], step):
        yield (
            user,
            _("一个受邀党组织答复不加入“%(alliance)s”。") % {"alliance": alliance},
            address("members", alliance),
        )


WRITERS: Mapping[tuple[str, str], Writer] = {
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
}
