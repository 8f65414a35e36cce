"""Pages of coverage (双报到覆盖): region by region for staff, and by name the organs and members still missing."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from alliances.coverage import Coverage, coverage, members_unregistered, organs_unlinked, total
from alliances.measures import Period
from alliances.views.dual import tabs_for
from members.charts import count, share
from members.models import Organization, PartyMember, Region
from members.models.region import ancestors
from members.pages import ListPage, Page
from members.scope import rights_of


def governed_region(request: HttpRequest) -> Region:
    """The region asked for, among those that the user governs; the first of one's own where none is named."""
    rights = rights_of(request.user)
    if not rights.codes:
        raise PermissionDenied(_("覆盖情况由组织部门和乡镇街道查看。"))
    code = request.GET.get("region") or min(rights.codes, key=len)
    known = code.isascii() and code.isdigit() and rights.governs(code)
    region = Region.objects.filter(code=code).first() if known else None
    if region is None:
        raise Http404
    return region


COUNTED = ("linked", "organs", "without_link", "registered", "members", "without_registration")
HEADS = (_("结对机关"), _("结对率"), _("报到党员"), _("报到率"))


def cells_of(row: Coverage) -> list[tuple[str, str]]:
    """The row in words, each beside its head: some of all, and the share."""
    linked = share(row.linked / row.organs) if row.organs and row.linked is not None else "—"
    registered = share(row.registered / row.members) if row.members and row.registered is not None else "—"
    some = [f"{count(row.linked)} / {count(row.organs)}", f"{count(row.registered)} / {count(row.members)}"]
    return list(zip(map(str, HEADS), [some[0], linked, some[1], registered], strict=True))


class CoverageView(Page, TemplateView):
    """The level beneath a region in code order: linked of all organs, registered of all members in service."""

    template_name = "registrations/coverage.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        region, today = governed_region(self.request), timezone.localdate()
        below = list(Region.objects.children_of(region.code).order_by("code").values_list("code", "name"))
        own = _("%(name)s本级") % {"name": region.name} if below else region.name
        rows = coverage([*below, (region.code, str(own))], region.code, today)
        rows = [row for row in rows if row.organs or row.members]
        whole, rights = total(rows, region.code, region.name), rights_of(self.request.user)
        above = [code for code in ancestors(region.code) if rights.governs(code)]
        names = Region.objects.filter(code__in=above).order_by("code").values_list("code", "name")
        return super().get_context_data(
            tabs=tabs_for(self.request.user, "coverage"), region=region, path=names,
            counted={name: count(getattr(whole, name)) for name in COUNTED}, heads=HEADS,
            lines=[(row, cells_of(row)) for row in rows], whole=whole, sums=cells_of(whole),
            deeper={code for code, _name in below}, **kwargs,
        )  # fmt: skip


class UncoveredPage(ListPage):
    """Names that stand on no link or registration today, in a governed region."""

    template_name = "registrations/uncovered.html"
    title: Any
    missing: Any

    def get_queryset(self) -> QuerySet:
        self.region, today = governed_region(self.request), timezone.localdate()
        missing = type(self).missing(Period(today, today))
        return missing.governed_by(self.request.user).within(self.region.code)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tabs = tabs_for(self.request.user, "coverage")
        context = super().get_context_data(tabs=tabs, title=self.title, **kwargs)
        back = f"{reverse('registrations:coverage')}?region={self.region.code}"
        return context | {"region": self.region, "back": back}


class UncoveredOrgansView(UncoveredPage):
    """Organs linked to no community today."""

    model = Organization
    ordering = ("code",)
    title, missing = _("尚未结对的机关"), organs_unlinked

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("region")


class UncoveredMembersView(UncoveredPage):
    """Members in service registered with no community today."""

    model = PartyMember
    ordering = ("organization_id", "id")
    title, missing = _("尚未报到的在职党员"), members_unregistered

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("organization__region")
