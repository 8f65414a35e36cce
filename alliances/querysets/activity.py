"""The adjectives of activities and sessions: who may see, hold and vouch for them."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import Count, F, Q

from alliances.querysets.alliance import RUNNING
from alliances.querysets.scope import WorkQuerySet
from members.scope import ScopedQuerySet, rights_of, under_any


class ActivityQuerySet(WorkQuerySet):
    def conducted_by(self, user: Any) -> Self:
        """Activities in whatever state that the user's organisation leads or hosts, or under one's town committee."""
        mine = rights_of(user).organizations
        hosted = Q(
            host__in=mine, alliance__memberships__organization=F("host"), alliance__memberships__state="accepted"
        )
        theirs = self.model._default_manager.filter(hosted)
        return self.filter(
            Q(alliance__lead__in=mine) | Q(pk__in=theirs.values("pk")) | under_any(rights_of(user).towns)
        )

    def holdable_by(self, user: Any) -> Self:
        """Of which the user may record a session: planned, or held with sessions to come."""
        return self.conducted_by(user).filter(state__in=("planned", "held"), alliance__state__in=RUNNING)

    def cancellable_by(self, user: Any) -> Self:
        """Planned and not yet held."""
        return self.conducted_by(user).filter(state="planned")

    def repeatable_by(self, user: Any) -> Self:
        """Which the user may plan again: not cancelled, of a running alliance."""
        return self.holdable_by(user)

    def with_counts(self) -> Self:
        """Adds three counts that differ: ``held`` sessions (场次), ``people`` (人), ``person_times`` (人次)."""
        return self.annotate(
            held=Count("sessions", distinct=True),
            person_times=Count("sessions__service_records", distinct=True),
            people=Count("sessions__service_records__person", distinct=True),
        )

    def in_month(self, first: date, last: date) -> Self:
        """Planned for, or held on, one of the days."""
        held = Q(sessions__held_on__range=(first, last))
        there = self.model._default_manager.filter(held | Q(planned_on__range=(first, last)))
        return self.filter(pk__in=there.values("pk"))


class SessionQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Sessions of the activities that the user may see."""
        activities: Any = self.model._meta.get_field("activity").related_model
        return self.filter(activity__in=activities._default_manager.visible_to(user))

    def counted(self) -> Self:
        """On time, or late and confirmed by a second person."""
        return self.filter(Q(late=False) | Q(confirmed_at__isnull=False))

    def vouched_for_by(self, user: Any) -> Self:
        """Recorded by somebody else, in alliances that the user's organisation leads or that the user governs."""
        rights = rights_of(user)
        ours = Q(activity__alliance__lead__in=rights.organizations) | under_any(rights.codes)
        mine = Q(recorded_by=user) if getattr(user, "duty", None) else Q()
        return self.filter(ours).exclude(mine)

    def confirmable_by(self, user: Any) -> Self:
        """Late records still waiting for a second person, who is not the one that entered them."""
        return self.vouched_for_by(user).filter(late=True, confirmed_at=None)

    def servable_by(self, user: Any) -> Self:
        """In which an organisation of the user took part, so that it may name who served."""
        there: Any = self.model._meta.get_field("attendances").related_model
        mine = there._default_manager.filter(organization__in=rights_of(user).organizations)
        return self.filter(pk__in=mine.values("session"), confirmed_at=None)
