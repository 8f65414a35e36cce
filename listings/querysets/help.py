"""The adjectives of help: whose names one sees."""

from __future__ import annotations

from typing import Any, Self

from django.db import models
from django.db.models import Count, Subquery

from alliances.models import RuleSet
from listings.querysets.scope import CONFIRMED
from members.scope import acted_for, rights_of


class HelpQuerySet(models.QuerySet):
    def named_to(self, user: Any, claim: Any) -> Self:
        """Of the claim, with names: for the helpers' own organisation only. Others see how many there were."""
        own = self.filter(claim=claim, claim__organization__in=rights_of(user).organizations)
        return own.select_related("person")

    def visible_to(self, user: Any) -> Self:
        """One's own, and of the people of the organisations that one speaks for; of nobody else."""
        return self.filter(acted_for(user, "person"))

    def earning(self) -> Self:
        """Worth a point each: with an item that whoever asked has confirmed, where the region's rules have points."""
        rules = Subquery(RuleSet.objects.over("item__region_id").values("points")[:1])
        confirmed = self.filter(item__state__in=CONFIRMED, item__on_behalf=False)
        return confirmed.alias(points_on=rules).filter(points_on=True)

    def in_year(self, year: int) -> Self:
        """Done in the calendar year."""
        return self.filter(served_on__year=year)

    def by_person(self) -> models.QuerySet:
        """Each person with ``points``, in the order in which persons were recorded: never by points."""
        counted = self.order_by("person_id").values("person_id", "person__name", "person__post")
        return counted.annotate(points=Count("pk"))
