"""What becomes of what is open when a member leaves, an alliance ends or goes into another: said, with numbers, before
the verb is spoken, and counted by the same adjectives by which the verb goes."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from alliances.models import Activity, Alliance, Membership
from listings.models import Call, Candidate, Claim


@dataclass(frozen=True, slots=True)
class Fate:
    """How many, and what happens to them."""

    number: int
    what: str | Promise


def of_leaving(membership: Membership) -> list[Fate]:
    """When the member leaves."""
    own = Claim.objects.filter(item__alliance=membership.alliance, organization=membership.organization_id)
    called = Call.objects.of_member(membership.alliance, membership.organization)
    offered = Candidate.objects.of_member(membership.alliance, membership.organization)
    spoken = membership.organization.admission_votes.undecided().filter(membership__alliance=membership.alliance)
    return _some(
        Fate(own.unfinished().count(), _("项未办结的认领退出，名额让出")),
        Fate(own.filter(state=Claim.State.FINISHED).count(), _("项已报办结的认领保留，仍由提出单位确认")),
        Fate(called.count(), _("次未办完的吹哨退回牵头党组织另找单位")),
        Fate(offered.count(), _("份承接项目的申请撤回")),
        Fate(spoken.count(), _("次未结束的准入表决作废")),
    )


def of_dissolving(alliance: Alliance) -> list[Fate]:
    """When the alliance is dissolved."""
    items = alliance.items
    return _some(
        Fate(items.unclaimed().count(), _("项还没有认领的事项不予受理，并告知提出单位")),
        Fate(items.at_work().count(), _("项在办的事项终止，告知提出单位")),
        Fate(Claim.objects.unfinished_in(alliance).count(), _("项未办结的认领退出")),
        Fate(items.awaiting_their_asker().count(), _("项已办理完的事项仍由提出单位确认")),
        *_of_the_rest(alliance, _("个嵌套的联合体上移一级")),
        Fate(alliance.memberships.current().count(), _("个成员党组织的成员关系结束，隶属关系不变")),
    )


def of_merging(alliance: Alliance, other: Alliance) -> list[Fate]:
    """When the alliance goes into the other one."""
    items = alliance.items
    passing = items.passing_to(other).count()
    present = other.memberships.present().values("organization")
    invited = alliance.memberships.current().exclude(organization__in=present).count()
    return _some(
        Fate(invited, _("个成员党组织收到对方的邀请，由它们自己决定是否加入，并由对方成员表决准入")),
        Fate(alliance.memberships.current().count() - invited, _("个成员党组织已在对方联合体中，不用再办")),
        Fate(items.at_work().count(), _("项在办的事项继续办到底，由提出单位确认")),
        Fate(Claim.objects.unfinished_in(alliance).count(), _("项未办结的认领继续有效")),
        Fate(items.awaiting_their_asker().count(), _("项已办理完的事项仍由提出单位确认")),
        Fate(passing, _("项还没有认领的事项转到对方的清单，由对方牵头党组织研判")),
        Fate(items.unclaimed().count() - passing, _("项还没有认领的事项不予受理（提出单位还不是对方成员，或已退回）")),
        *_of_the_rest(alliance, _("个嵌套的联合体改设在对方里面")),
    )


def _of_the_rest(alliance: Alliance, nested: str | Promise) -> tuple[Fate, ...]:
    newcomers = alliance.memberships.filter(state__in=(Membership.State.INVITED, Membership.State.ASKING))
    return (
        Fate(alliance.activities.filter(state=Activity.State.PLANNED).count(), _("个计划中的活动取消")),
        Fate(newcomers.count(), _("份未答复的邀请和未表决的申请作废")),
        Fate(alliance.nested.standing().count(), nested),
    )


def _some(*fates: Fate) -> list[Fate]:
    """Those of which there is at least one."""
    return [fate for fate in fates if fate.number]
