"""The adjectives of what happens between the opening and the publication: self-reports, slips, appeals."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Count, Q

from members.scope import ScopedQuerySet, rights_of, under_any

OPEN_APPEALS = ("submitted", "forwarded")


class OfAssessedQuerySet(ScopedQuerySet):
    """Rows of a scheme and one of the alliances that it assesses."""

    region_path = "alliance__region"

    def of_own(self, user: Any) -> Self:
        """Of the alliances whose lead the user speaks for."""
        return self.filter(alliance__lead__in=rights_of(user).organizations)

    def beside(self, user: Any) -> Self:
        """Without those of the alliances to which an organisation of the user belongs: nobody judges their own."""
        rights = rights_of(user)
        mine = rights.organizations | rights.membership
        inside = self._memberships().filter(organization__in=mine, state="accepted").values("alliance_id")
        return self.exclude(Q(alliance__in=inside) | Q(alliance__lead__in=mine))

    def judged_by(self, user: Any) -> Self:
        """Of the department that directs the scheme, unless it is the user's own alliance."""
        return self.beside(user).filter(under_any(rights_of(user).departments, "scheme__region"))

    def _memberships(self) -> models.QuerySet:
        model: Any = self.model._meta.apps.get_model("alliances", "Membership")
        return model._default_manager.all()


class SelfReportQuerySet(OfAssessedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """To the lead that writes it; once it was submitted, to who governs the place; while it stands, to members."""
        rights = rights_of(user)
        if rights.scopes is not None:
            return self.none()
        inside = self._memberships().filter(organization__in=rights.organizations, state="accepted")
        staff = under_any(rights.codes, self.region_path) & ~Q(state="draft")
        members = Q(alliance__in=inside.values("alliance_id"), state="submitted")
        return self.filter(Q(alliance__lead__in=rights.organizations) | staff | members)

    def writable_by(self, user: Any) -> Self:
        """Drafts and returned ones of one's own, while the scheme is open."""
        return self.of_own(user).filter(state__in=("draft", "returned"), scheme__state="open")

    submittable_by = writable_by

    def overseen_by(self, user: Any) -> Self:
        """Of the alliances whose supervising organisation's region the user governs, and not of the user's own."""
        codes = rights_of(user).codes
        above = under_any(codes, "alliance__supervising__region") & under_any(codes, self.region_path)
        return self.beside(user).filter(above)

    def returnable_by(self, user: Any) -> Self:
        """Submitted ones that a superior may send back while the scheme is open."""
        return self.overseen_by(user).filter(state="submitted", scheme__state="open")


class SlipBatchQuerySet(OfAssessedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """To the lead, to who handed them out, and to who governs the place."""
        rights = rights_of(user)
        if rights.scopes is not None:
            return self.none()
        own = Q(alliance__lead__in=rights.organizations) | Q(organization__in=rights.organizations)
        return self.filter(own | under_any(rights.codes, self.region_path))

    def with_used(self) -> Self:
        """Adds ``used``: how many of the slips have been used; nobody can tell which."""
        return self.annotate(used=Count("slips", filter=Q(slips__used=True)))


class AppealQuerySet(OfAssessedQuerySet):
    def open(self) -> Self:
        """Neither decided nor withdrawn."""
        return self.filter(state__in=OPEN_APPEALS)

    def upheld(self) -> Self:
        return self.filter(state="upheld")

    def visible_to(self, user: Any) -> Self:
        """To the lead that raised it and to who governs the place."""
        rights = rights_of(user)
        if rights.scopes is not None:
            return self.none()
        return self.filter(Q(alliance__lead__in=rights.organizations) | under_any(rights.codes, self.region_path))

    def between(self, user: Any) -> Self:
        """Of the places that the user governs without directing the scheme, the user's own alliances left out."""
        judged = under_any(rights_of(user).departments, "scheme__region")
        return self.governed_by(user).beside(user).exclude(judged)

    def forwardable_by(self, user: Any) -> Self:
        """Fresh ones that a superior between may pass on with its opinion."""
        return self.between(user).filter(state="submitted")

    def decidable_by(self, user: Any) -> Self:
        """Open ones of the schemes that the user's department directs."""
        return self.judged_by(user).open()

    upholdable_by = dismissable_by = decidable_by

    def withdrawable_by(self, user: Any) -> Self:
        """Open ones of one's own."""
        return self.of_own(user).open()
