"""Which keys of programs somebody sees, draws and revokes."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Q

from members.scope import ScopedQuerySet, rights_of


class ApiClientQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Those of the subtree that one governs, of one's own organisations, that one asked for. Administrators see
        all, programs none."""
        if getattr(user, "pk", None) is None or rights_of(user).scopes is not None:
            return self.none()
        if user.duty != "business":
            return self.all()
        own = Q(organization__in=rights_of(user).organizations) | Q(asked_by=user)
        return self.filter(Q(pk__in=self.governed_by(user).values("pk")) | own)

    def drawn_by(self, user: Any) -> Self:
        """In any state: granted to the user, who asked and still speaks for the place. Nobody else sees the key."""
        if not getattr(user, "duty", ""):
            return self.none()
        mine = self.visible_to(user).filter(asked_by=user)
        if user.duty != "business":
            return mine
        own = Q(organization__in=rights_of(user).organizations)
        return mine.filter(Q(pk__in=self.governed_by(user).values("pk")) | own)

    def drawable_by(self, user: Any) -> Self:
        """Of those, the ones not yet drawn."""
        return self.drawn_by(user).filter(drawn_at=None, revoked_at=None)

    def revoked_by(self, user: Any) -> Self:
        """In any state: to take access away needs no second person; the audit administrator only reads."""
        return self.visible_to(user) if getattr(user, "duty", "audit") != "audit" else self.none()

    def revocable_by(self, user: Any) -> Self:
        """Of those, the ones not yet revoked."""
        return self.revoked_by(user).filter(revoked_at=None)
