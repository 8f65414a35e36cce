"""The adjectives of what is told: a person's inbox, robots, subscriptions, and what leaves through a channel."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Greatest

from members.scope import rights_of


def is_person(user: Any) -> bool:
    """Whether the caller is somebody with an account, and no program."""
    return bool(getattr(user, "pk", None)) and rights_of(user).scopes is None


class NoticeQuerySet(models.QuerySet):
    def visible_to(self, user: Any) -> Self:
        """A person's own messages; programs have none."""
        return self.filter(user=user) if is_person(user) else self.none()

    def since(self, moment: datetime) -> Self:
        """Sent at that moment or later."""
        return self.filter(at__gte=moment)

    def unread(self) -> Self:
        """What the person has not put away."""
        return self.filter(put_away=False)

    def put_away(self) -> Self:
        return self.filter(put_away=True)


class DigestQuerySet(models.QuerySet):
    """Addresses of a daily digest. ``told`` is the path of the deliveries, from their side."""

    told = ""

    def due_on(self, day: date, hour: int) -> Self:
        """Whose hour has come and who have had no digest on that day; ``covers_from`` says since when it speaks:
        since the last one, or since it was switched on again."""
        deliveries = self._deliveries()
        before = deliveries.order_by("-day").values("made_at")[:1]
        waiting = self.in_use().exclude(Exists(deliveries.filter(day=day)))
        return waiting.filter(**{f"{self.hour_field}__lte": hour}).annotate(
            covers_from=Greatest(Subquery(before), F("since"))
        )

    hour_field = "hour"

    def in_use(self) -> Self:
        raise NotImplementedError

    def _deliveries(self) -> Any:
        raise NotImplementedError


class PreferenceQuerySet(DigestQuerySet):
    hour_field = "digest_hour"

    def in_use(self) -> Self:
        """Those who want mail, with an account that works."""
        return self.filter(email_on=True, user__is_active=True)

    def _deliveries(self) -> Any:
        related: Any = self.model._meta.get_field("user").related_model
        rows = related._meta.get_field("deliveries").related_model._default_manager
        return rows.filter(user=OuterRef("user"), content="digest")


class RobotQuerySet(DigestQuerySet):
    def in_use(self) -> Self:
        return self.filter(ended_at=None)

    def visible_to(self, user: Any) -> Self:
        """One's own organisations' and those of the very region of one's department; programs see none."""
        rights = rights_of(user)
        if not is_person(user):
            return self.none()
        return self.filter(Q(organization__in=rights.organizations) | Q(region__in=rights.departments))

    def manageable_by(self, user: Any) -> Self:
        """Those in use that the user may test, change or end."""
        return self.visible_to(user).in_use()

    def _deliveries(self) -> Any:
        rows = self.model._meta.get_field("deliveries").related_model._default_manager  # type: ignore[union-attr]
        return rows.filter(robot=OuterRef("pk"), content="digest")


class WebhookQuerySet(models.QuerySet):
    def in_use(self) -> Self:
        return self.filter(ended_at=None)

    def heard_at(self, moment: datetime) -> Self:
        """In use, of a client whose key opens something at that moment."""
        return self.in_use().filter(client__revoked_at=None, client__expires_at__gt=moment)

    def visible_to(self, user: Any) -> Self:
        """A program's own; people have none."""
        return self.filter(client=user) if rights_of(user).scopes is not None else self.none()

    def manageable_by(self, user: Any) -> Self:
        return self.visible_to(user).in_use()


class DeliveryQuerySet(models.QuerySet):
    def due(self, moment: datetime, quiet: bool) -> Self:
        """Under way, allowed at this hour, and their time has come."""
        return self.allowed(quiet).filter(state__in=("pending", "published"), next_at__lte=moment)

    def allowed(self, quiet: bool) -> Self:
        """In quiet hours only programs are told, and people of what is urgent."""
        return self.filter(Q(channel="webhook") | Q(content__in=("urgent", "test"))) if quiet else self

    def rung_or_due(self, moment: datetime) -> Self:
        """Those that may be taken in hand: their bell was rung, or they wait no longer."""
        return self.filter(Q(state="published") | Q(state="pending", next_at__lte=moment))

    def in_turn(self, moment: datetime) -> Self:
        """What is urgent first, webhooks last, and none to a subscriber who has just failed: while one of their
        messages waits for another try, the rest wait with it, so that nobody slow keeps the workers from the others.
        """
        down = self.model._default_manager.filter(
            webhook=OuterRef("webhook"), state="pending", attempts__gt=0, next_at__gt=moment
        )
        rank = Case(When(channel="webhook", then=2), When(content__in=("urgent", "test"), then=0), default=1)
        return self.exclude(Exists(down)).order_by(rank, "next_at", "pk")

    def visible_to(self, user: Any) -> Self:
        """A person's own mails and those of the robots that are theirs to set; a program's own webhooks."""
        if rights_of(user).scopes is not None:
            return self.filter(webhook__client=user)
        if not is_person(user):
            return self.none()
        robots: Any = self.model._meta.get_field("robot").related_model
        return self.filter(Q(user=user) | Q(robot__in=robots._default_manager.visible_to(user)))

    def replayable_by(self, user: Any) -> Self:
        """One's own that have come to an end, whatever end, while the address is in use. A test of mail or of a robot
        is pressed anew, as often as its limit allows."""
        ended = self.visible_to(user).exclude(state__in=("pending", "published"))
        ended = ended.exclude(content="test", webhook=None)
        return ended.exclude(robot__ended_at__isnull=False).exclude(webhook__ended_at__isnull=False)
