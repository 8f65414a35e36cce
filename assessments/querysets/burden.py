"""Which ceilings concern whom."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Q

from members.models.region import ancestors
from members.scope import ScopedQuerySet, rights_of, under_any


class BurdenCeilingQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Those of the governed subtrees and those that hold over them; programs see none."""
        rights = rights_of(user)
        above = {code for root in rights.codes for code in ancestors(root)}
        return self.filter(under_any(rights.codes) | Q(region__in=above))
