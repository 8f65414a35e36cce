"""The adjectives of the service catalogue: who finds a service, who writes it."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Exists, OuterRef, Q

from alliances.querysets import RUNNING
from members.bigrams import holding
from members.scope import ScopedQuerySet, rights_of, under_any


class ServiceQuerySet(ScopedQuerySet):
    def current(self) -> Self:
        """Offered now."""
        return self.filter(state="current")

    def visible_to(self, user: Any) -> Self:
        """What is offered where one's organisations sit, what stands in the governed subtrees, and one's own
        department's. A division code begins with the code of every place around it."""
        rights = rights_of(user)
        mine = rights.organizations | rights.membership
        organizations: Any = self.model._meta.get_field("department").related_model
        here = organizations._default_manager.filter(pk__in=mine, region__code__startswith=OuterRef("region_id"))
        around = Q(region__in={code[:n] for code in rights.codes for n in (2, 4, 6, 9, 12)})
        return self.filter(under_any(rights.seen) | around | Exists(here) | Q(department__in=mine))

    def written_by(self, user: Any) -> Self:
        """In whatever state: of the user's own department, and of those that the user governs."""
        rights = rights_of(user)
        return self.filter(
            Q(department__in=rights.organizations) | under_any(rights.codes, "department__region")
        )

    def revisable_by(self, user: Any) -> Self:
        return self.written_by(user).current()

    def retirable_by(self, user: Any) -> Self:
        """The same."""
        return self.revisable_by(user)

    def used_by(self, user: Any) -> Self:
        """In whatever state: from which the user begins items, as who speaks for a member of a running alliance."""
        organizations: Any = self.model._meta.get_field("department").related_model
        members = organizations._default_manager.filter(
            pk__in=rights_of(user).organizations, memberships__state="accepted",
            memberships__alliance__state__in=RUNNING,
        )  # fmt: skip
        return self.visible_to(user).filter(Exists(members))

    def usable_by(self, user: Any) -> Self:
        """Current ones of them."""
        return self.used_by(user).current()

    def revealable_by(self, user: Any) -> Self:
        """Whose full phone the user may read, for a reason: everybody who finds it, where there is one."""
        return self.visible_to(user).exclude(phone="")

    def matching(self, text: str) -> Self:
        """Whose title or department contains the text, or whose pinyin or initials begin with it."""
        every: Any = self.model._default_manager
        titled = holding(every.all(), "title", text).values("pk")
        sound = Q(pinyin__startswith=text.lower()) | Q(pinyin__contains=f" {text.lower()}")
        return self.filter(Q(pk__in=titled) | sound | Q(department__name__contains=text))
