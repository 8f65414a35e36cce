"""Who may see and do what, as rows: a :class:`Rights` of the caller and querysets that begin with it.

What a user may not see is never fetched, so it answers like what does not exist.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any, Self

from django.db import models
from django.db.models import Q


@dataclass(frozen=True, slots=True)
class Rights:
    """What a caller's roles (or a program's key) amount to at the moment of the request.

    ``departments`` and ``towns`` are division codes whose subtrees the caller governs, as an organisation
    department (市, 旗) or as a town or street committee (乡). ``organizations`` are the ids that the caller speaks
    for, ``membership`` the ids of those whose Party member the caller is, ``places`` the division codes of the
    communities and villages among ``organizations``. ``readable`` are subtrees that a program's key may read;
    ``scopes`` is None for people.
    """

    departments: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    organizations: frozenset[int] = frozenset()
    membership: frozenset[int] = frozenset()
    places: tuple[str, ...] = ()
    readable: tuple[str, ...] = ()
    scopes: frozenset[str] | None = field(default=None)

    @property
    def codes(self) -> tuple[str, ...]:
        """Every subtree that the caller governs, as department or committee."""
        return self.departments + self.towns

    @property
    def seen(self) -> tuple[str, ...]:
        """Every subtree whose things the caller may read in full."""
        return self.codes + self.readable

    def governs(self, code: str) -> bool:
        """Whether a division code lies in a governed subtree."""
        return any(code.startswith(root) for root in self.codes)

    def directs(self, code: str) -> bool:
        """Whether an organisation department of the caller stands over the code."""
        return any(code.startswith(root) for root in self.departments)


NOBODY = Rights()


def rights_of(user: Any) -> Rights:
    """The rights of a User or an ApiClient; nobody's for an anonymous caller."""
    return getattr(user, "rights", NOBODY)


LEVELS = (2, 4, 6, 9, 12)
"""Digits of a division code, from the province to the village."""


def under(code: str, path: str = "region") -> Q:
    """Rows whose division code is ``code`` or lies beneath it.

    Codes have 2/4/6/9/12 digits, so a prefix always ends at a whole level. A half-open range over a column of
    collation C walks a plain index; ``:`` is the character after ``9``.
    """
    return Q(**{f"{path}__gte": code, f"{path}__lt": f"{code}:"})


def under_any(codes: tuple[str, ...], path: str = "region") -> Q:
    """Rows beneath any of the codes; no rows for no codes."""
    return reduce(or_, (under(code, path) for code in codes)) if codes else Q(pk__in=())


def above_any(codes: tuple[str, ...], path: str = "region") -> Q:
    """Rows whose region is one of the codes or contains it: rules that reach down to there."""
    return Q(**{f"{path}__in": {code[:length] for code in codes for length in LEVELS if length <= len(code)}})


def any_of(*ways: models.QuerySet) -> Q:
    """Rows that one of these finds; each gives one column of ids. Every way walks its own index: under an OR of
    subqueries PostgreSQL reads the whole table."""
    first, *others = (way.order_by() for way in ways)
    return Q(pk__in=first.union(*others))


def acted_for(user: Any, person: str = "") -> Q:
    """Party members for whom the user may act: oneself, and those of the organisations that one speaks for.

    ``person`` is the path that leads from a row to its Party member, empty for Party members themselves.
    """
    rights = rights_of(user)
    path = f"{person}__" if person else ""
    own = Q(**{f"{path}organization__in": rights.organizations})
    return own | oneself(user, person)


def oneself(user: Any, person: str = "") -> Q:
    """The Party member whose account the user is, while a role ties the account to that member's organisation."""
    rights = rights_of(user)
    tied = rights.organizations | rights.membership
    if rights.scopes is not None or not tied:
        return Q(pk__in=())
    path = f"{person}__" if person else ""
    return Q(**{f"{path}account": user, f"{path}organization__in": tied})


class ScopedQuerySet(models.QuerySet):
    """Rows that stand somewhere in the region tree; ``region_path`` leads from a row to its Region."""

    region_path = "region"

    def within(self, code: str) -> Self:
        """In the region or anywhere beneath it."""
        return self.filter(under(code, self.region_path))

    def governed_by(self, user: Any) -> Self:
        """In a subtree that the user governs as department or committee."""
        return self.filter(under_any(rights_of(user).codes, self.region_path))

    def directed_by(self, user: Any) -> Self:
        """In a subtree that the user governs as an organisation department (市 or 旗)."""
        return self.filter(under_any(rights_of(user).departments, self.region_path))
