"""What waits for a person today: one explicit list of sources, each an adjective and the one verb that it asks for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models import Alliance, Membership, Session
from assessments.approvals import word_of
from assessments.models import Proposal
from listings.models import Claim, Item, Listing
from members.models import Approval
from members.scope import rights_of

SOON = timedelta(days=3)
SHOWN = 8
"""So many of each source stand on the work-bench; the rest is in the list that its figure leads to."""


@dataclass(frozen=True)
class Todo:
    """One thing to do: what, about whom, how many days are left (None: no term), and one verb."""

    icon: str
    tone: str
    title: str
    about: str
    days: int | None
    url: str
    verb: str


@dataclass(frozen=True)
class Source:
    """Where things to do come from. ``rows(user, today)`` begins with an adjective of permission; ``words(thing)``
    gives title, about and address; ``term(thing)`` the day it is due, if there is one."""

    key: str
    label: Any
    icon: str
    tone: str
    verb: Any
    rows: Callable[[Any, date], QuerySet]
    words: Callable[[Any], tuple[Any, Any, str]]
    term: Callable[[Any], date | None] = lambda thing: None

    def todo(self, thing: Model, today: date) -> Todo:
        title, about, url = self.words(thing)
        term = self.term(thing)
        return Todo(
            self.icon, self.tone, str(title), f"{self.label} · {about}", (term - today).days if term else None, url, str(self.verb)
        )


def joined(*words: Any) -> str:
    """Words with dots between them."""
    return " · ".join(str(word) for word in words if word)


def due_items(user: Any, today: date) -> QuerySet:
    """Items of the governed subtrees that are overdue or due within three days, the oldest term first."""
    items = Item.objects.governed_by(user).filter(state__in=("open", "claimed", "in_hand"), due_on__lte=today + SOON)
    return items.select_related("alliance").order_by("due_on", "id")


OF_STAFF = (
    Source(
        "founding", _("设立审批"), "stamp", "brand", _("去审批"),
        lambda user, today: Alliance.objects.approvable_by(user).select_related("region", "lead").order_by("id"),
        lambda thing: (thing.name, joined(thing.region, thing.lead), thing.get_absolute_url()),
    ),
    Source(
        "approvals", _("双人复核"), "users", "brand", _("去复核"),
        lambda user, today: Approval.objects.approvable_by(user).select_related("proposed_by").prefetch_related("thing").order_by("id"),
        lambda thing: (f"{word_of(thing)}：{thing.thing}", joined(thing.proposed_by), thing.get_absolute_url()),
    ),
    Source(
        "recheck", _("整顿复核"), "shield-check", "late", _("去复核"),
        lambda user, today: Alliance.objects.reinstatable_by(user).filter(rectify_by__lte=today + SOON)
        .select_related("region").order_by("rectify_by", "id"),
        lambda thing: (thing.name, joined(thing.region), thing.get_absolute_url()),
        lambda thing: thing.rectify_by,
    ),
    Source(
        "proposals", _("动态管理"), "activity", "open", _("去研判"),
        lambda user, today: Proposal.objects.confirmable_by(user).select_related("alliance__region").order_by("region_id", "id"),
        lambda thing: (
            joined(thing.alliance, thing.get_kind_display()), joined(thing.alliance.region, *thing.words), thing.get_absolute_url()
        ),
    ),
    Source(
        "due", _("期限"), "alarm-clock", "late", _("查看"), due_items,
        lambda thing: (thing.title, joined(thing.number, thing.alliance), thing.get_absolute_url()),
        lambda thing: thing.due_on,
    ),
)  # fmt: skip

OF_ORGANIZATIONS = (
    Source(
        "invitations", _("邀请"), "mail", "brand", _("去答复"),
        lambda user, today: Membership.objects.acceptable_by(user).select_related("alliance", "organization").order_by("id"),
        lambda thing: (thing.alliance, joined(_("邀请本组织加入"), thing.organization.label), thing.alliance.get_absolute_url()),
    ),
    Source(
        "confirm", _("待我确认"), "star", "done", _("去确认"),
        lambda user, today: Item.objects.confirmable_by(user).select_related("alliance").order_by("done_on", "id"),
        lambda thing: (thing.title, joined(thing.number, thing.alliance), reverse("items:confirm", args=[thing.pk])),
    ),
    Source(
        "sign", _("清单签订"), "pen-line", "claimed", _("去签订"),
        lambda user, today: Listing.objects.signable_by(user).select_related("alliance").order_by("period_from", "id"),
        lambda thing: (thing.alliance, joined(thing.period_label, thing.get_kind_display()), reverse("listings:sign", args=[thing.pk])),
    ),
    Source(
        "claims", _("我认领的"), "hand-helping", "doing", _("填进展"),
        lambda user, today: Claim.objects.reportable_by(user).select_related("item__alliance", "organization").order_by("item__due_on", "id"),
        lambda thing: (
            thing.item.title, joined(thing.item.number, thing.item.alliance, thing.get_state_display()),
            reverse("claims:report", args=[thing.pk]),
        ),
        lambda thing: thing.promised_on or thing.item.due_on,
    ),
    Source(
        "study", _("待研判"), "inbox", "open", _("去研判"),
        lambda user, today: Item.objects.studyable_by(user).filter(state="collected").select_related("alliance").order_by("collected_on", "id"),
        lambda thing: (thing.title, joined(thing.number, thing.alliance), thing.get_absolute_url()),
    ),
    Source(
        "late", _("补录复核"), "calendar-check", "open", _("去复核"),
        lambda user, today: Session.objects.confirmable_by(user).select_related("activity__alliance").order_by("held_on", "id"),
        lambda thing: (thing.activity, joined(thing.held_on, thing.activity.alliance), thing.activity.get_absolute_url()),
    ),
)  # fmt: skip


def sources_of(user: Any) -> list[Source]:
    """The sources that can hold anything for the user, by what their roles amount to."""
    rights = rights_of(user)
    staff = OF_STAFF if rights.codes else OF_STAFF[1:2]
    return [*staff, *(OF_ORGANIZATIONS if rights.organizations else ())]


def todos_of(user: Any, today: date) -> tuple[list[Todo], dict[str, int]]:
    """What waits for the user, what has a term first and the nearest on top; and how much there is of each source."""
    found, counts = [], {}
    for source in sources_of(user):
        rows = source.rows(user, today)
        shown = list(rows[:SHOWN])
        counts[source.key] = len(shown) if len(shown) < SHOWN else rows.count()
        found += [source.todo(thing, today) for thing in shown]
    return sorted(found, key=lambda todo: (todo.days is None, todo.days)), counts


def claimable_items(user: Any) -> QuerySet:
    """What the user's organisations can claim now, the nearest term first."""
    return Item.objects.claimable_by(user).select_related("alliance", "asked_by").order_by("due_on", "id")
