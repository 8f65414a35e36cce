"""Pages of one organisation: all that is known of it, and its year on one sheet of paper."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from assessments.merging import heir_of
from assessments.organizations import known_to, year_of, years_of
from members.history import changes_of
from members.models import Organization, PartyMember, Step
from members.mouths import demand
from members.pages import DetailPage
from members.words import events_of, of_a_role


class OrganizationDetailView(DetailPage):
    """One organisation: what it is, whom it belongs to, its alliances, what it asked, took on and brought to an end."""

    model = Organization
    template_name = "organizations/organization_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("region", "place")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A record that was merged leads to the organisation that took it over."""
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            heir = heir_of(request.user, kwargs["pk"])
            if heir is None:
                raise
        messages.info(request, _("该登记已并入这个党组织。"))
        return HttpResponseRedirect(heir.get_absolute_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        one, user, today = Organization.objects.filter(pk=self.object.pk), self.request.user, timezone.localdate()
        described = one.described_to(user).exists()
        people = PartyMember.objects.visible_to(user).as_of(today).filter(organization=self.object)
        steps = Step.objects.of(self.object).with_actors().reverse()[:20]
        return super().get_context_data(
            described=described, editable=one.editable_by(user).exists(),
            contactable=one.contactable_by(user).exists(), handable=one.handed_over_by(user).exists(),
            people_count=people.count(),
            heads=self.object.roles.as_of(today).filter(role="branch").select_related("user") if described else (),
            former=self.object.former.order_by("pk") if described else (),
            changes=changes_of(self.object) if described else (),
            events=events_of(steps, of_a_role) if described else (),
            **known_to(user, self.object),
            **kwargs,
        )  # fmt: skip


class OrganizationYearView(DetailPage):
    """本支部这一年: one printable sheet, for the organisation itself and those above it."""

    model = Organization
    template_name = "organizations/organization_year.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("region")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        demand(self.object, self.request.user, "described_to")
        today = timezone.localdate()
        years = years_of(self.object, today)
        year = self.request.GET.get("year", str(today.year))
        if year not in map(str, years):
            raise Http404
        told = year_of(self.object, int(year), today, self.request.user)
        return super().get_context_data(year=int(year), years=years, **told, **kwargs)
