"""The adjectives of alliances: which run, which one may see, which one may change."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Count, Exists, F, Max, OuterRef, Q, Subquery
from django.db.models.functions import Substr

from alliances.querysets.designated import DesignatedQuerySet
from members.counting import counted
from members.scope import Rights, rights_of, under_any

RUNNING = ("active", "rectifying")
ENDED = ("merged", "dissolved")

CROSSINGS = ("sector", "industry", "level", "region", "ownership")
"""The organisation's fields from which the ways of crossing (联建方式) are computed: two or more values cross."""


class AllianceQuerySet(DesignatedQuerySet):
    def running(self) -> Self:
        """Active or under rectification: those that count and may work."""
        return self.filter(state__in=RUNNING)

    def standing(self) -> Self:
        """Not ended: also those that have not begun."""
        return self.exclude(state__in=ENDED)

    def as_of(self, day: date) -> Self:
        """Running at the end of that day, by the dates of founding and ending."""
        return self.filter(activated_on__lte=day).filter(Q(ended_on=None) | Q(ended_on__gt=day))

    def visible_to(self, user: Any) -> Self:
        """In a governed subtree or with a member from it; of one's own organisations; in one's own community."""
        return self.filter(self._followed(user) | self._invited(rights_of(user)))

    def followed_by(self, user: Any) -> Self:
        """What one may see, without those to which one is only invited: their work is not yet one's own."""
        return self.filter(self._followed(user))

    def around(self, alliance: Any) -> Self:
        """The one in which ``alliance`` is nested: an empty set where it stands for itself."""
        return self.filter(pk=alliance.parent_id)

    def joined_by(self, user: Any) -> Self:
        """Of which an organisation that the user speaks for is a current member."""
        return self.filter(pk__in=self._with_members(Q(organization__in=rights_of(user).organizations)))

    def joinable_by(self, user: Any) -> Self:
        """Running alliances that serve the county (or a place around it) in which an organisation of the user stands
        and of which not all of these are members, invited or applicants: of these the user may know that they exist.

        An organisation of elsewhere joins by invitation.
        """
        around = Q(pk__in=())
        for organization, code in self._standing(rights_of(user)):
            taken = self._related("memberships").filter(
                organization=organization, state__in=("invited", "asking", "accepted")
            )
            near = under_any((code[:6],)) | Q(region__in=[code[:2], code[:4]])
            around |= near & ~Q(pk__in=taken.values("alliance_id"))
        return self.running().filter(around)

    def led_by(self, user: Any) -> Self:
        """Led by an organisation that the user speaks for."""
        return self.filter(lead__in=rights_of(user).organizations)

    def steered_by(self, user: Any) -> Self:
        """Whose affairs the user may steer, in whatever state: who governs its region, and its lead."""
        rights = rights_of(user)
        return self.filter(under_any(rights.codes) | Q(lead__in=rights.organizations))

    def editable_by(self, user: Any) -> Self:
        """Whose record may be changed and members invited: what one steers, while it has not ended."""
        return self.steered_by(user).exclude(state__in=ENDED)

    def submittable_by(self, user: Any) -> Self:
        """Drafts and returned applications that need the superior's approval."""
        return self.withdrawable_by(user).filter(formation="non_established")

    def activatable_by(self, user: Any) -> Self:
        """Drafts by agreement or convening: they start without approval."""
        return self.steered_by(user).filter(state="draft").exclude(formation="non_established")

    def withdrawable_by(self, user: Any) -> Self:
        """What was never approved and is not being looked at."""
        return self.steered_by(user).filter(state__in=("draft", "returned"))

    def supervised_by(self, user: Any) -> Self:
        """Over whose supervising organisation's region the user governs; never for the applicant's own application,
        nor with another post for that of an organisation for which the user speaks."""
        mine = Q(applied_by=user) if getattr(user, "duty", None) else Q(pk__in=())
        mine |= Q(lead__in=rights_of(user).organizations)
        return self.filter(under_any(rights_of(user).codes, "supervising__region")).exclude(mine)

    def approvable_by(self, user: Any) -> Self:
        """Founding applications on which the user may decide."""
        return self.supervised_by(user).filter(state="submitted")

    def rectifiable_by(self, user: Any) -> Self:
        """Which a department above may propose to rectify (a second person approves)."""
        return self.directed_by(user).filter(state="active")

    def rewardable_by(self, user: Any) -> Self:
        """Which a department above may propose to favour."""
        return self.directed_by(user).filter(state="active")

    def reinstatable_by(self, user: Any) -> Self:
        """Which a department above may propose to end the rectification of, or to give one more term."""
        return self.directed_by(user).filter(state="rectifying")

    def dissolvable_by(self, user: Any) -> Self:
        """Of which the user may propose the end: what runs and the user steers. A department approves."""
        return self.steered_by(user).running()

    def sponsorable_by(self, user: Any) -> Self:
        """For which the user may call for ideas: what runs and the user steers."""
        return self.steered_by(user).running()

    def mergeable_by(self, user: Any) -> Self:
        """Of which the user may propose that it goes into another one: the same. A department over both approves."""
        return self.dissolvable_by(user)

    def absorbing(self, alliance: Any, user: Any) -> Self:
        """The running alliances, known to the user, into which ``alliance`` may go; never one nested in it."""
        every: Any = self.model._default_manager
        known = Q(pk__in=every.visible_to(user).values("pk")) | Q(pk__in=every.joinable_by(user).values("pk"))
        inside: list[int] = [alliance.pk]
        level = inside
        while level:
            nested = every.filter(parent__in=level).exclude(pk__in=inside)
            level = list(nested.values_list("pk", flat=True))
            inside = [*inside, *level]
        return self.running().filter(known).exclude(pk__in=inside)

    def splittable_by(self, user: Any) -> Self:
        """From which the user may found another one: running, and steered or joined by the user's organisation."""
        joined = Q(pk__in=self.joined_by(user).values("pk"))
        return self.running().filter(Q(pk__in=self.steered_by(user).values("pk")) | joined)

    def nestable_by(self, user: Any) -> Self:
        """Within which the user may found another one: the same, where nothing stands in the way of its form."""
        return self.splittable_by(user).exclude(form="joint_branch")

    def markable_by(self, user: Any) -> Self:
        """Whose checklist the user may fill in: the lead, while it runs."""
        return self.led_by(user).running()

    def placed_by(self, user: Any) -> Self:
        """In whatever state: over whose supervising organisation the user governs, without speaking for the lead."""
        above = under_any(rights_of(user).codes, "supervising__region")
        return self.filter(above).exclude(lead__in=rights_of(user).organizations)

    def placeable_by(self, user: Any) -> Self:
        """Whose supervising organisation the user may change; not while an application lies with it."""
        return self.placed_by(user).standing().exclude(state="submitted")

    def conducted_by(self, user: Any) -> Self:
        """In whose activities the user has a part: led or joined by one's organisation, or under one's committee."""
        rights = rights_of(user)
        joined = Q(pk__in=self._with_members(Q(organization__in=rights.organizations)))
        return self.filter(Q(lead__in=rights.organizations) | joined | under_any(rights.towns))

    def calling_by(self, user: Any) -> Self:
        """Running ones for whose matters an organisation of the user may call departments (吹哨): the lead, a
        community, village or town that is a member or that supervises, or in whose area the alliance is."""
        mine = rights_of(user).organizations
        placed: Any = self.model._meta.get_field("lead").related_model
        places = placed._default_manager.filter(pk__in=mine, place__isnull=False)
        joined = self._with_members(Q(organization__in=places.values("pk")))
        here = Q(lead__in=mine) | Q(supervising__in=places.values("pk")) | Q(pk__in=joined)
        if mine:
            here |= under_any(rights_of(user).places) | under_any(rights_of(user).towns)
        return self.running().filter(here)

    def plannable_by(self, user: Any) -> Self:
        """Where the user may plan activities: while the alliance runs."""
        return self.conducted_by(user).running()

    def arranged_by(self, user: Any) -> Self:
        """In whatever state: whose year of activities the user arranges, as lead or as town committee above."""
        rights = rights_of(user)
        return self.filter(Q(lead__in=rights.organizations) | under_any(rights.towns))

    def arrangeable_by(self, user: Any) -> Self:
        """The same, while the alliance runs."""
        return self.arranged_by(user).running()

    def subscribed_by(self, user: Any) -> Self:
        """One's own alliances, as a calendar shows them: led, joined, of one's own branch, or under one's committee."""
        return self.filter(
            Q(pk__in=self.conducted_by(user).values("pk"))
            | Q(pk__in=self._with_members(Q(organization__in=rights_of(user).membership)))
        )

    def convenable_by(self, user: Any) -> Self:
        """Whose members the user may convene: running alliances that the user's organisation leads or now hosts."""
        return self.running().filter(Q(lead__in=rights_of(user).organizations) | self._hosted(user))

    def hosted_by(self, user: Any) -> Self:
        """In which it is the turn of the user's organisation to host (轮值)."""
        return self.filter(self._hosted(user))

    def charterable_by(self, user: Any) -> Self:
        """For which the user's organisation, as lead, may draft the next version of the charter: none is to come."""
        coming = self._related("charters").filter(state__in=("draft", "consulting")).values("alliance")
        return self.agreeable_by(user).exclude(pk__in=coming)

    def agreeable_by(self, user: Any) -> Self:
        """For which the lead may draft agreements: whatever has not ended, because some begin with one."""
        return self.led_by(user).exclude(state__in=ENDED)

    def rotatable_by(self, user: Any) -> Self:
        """For which the lead may draw up a calendar of hosts: running, and without one."""
        present = self._related("rotations").filter(state__in=("draft", "running")).values("alliance")
        return self.led_by(user).running().exclude(pk__in=present)

    def providable_by(self, user: Any) -> Self:
        """Whose funds, staff, consortium and schemes the user keeps: led by one's organisation, while it runs."""
        return self.led_by(user).running()

    def sharable_by(self, user: Any) -> Self:
        """With which the user's own organisation may share a place: a current member, while the alliance runs."""
        return self.joined_by(user).running()

    def nominable_by(self, user: Any) -> Self:
        """For whose posts the user may nominate: the lead's business, while the alliance runs."""
        return self.led_by(user).running()

    def peopled_by(self, user: Any) -> Self:
        """Joint branches in which the user's people may take part: of a member organisation, or the user in person."""
        rights = rights_of(user)
        return self.filter(self._shared(rights), form="joint_branch")

    def fillable_by(self, user: Any) -> Self:
        """To which the user may put people forward now."""
        return self.peopled_by(user).running()

    def with_counts(self) -> Self:
        """Adds ``members_now``, ``last_session_on`` and, for each way of crossing, ``crosses_<field>`` (bool)."""
        members = self._accepted(OuterRef("pk"))
        last = Subquery(
            self._related("activities").filter(alliance=OuterRef("pk"), sessions__held_on__isnull=False)
            .order_by().values("alliance").annotate(last=Max("sessions__held_on")).values("last")
        )  # fmt: skip
        return self.annotate(
            members_now=counted(members),
            last_session_on=last,
            **{f"crosses_{name}": self._crosses(name) for name in CROSSINGS},
        )

    def crossing(self, name: str, on: date | None = None) -> Self:
        """Whose current members cross in that way; with ``on`` those who were members at the end of that day."""
        return self.filter(self._crosses(name, on))

    def _crosses(self, name: str, on: date | None = None) -> Exists:
        """Two or more values among the members; for the region, of the first six digits of its code."""
        members = self._accepted(OuterRef("pk"), on)
        value = Substr("organization__region_id", 1, 6) if name == "region" else F(f"organization__{name}")
        return Exists(
            members.annotate(values_met=Count(value, distinct=True)).filter(values_met__gte=2).values("alliance")
        )

    def _accepted(self, alliance: OuterRef, on: date | None = None) -> models.QuerySet:
        """The current memberships of an outer alliance, or those of a day, grouped by it."""
        rows: Any = self._related("memberships").filter(alliance=alliance)
        stood = rows.filter(state="accepted") if on is None else rows.as_of(on)
        return stood.order_by().values("alliance")

    def _related(self, name: str) -> models.QuerySet:
        related: Any = self.model._meta.get_field(name).related_model
        return related._default_manager.all()

    def _with_members(self, which: Q) -> models.QuerySet:
        return self._related("memberships").filter(which, state="accepted").values("alliance_id")

    def _standing(self, rights: Rights) -> models.QuerySet:
        """Id and division code of each organisation that the caller speaks for."""
        lead: Any = self.model._meta.get_field("lead").related_model
        return lead._default_manager.filter(pk__in=rights.organizations).values_list("pk", "region_id")

    def _hosted(self, user: Any) -> Q:
        turns = self._related("turns").filter(state="present", organization__in=rights_of(user).organizations)
        return Q(pk__in=turns.values("alliance"))

    def _followed(self, user: Any) -> Q:
        rights = rights_of(user)
        staff = under_any(rights.seen) | Q(pk__in=self._with_members(under_any(rights.codes, "organization__region")))
        return staff | under_any(rights.places) | Q(lead__in=rights.organizations) | self._shared(rights)

    def _shared(self, rights: Rights) -> Q:
        return Q(pk__in=self._with_members(Q(organization__in=rights.organizations | rights.membership)))

    def _invited(self, rights: Rights) -> Q:
        """One sees the alliance that invites one, so as to decide, and until its members have decided."""
        called = self._related("memberships").filter(
            organization__in=rights.organizations, state__in=("invited", "asking"), invited_on__isnull=False
        )
        return Q(pk__in=called.values("alliance_id"))
