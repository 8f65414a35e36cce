"""The adjectives of projects: who sees them, who offers, who carries out, who accepts, pays and looks after them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Self

from django.db import models
from django.db.models import DecimalField, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce

from alliances.querysets import RUNNING
from listings.querysets.scope import OfAllianceQuerySet
from members.bigrams import holding
from members.counting import counted
from members.scope import ScopedQuerySet, rights_of, under_any

MONEY: DecimalField = DecimalField(max_digits=14, decimal_places=2)
NO_MONEY = Decimal("0.00")


class ProjectQuerySet(OfAllianceQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Seen with their items."""
        items: Any = self.model._meta.get_field("item").related_model
        return self.filter(item__in=items._default_manager.visible_to(user).values("pk"))

    def steered_by(self, user: Any) -> Self:
        """In whatever state: whoever governs the region, and the alliance's lead; never who speaks for the provider."""
        rights = rights_of(user)
        above = self.filter(under_any(rights.codes) | self._led(user))
        return above.exclude(provider__in=rights.organizations)

    def led_by(self, user: Any) -> Self:
        """Of alliances that an organisation of the user leads, which is not the provider."""
        return self.filter(self._led(user)).exclude(provider__in=rights_of(user).organizations)

    def provided_by(self, user: Any) -> Self:
        """Carried out by an organisation of the user."""
        return self.filter(provider__in=rights_of(user).organizations)

    def judged_by(self, user: Any) -> Self:
        """Whose milestones the user accepts: who steers, and whoever had the idea; never the provider."""
        mine = rights_of(user).organizations
        asked = self.filter(item__asked_by__in=mine).exclude(provider__in=mine)
        return self.filter(Q(pk__in=self.steered_by(user).values("pk")) | Q(pk__in=asked.values("pk")))

    def joined_by(self, user: Any) -> Self:
        """In whatever state: of alliances in which an organisation of the user is a member, other than their lead."""
        mine = rights_of(user).organizations
        return self.filter(alliance__in=self._alliances().joined_by(user).exclude(lead__in=mine).values("pk"))

    def biddable_by(self, user: Any) -> Self:
        """Which a member organisation of the user may offer to carry out: one that is not the lead (which chooses), has
        not had the idea (and confirms it in the end), and has not offered yet."""
        mine = rights_of(user).organizations
        offered = self._related("candidates").filter(
            project=OuterRef(OuterRef("pk")), organization=OuterRef("organization"), state="asking"
        )
        memberships: Any = self._alliances().model._meta.get_field("memberships").related_model
        free = (
            memberships._default_manager.current()
            .filter(alliance=OuterRef("alliance"), organization__in=mine)
            .exclude(organization=OuterRef("alliance__lead"))
            .exclude(organization=OuterRef("item__asked_by"))
            .exclude(Exists(offered))
        )
        return self.filter(Exists(free), state="seeking", alliance__state__in=RUNNING)

    def plannable_by(self, user: Any) -> Self:
        """Running ones for which the user sets milestones."""
        return self.steered_by(user).filter(state="running")

    def visitable_by(self, user: Any) -> Self:
        """Running ones on which the user looks."""
        return self.steered_by(user).filter(state="running")

    def acceptable_by(self, user: Any) -> Self:
        """Running ones with every milestone accepted and nothing left to follow."""
        milestones, visits = self._related("milestones"), self._related("visits")
        left = milestones.filter(project=OuterRef("pk"), state__in=("planned", "reported"))
        reached = milestones.filter(project=OuterRef("pk"), state="accepted")
        to_follow = visits.filter(project=OuterRef("pk"), answered_on=None).exclude(follow_up="")
        return self.visitable_by(user).filter(~Exists(left), Exists(reached), ~Exists(to_follow))

    def stoppable_by(self, user: Any) -> Self:
        """Those for which nobody has been chosen: what somebody carries out is first given back by them."""
        return self.steered_by(user).filter(state="seeking")

    def matching(self, text: str) -> Self:
        """Whose item's title or whose provider's name contains the text."""
        items: Any = self.model._meta.get_field("item").related_model
        titled = holding(items._default_manager.all(), "title", text).values("pk")
        return self.filter(Q(item__in=titled) | Q(provider__name__contains=text))

    def with_figures(self) -> Self:
        """Adds ``milestone_count``, ``reached_count`` and ``paid`` (yuan, from the ledger)."""
        milestones = self._related("milestones").filter(project=OuterRef("pk")).exclude(state="dropped")
        payments: Any = self._related("milestones").model._meta.get_field("payments").related_model
        paid = payments._default_manager.filter(milestone__project=OuterRef("pk")).with_amounts()
        return self.annotate(
            milestone_count=counted(milestones),
            reached_count=counted(milestones.filter(state="accepted")),
            paid=Coalesce(Subquery(paid.order_by().values("milestone__project").annotate(n=Sum("amount")).values("n")),
                          NO_MONEY, output_field=MONEY),
        )  # fmt: skip


