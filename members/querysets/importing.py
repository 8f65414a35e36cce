"""The adjectives of imports: whose they are, which wait for a worker, which may be confirmed or undone."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self

from django.db.models import Q
from django.db.models.functions import Now

from members.scope import ScopedQuerySet, rights_of, under_any

WAITING = ("uploaded", "checking", "applying")
UNDOABLE = ("applied", "failed")


class ImportRunQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own, and for a department those handed in beneath it."""
        return self.filter(self._own(user) | under_any(rights_of(user).departments))

    def own_of(self, user: Any) -> Self:
        """In whatever state: handed in by the user, who still stands where it was handed in. Nobody else confirms and
        undoes it; who has moved to another post sees what it was, and does nothing about it any more."""
        rights = rights_of(user)
        there = self.model._default_manager.filter(
            under_any(rights.codes) | Q(region__organizations__in=rights.organizations)
        )
        return self.filter(self._own(user), pk__in=there.values("pk"))

    def confirmable_by(self, user: Any) -> Self:
        """Checked, with at least one good row that changes something."""
        return self.own_of(user).filter(state="checked").filter(Q(new__gt=0) | Q(changed__gt=0))

    def undoable_by(self, user: Any) -> Self:
        """Applied (or broken off on the way), while it is still known what was done."""
        deeds: Any = self.model._meta.get_field("deeds").related_model
        done = deeds._default_manager.values("run")
        return self.own_of(user).filter(state__in=UNDOABLE, pk__in=done).exclude(stored="")

    def resumable_by(self, user: Any) -> Self:
        """Waiting for a worker that does not come."""
        return self.own_of(user).forsaken()

    def waiting(self) -> Self:
        """In the hands of a worker, or of none."""
        return self.filter(state__in=WAITING)

    def forsaken(self) -> Self:
        """Waiting, and in nobody's hands by their lease."""
        return self.waiting().filter(Q(lease_until=None) | Q(lease_until__lt=Now()))

    def outlived(self, moment: datetime) -> Self:
        """Handed in before that moment, with a file that is still kept."""
        return self.filter(uploaded_at__lt=moment).exclude(stored="")

    def _own(self, user: Any) -> Q:
        person = getattr(user, "pk", None) is not None and rights_of(user).scopes is None
        return Q(by=user) if person else Q(pk__in=())
