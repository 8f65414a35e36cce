"""The adjectives of posts: which stand, whose term ends soon, who may speak to a nomination."""

from __future__ import annotations

from datetime import date
from typing import Any, Self

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce

from alliances.querysets.alliance import RUNNING
from alliances.querysets.rules import TERM_NOTICE
from alliances.querysets.scope import OfAllianceQuerySet
from members.scope import rights_of


class PostQuerySet(OfAllianceQuerySet):
    region_path = "alliance__region"

    def standing(self) -> Self:
        """Held now, by consent or by report."""
        return self.filter(state="standing")

    def by_rank(self) -> Self:
        """Secretaries first, then in the order of the kinds."""
        kinds = [value for value, _label in self.model._meta.get_field("kind").flatchoices]  # type: ignore[union-attr]
        ranks = [When(kind=kind, then=Value(rank)) for rank, kind in enumerate(kinds)]
        return self.order_by(Case(*ranks, default=Value(len(kinds))), "pk")

    def nominated(self) -> Self:
        """Waiting for the members' voices."""
        return self.filter(state="nominated")

    def past(self) -> Self:
        """Over, or never begun."""
        return self.filter(state__in=("ended", "not_agreed", "retracted"))

    def with_notice(self) -> Self:
        """Adds ``ends_from``: the day from which the term is said to end soon (即将届满) by the region's rules."""
        region: Any = self._alliances().model._meta.get_field("region").related_model
        rules = region._meta.get_field("rule_set").related_model._default_manager.over("alliance__region")
        days = Coalesce(Subquery(rules.values("term_notice_days")[:1]), Value(TERM_NOTICE))
        return self.annotate(ends_from=ExpressionWrapper(F("until") - days, output_field=DateField()))

    def ending(self, day: date) -> Self:
        """Standing posts whose term is over within the notice that the region's rules give."""
        return self.with_notice().standing().filter(ends_from__lte=day)

    def over(self, day: date) -> Self:
        """Standing posts whose last day has gone by."""
        return self.standing().filter(until__lt=day)

    def led_by(self, user: Any) -> Self:
        """Of alliances that an organisation of the user leads, in whatever state."""
        return self.filter(alliance__lead__in=rights_of(user).organizations)

    def voiced_by(self, user: Any) -> Self:
        """Of alliances of which an organisation of the user is a current member: it has a voice in them."""
        return self.filter(alliance__in=self._alliances().joined_by(user).values("pk"))

    def consentable_by(self, user: Any) -> Self:
        """Nominations to which an organisation of the user has still something to say."""
        own = self._members().filter(organization__in=rights_of(user).organizations)
        said = self._consents().filter(post=OuterRef(OuterRef("pk")), organization=OuterRef("organization"))
        silent = own.filter(~Exists(said), alliance=OuterRef("alliance"))
        return self.nominated().filter(Exists(silent), alliance__state__in=RUNNING)

    def retractable_by(self, user: Any) -> Self:
        """Nominations that the lead may take back."""
        return self.led_by(user).nominated()

    def relievable_by(self, user: Any) -> Self:
        """Standing posts that the lead may end early."""
        return self.led_by(user).standing()

    def replaceable_by(self, user: Any, day: date) -> Self:
        """Posts with an ending term for which the lead has not yet nominated anybody."""
        next_ = self.model._default_manager.filter(succeeds=OuterRef("pk"), state__in=("nominated", "standing"))
        return self.led_by(user).ending(day).filter(~Exists(next_), alliance__state__in=RUNNING)

    def with_voices(self) -> Self:
        """Adds ``agreed`` and ``against``, the voices of the current members, and ``voices``, how many there are."""
        member = Q(consents__organization__memberships__alliance=F("alliance"))
        current = member & Q(consents__organization__memberships__state="accepted")
        members = self._members().filter(alliance=OuterRef("alliance")).order_by().values("alliance")
        return self.annotate(
            agreed=Count("consents", current & Q(consents__agrees=True), distinct=True),
            against=Count("consents", current & Q(consents__agrees=False), distinct=True),
            voices=members.annotate(n=Count("pk")).values("n"),
        )

    def of_the_person(self, post: Any) -> Self:
        """All posts of the one who holds this: the same Party member, else the same name of the same organisation."""
        if post.party_member_id:
            return self.filter(party_member=post.party_member_id)
        if post.organization_id is None:
            return self.filter(pk=post.pk)
        return self.filter(party_member=None, person=post.person, organization=post.organization_id)

    def held_beside_others(self, seen: QuerySet) -> Self:
        """Whose holder holds another standing post among ``seen`` (一人多职)."""
        same = Q(party_member=OuterRef("party_member"))
        same |= Q(party_member=None, person=OuterRef("person"), organization=OuterRef("organization"))
        return self.standing().filter(Exists(seen.filter(same, state="standing").exclude(pk=OuterRef("pk"))))

    def _members(self) -> QuerySet:
        memberships: Any = self._alliances().model._meta.get_field("memberships").related_model
        return memberships._default_manager.filter(state="accepted")

    def _consents(self) -> QuerySet:
        consents: Any = self.model._meta.get_field("consents").related_model
        return consents._default_manager.all()