class OfProjectQuerySet(ScopedQuerySet):
    """What belongs to a project through ``project`` and is seen with it."""

    region_path = "project__region"

    def visible_to(self, user: Any) -> Self:
        return self.filter(project__in=self._projects().visible_to(user).values("pk"))

    def steered_by(self, user: Any) -> Self:
        """Of projects that the user steers."""
        return self.filter(project__in=self._projects().steered_by(user).values("pk"))

    def provided_by(self, user: Any) -> Self:
        """Of projects that an organisation of the user carries out."""
        return self.filter(project__in=self._projects().provided_by(user).values("pk"))

    def judged_by(self, user: Any) -> Self:
        """Of projects whose milestones the user accepts."""
        return self.filter(project__in=self._projects().judged_by(user).values("pk"))

    def led_by(self, user: Any) -> Self:
        """Of projects of alliances that the user's organisation leads, which does not carry them out."""
        return self.filter(project__in=self._projects().led_by(user).values("pk"))

    def _projects(self) -> ProjectQuerySet:
        projects: Any = self.model._meta.get_field("project").related_model
        return projects._default_manager.all()


class CandidateQuerySet(OfProjectQuerySet):
    def visible_to(self, user: Any) -> Self:
        """For who chooses and for who offers; once somebody is chosen, that one for everybody who sees the project."""
        own = Q(organization__in=rights_of(user).organizations)
        chosen = Q(state="chosen", pk__in=super().visible_to(user).values("pk"))
        above = Q(pk__in=super().visible_to(user).filter(pk__in=self.steered_by(user).values("pk")).values("pk"))
        return self.filter(own | chosen | above)

    def of_own(self, user: Any) -> Self:
        """In whatever state: of organisations that the user speaks for."""
        return self.filter(organization__in=rights_of(user).organizations)

    def withdrawable_by(self, user: Any) -> Self:
        """Asking, while somebody is still looked for."""
        return self.of_own(user).filter(state="asking", project__state="seeking")

    def of_member(self, alliance: Any, organization: Any) -> Self:
        """Offers of one member that still stand in the alliance."""
        return self.filter(project__alliance=alliance, organization=organization, state="asking")

    def chosen_by(self, user: Any) -> Self:
        """In whatever state: over which the user decides; never over one's own organisation's."""
        return self.steered_by(user).exclude(organization__in=rights_of(user).organizations)

    def appointable_by(self, user: Any) -> Self:
        """Asking, of projects for which nobody has been chosen."""
        return self.chosen_by(user).filter(state="asking", project__state="seeking")


class MilestoneQuerySet(OfProjectQuerySet):
    def reportable_by(self, user: Any) -> Self:
        return self.provided_by(user).filter(state="planned", project__state="running")

    def acceptable_by(self, user: Any) -> Self:
        return self.judged_by(user).filter(state="reported", project__state="running")

    def returnable_by(self, user: Any) -> Self:
        """The same: what is reported is accepted or given back."""
        return self.acceptable_by(user)

    def droppable_by(self, user: Any) -> Self:
        return self.steered_by(user).filter(state="planned", project__state="running")

    def concerning(self, user: Any) -> Self:
        """Of projects that an organisation of the user leads or had the idea of."""
        mine = rights_of(user).organizations
        return self.filter(Q(project__alliance__lead__in=mine) | Q(project__item__asked_by__in=mine))

    def payable_by(self, user: Any) -> Self:
        """Accepted ones: the lead keeps the fund."""
        return self.led_by(user).filter(state="accepted", project__state__in=("running", "accepted"))

    def with_paid(self) -> Self:
        """Adds ``paid`` (yuan, from the ledger)."""
        payments: Any = self.model._meta.get_field("payments").related_model
        rows = payments._default_manager.filter(milestone=OuterRef("pk")).with_amounts().order_by()
        paid = Subquery(rows.values("milestone").annotate(n=Sum("amount")).values("n"))
        return self.annotate(paid=Coalesce(paid, NO_MONEY, output_field=MONEY))


class PaymentQuerySet(models.QuerySet):
    def with_amounts(self) -> Self:
        """Adds ``amount``: what went out, above zero; nothing where the line was taken back by a counter entry."""
        back = Coalesce(F("entry__reversed_by__amount"), NO_MONEY, output_field=MONEY)
        return self.annotate(amount=models.ExpressionWrapper(-F("entry__amount") - back, output_field=MONEY))


class VisitQuerySet(OfProjectQuerySet):
    def open(self) -> Self:
        """With something left to follow."""
        return self.filter(answered_on=None).exclude(follow_up="")

    def followable_by(self, user: Any) -> Self:
        """With something left to follow, of projects that the user's organisation carries out."""
        return self.open().provided_by(user)
