"""The adjectives of meetings, of what stands on their agenda, and of what they decided."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from alliances.querysets.alliance import RUNNING
from alliances.querysets.scope import WorkQuerySet
from members.scope import rights_of, under_any


class MeetingQuerySet(WorkQuerySet):
    def attended_by(self, user: Any) -> Self:
        """In whatever state: of the alliances in which an organisation of the user is a current member."""
        return self.filter(alliance__in=self._alliances().joined_by(user).values("pk"))

    def conducted_by(self, user: Any) -> Self:
        """In whatever state: that the user's organisation leads, or hosts as a current member."""
        mine = rights_of(user).organizations
        hosted = Q(
            host__in=mine, alliance__memberships__organization=F("host"), alliance__memberships__state="accepted"
        )
        theirs = self.model._default_manager.filter(hosted)
        return self.filter(Q(alliance__lead__in=mine) | Q(pk__in=theirs.values("pk")))

    def proposable_by(self, user: Any) -> Self:
        """For whose agenda a member may still propose a topic: to come, in a running alliance."""
        return self.attended_by(user).filter(state="planned", alliance__state__in=RUNNING)

    def holdable_by(self, user: Any) -> Self:
        """Of which the user may record that it was held."""
        return self.conducted_by(user).filter(state="planned", alliance__state__in=RUNNING)

    def cancellable_by(self, user: Any) -> Self:
        """Not yet held."""
        return self.conducted_by(user).filter(state="planned")

    def minutable_by(self, user: Any) -> Self:
        """Held, so that the minutes may be written or corrected."""
        return self.conducted_by(user).filter(state="held")

    def decidable_by(self, user: Any) -> Self:
        """Held by a running alliance: its decisions may be written down."""
        return self.minutable_by(user).filter(alliance__state__in=RUNNING)

    def counted(self) -> Self:
        """Held, and recorded on time or confirmed by a second person."""
        return self.filter(state="held").filter(Q(late=False) | Q(confirmed_at__isnull=False))

    def vouched_for_by(self, user: Any) -> Self:
        """Recorded by somebody else, in alliances that the user's organisation leads or that the user governs."""
        rights = rights_of(user)
        mine = Q(recorded_by=user) if getattr(user, "duty", None) else Q()
        return self.filter(Q(alliance__lead__in=rights.organizations) | under_any(rights.codes)).exclude(mine)

    def confirmable_by(self, user: Any) -> Self:
        """Late records still waiting for a second person, who is not the one that entered them."""
        return self.vouched_for_by(user).filter(late=True, confirmed_at=None)

    def coming(self, day: date) -> Self:
        """Still to be held, on that day or later."""
        return self.filter(state="planned", planned_on__gte=day)


class TopicQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """On the agenda of a meeting that the user may see."""
        return self._of(self._meetings().visible_to(user))

    def ordered_by(self, user: Any) -> Self:
        """In whatever state: whose order is the user's to arrange, as who conducts the meeting."""
        return self._of(self._meetings().conducted_by(user))

    def advanceable_by(self, user: Any) -> Self:
        """That may move up one place: not the one at the top, nor the one after the first item of the rules."""
        fixed = self.model._default_manager.filter(first=True).values("meeting")
        after = Q(position=2, meeting__in=fixed)
        return self.ordered_by(user).filter(meeting__state="planned", position__gt=1).exclude(after)

    def struck_by(self, user: Any) -> Self:
        """In whatever state: which the user may take off the agenda, as who conducts the meeting or has proposed it."""
        mine = Q(proposed_by__in=rights_of(user).organizations)
        own = mine & Q(meeting__in=self._meetings().attended_by(user).values("pk"))
        return self.filter(Q(pk__in=self.ordered_by(user).values("pk")) | own)

    def strikeable_by(self, user: Any) -> Self:
        """The same, while the meeting is to come; the first item of the rules stays."""
        return self.struck_by(user).filter(meeting__state="planned", first=False)

    def _meetings(self) -> MeetingQuerySet:
        model: Any = self.model._meta.get_field("meeting").related_model
        return model._default_manager.all()

    def _of(self, meetings: MeetingQuerySet) -> Self:
        return self.filter(meeting__in=meetings.values("pk"))


class DecisionQuerySet(WorkQuerySet):
    def led_by(self, user: Any) -> Self:
        """In whatever state: of the alliances that an organisation of the user leads."""
        return self.filter(alliance__in=self._alliances().led_by(user).values("pk"))

    def voiced_by(self, user: Any) -> Self:
        """In whatever state: in which an organisation of the user has a voice, as a current member."""
        return self.filter(alliance__in=self._alliances().joined_by(user).values("pk"))

    def votable_by(self, user: Any) -> Self:
        """Open votes in which the user's organisation has a voice."""
        return self.voiced_by(user).filter(state="voting")

    def closable_by(self, user: Any) -> Self:
        """Open votes of the alliances that the user's organisation leads."""
        return self.led_by(user).filter(state="voting")

    def enactable_by(self, user: Any) -> Self:
        """Adopted, by a running alliance that the user's organisation leads: may become items of its lists."""
        return self.led_by(user).filter(state="adopted", alliance__state__in=RUNNING)
