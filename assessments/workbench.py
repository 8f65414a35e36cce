"""What waits for a person today: one explicit list of sources, each an adjective and the one verb that it asks for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext_lazy as _

from alliances.models import Alliance, Membership, OrganLink, Participant, Post, Session
from assessments.approvals import word_of
from assessments.models import Proposal, Scheme
from assessments.sheets import counts_of
from assessments.todos import Source, Todo, dotted
from assessments.todos.deadline import OF_TERMS
from assessments.todos.loop import ToRule, ToTakeOver
from assessments.todos.match import MatchAsked
from assessments.todos.paper import OF_PAPERS
from assessments.todos.project import OF_PROJECTS
from assessments.todos.rectification import OF_ORDERS, OF_ORDERS_ABOVE
from assessments.todos.whistle import OF_HEADS, OF_WHISTLES
from assessments.todos.year import OF_ORGANIZATIONS_YEAR, OF_STAFF_YEAR
from listings.models import Claim, Item, Listing
from members.models import Approval
from members.scope import rights_of

SHOWN = 5
"""So many of each source stand on the work-bench; the rest is in the list that its figure leads to."""


class Founding(Source):
    key, label, verb, look = "founding", _("设立审批"), _("去审批"), ("stamp", "brand")

    def rows(self, user: Any, today: date) -> QuerySet:
        return Alliance.objects.approvable_by(user).select_related("region", "lead").order_by("id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing.name, dotted(thing.region, thing.lead)

    def url(self, thing: Any) -> str:
        return reverse("alliances:approve", args=[thing.pk])


class SecondOpinion(Source):
    key, label, verb, look = "approvals", _("双人复核"), _("去复核"), ("users", "brand")

    def rows(self, user: Any, today: date) -> QuerySet:
        pending = Approval.objects.approvable_by(user).select_related("proposed_by")
        return pending.prefetch_related("thing").order_by("id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return f"{word_of(thing)}：{thing.thing}", dotted(thing.proposed_by)


class Proposed(Source):
    key, label, verb, look = "proposals", _("动态管理"), _("去研判"), ("activity", "open")

    def rows(self, user: Any, today: date) -> QuerySet:
        open_ones = Proposal.objects.confirmable_by(user).select_related("alliance__region")
        return open_ones.order_by("region_id", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return dotted(thing.alliance, thing.get_kind_display()), dotted(thing.alliance.region, *thing.words)


class Invitation(Source):
    key, label, verb, look = "invitations", _("邀请加入"), _("去答复"), ("mail", "brand")

    def rows(self, user: Any, today: date) -> QuerySet:
        return Membership.objects.acceptable_by(user).select_related("alliance", "organization").order_by("id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing.alliance, dotted(thing.organization.label)

    def url(self, thing: Any) -> str:
        return reverse("alliances:accept", args=[thing.pk])


class OrganAsking(Source):
    key, label, verb, look = "organs_asking", _("机关报到"), _("去答复"), ("link-2", "brand")

    def rows(self, user: Any, today: date) -> QuerySet:
        return OrganLink.objects.acceptable_by(user).select_related("organ", "community").order_by("id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing.organ.label, dotted(thing.community.label)


class Newcomer(Source):
    """Who wants to join an alliance of the user's organisation, and on whom it has not spoken yet."""

    key, label, verb, look = "newcomers", _("准入表决"), _("去表决"), ("user-plus", "brand")

    def rows(self, user: Any, today: date) -> QuerySet:
        asking = Membership.objects.unspoken_by(user).select_related("alliance", "organization")
        return asking.order_by("vote_until", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return _("%(who)s申请加入") % {"who": thing.organization}, dotted(thing.alliance)

    def url(self, thing: Any) -> str:
        return reverse("alliances:vote_on", args=[thing.pk])

    def term(self, thing: Any) -> date | None:
        return thing.vote_until


class ToConfirm(Source):
    key, label, verb, look = "confirm", _("待我确认"), _("去确认"), ("star", "done")

    def rows(self, user: Any, today: date) -> QuerySet:
        return Item.objects.confirmable_by(user).select_related("alliance").order_by("done_on", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing.title, dotted(thing.number, thing.alliance)

    def url(self, thing: Any) -> str:
        return reverse("items:confirm", args=[thing.pk])


class ToSign(Source):
    key, label, verb, look = "sign", _("清单签订"), _("去签订"), ("pen-line", "claimed")

    def rows(self, user: Any, today: date) -> QuerySet:
        return Listing.objects.signable_by(user).select_related("alliance").order_by("period_from", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing.alliance, dotted(thing.period_label, thing.get_kind_display())

    def url(self, thing: Any) -> str:
        return reverse("listings:sign", args=[thing.pk])


class OfferedPlace(Source):
    """Places in the waiting line that have come up."""

    key, label, verb, look = "offers", _("候补名额"), _("去接受"), ("bell-ring", "brand")

    def rows(self, user: Any, today: date) -> QuerySet:
        return Claim.objects.acceptable_by(user).select_related("item__alliance").order_by("offered_until", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing.item.title, dotted(thing.item.alliance)

    def url(self, thing: Any) -> str:
        return reverse("claims:accept", args=[thing.pk])

    def term(self, thing: Any) -> date | None:
        return localdate(thing.offered_until - timedelta(microseconds=1))


class OwnClaim(Source):
    key, label, verb, look = "claims", _("我认领的"), _("填进展"), ("hand-helping", "doing")

    def rows(self, user: Any, today: date) -> QuerySet:
        held = Claim.objects.reportable_by(user).select_related("item__alliance", "organization")
        return held.order_by("item__due_on", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing.item.title, dotted(thing.item.number, thing.item.alliance, thing.get_state_display())

    def url(self, thing: Any) -> str:
        return reverse("claims:report", args=[thing.pk])

    def term(self, thing: Any) -> date | None:
        return thing.promised_on or thing.item.due_on


class ToStudy(Source):
    key, label, verb, look = "study", _("待研判"), _("去研判"), ("inbox", "open")

    def rows(self, user: Any, today: date) -> QuerySet:
        fresh = Item.objects.studyable_by(user).filter(state=Item.State.COLLECTED)
        return fresh.select_related("alliance").order_by("collected_on", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing.title, dotted(thing.number, thing.alliance)


class LateRecord(Source):
    key, label, verb, look = "late", _("补录复核"), _("去复核"), ("calendar-check", "open")

    def rows(self, user: Any, today: date) -> QuerySet:
        late = Session.objects.confirmable_by(user).select_related("activity__alliance")
        return late.order_by("held_on", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing.activity, dotted(thing.held_on, thing.activity.alliance)

    def url(self, thing: Any) -> str:
        return reverse("activities:confirm_session", args=[thing.pk])


class ToRate(Source):
    """Open assessments in which an organisation of the user has still something to rate."""

    key, label, verb, look = "rate", _("考核评价"), _("去评价"), ("clipboard-check", "claimed")

    def rows(self, user: Any, today: date) -> list[Scheme]:
        schemes = list(Scheme.objects.ratable_by(user).order_by("cut_off", "id"))
        for scheme in schemes:
            _total, scheme.left = counts_of(scheme, user)  # type: ignore[attr-defined]
        return [scheme for scheme in schemes if scheme.left]  # type: ignore[attr-defined]

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing, _("还有 %(left)s 项未评") % {"left": thing.left}

    def url(self, thing: Any) -> str:
        return reverse("assessments:sheet", args=[thing.pk])

    def term(self, thing: Any) -> date | None:
        return thing.cut_off


class ToConsent(Source):
    key, label, verb, look = "consents", _("班子提名"), _("去表态"), ("vote", "brand")

    def rows(self, user: Any, today: date) -> QuerySet:
        return Post.objects.consentable_by(user).select_related("alliance").order_by("id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing, dotted(thing.alliance)

    def url(self, thing: Any) -> str:
        return reverse("posts:consent", args=[thing.pk])


class TermEnding(Source):
    """Posts whose term ends soon and for which the lead has not nominated anybody yet."""

    key, label, verb, look = "terms", _("任期即将届满"), _("去提名"), ("calendar-clock", "open")

    def rows(self, user: Any, today: date) -> QuerySet:
        return Post.objects.replaceable_by(user, today).select_related("alliance").order_by("until", "id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return thing, dotted(thing.alliance)

    def url(self, thing: Any) -> str:
        return f"{reverse('alliances:nominate', args=[thing.alliance_id])}?succeeds={thing.pk}"

    def term(self, thing: Any) -> date | None:
        return thing.until


class ToTakeIn(Source):
    key, label, verb, look = "people", _("党员参加"), _("去接收"), ("user-plus", "brand")

    def rows(self, user: Any, today: date) -> QuerySet:
        waiting = Participant.objects.takeable_by(user).select_related("alliance", "person__organization")
        return waiting.order_by("id")

    def words(self, thing: Any) -> tuple[Any, str]:
        return dotted(thing.person, thing.person.organization.label), dotted(thing.alliance)

    def url(self, thing: Any) -> str:
        return reverse("participants:take_in", args=[thing.pk])


OF_EVERYBODY = (SecondOpinion(),)
OF_STAFF = (Founding(), *OF_ORDERS_ABOVE, Proposed(), ToRule(), *OF_STAFF_YEAR)
OF_ORGANIZATIONS = (
    *OF_PROJECTS, *OF_ORGANIZATIONS_YEAR,
    Invitation(), Newcomer(), OrganAsking(), OfferedPlace(), ToConfirm(), ToSign(), OwnClaim(), ToRate(), LateRecord(),
    ToConsent(), TermEnding(), ToTakeIn(), ToTakeOver(), MatchAsked(), *OF_PAPERS, *OF_WHISTLES,
    *OF_ORDERS,
)  # fmt: skip
OF_WHO_STUDIES = (ToStudy(),)


def sources_of(user: Any) -> tuple[Source, ...]:
    """The sources that can hold anything for the user, by what their roles amount to."""
    rights = rights_of(user)
    own = OF_ORGANIZATIONS if rights.organizations else ()
    studies = OF_WHO_STUDIES if rights.organizations or rights.towns else ()
    terms = OF_TERMS if rights.organizations or rights.codes else ()
    heads = OF_HEADS if rights.organizations or rights.codes else ()
    return (*OF_EVERYBODY, *(OF_STAFF if rights.codes else ()), *own, *heads, *studies, *terms)


def todos_of(user: Any, today: date) -> tuple[list[Todo], dict[str, int]]:
    """What waits for the user, and how much there is of each source.

    First what is overdue, then what has no term because somebody waits for an answer, then the nearest term; what
    the user only watches comes last.
    """
    acts: list[Todo] = []
    watches: list[Todo] = []
    counts: dict[str, int] = {}
    for source in sources_of(user):
        rows = source.rows(user, today)
        shown = list(rows[:SHOWN])
        counts[source.key] = rows.count() if len(shown) == SHOWN and isinstance(rows, QuerySet) else len(shown)
        (watches if source.watched else acts).extend(source.todo(thing, today) for thing in shown)
    return [*sorted(acts, key=urgency), *sorted(watches, key=urgency)], counts


def urgency(todo: Todo) -> tuple[int, int]:
    """Overdue or due today, without a term, with a term to come; the nearest first."""
    if todo.days is None:
        return 1, 0
    return (0 if todo.days <= 0 else 2), todo.days


def claimable_items(user: Any) -> QuerySet:
    """What the user's organisations can claim now, the nearest term first."""
    return Item.objects.claimable_by(user).select_related("alliance", "asked_by").order_by("due_on", "id")
