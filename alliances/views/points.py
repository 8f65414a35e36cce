"""Pages of points, lines and areas (点线面): what stands where, one line with its stops, and the department's verbs."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView

from alliances.forms.points import LayForm, NameForm, OrderField, StopsForm
from alliances.models import Alliance, Belt, DemonstrationSite
from alliances.querysets.points import standing_on
from alliances.transitions.points import arrange, designate, end_belt, lay, rename, undesignate
from alliances.words import BELT_BUTTONS
from members.buttons import buttons_for
from members.models import Step
from members.pages import DetailPage, Page, ReasonForm, VerbPage
from members.scope import rights_of
from members.states import Refused
from members.words import events_of

SHOWN = 200


class PointListView(Page, TemplateView):
    """点线面: demonstration sites, belts and routes, districts, each in the order of regions."""

    template_name = "points/point_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, today = self.request.user, timezone.localdate()
        sites: Any = standing_on(DemonstrationSite.objects.visible_to(user), today)
        belts: Any = standing_on(Belt.objects.visible_to(user), today)
        belts = list(belts.select_related("region").annotate(stops_now=Count("stops"))[:SHOWN])
        return super().get_context_data(
            sites=list(sites.select_related("alliance__lead", "region")[:SHOWN]),
            lines=[belt for belt in belts if belt.kind != Belt.Kind.DISTRICT],
            areas=[belt for belt in belts if belt.kind == Belt.Kind.DISTRICT],
            may_lay=bool(rights_of(user).departments),
            **kwargs,
        )


class BeltDetailView(DetailPage):
    """One belt: its alliances in order as a line, and what was decided about it. What is hidden is a nameless stop."""

    model = Belt
    context_object_name = "belt"
    template_name = "points/belt_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("region")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, belt = self.request.user, self.object
        seen = set(Alliance.objects.visible_to(user).filter(belt_stops__belt=belt).values_list("pk", flat=True))
        stops = list(belt.stops.select_related("alliance__lead", "alliance__region").order_by("position"))
        return super().get_context_data(
            stops=[(stop, stop.alliance if stop.alliance_id in seen else None) for stop in stops],
            buttons=buttons_for(belt, user, BELT_BUTTONS),
            thing=belt,
            events=events_of(Step.objects.of(belt).with_actors()),
            **kwargs,
        )


class BeltLayView(Page, FormView):
    """A department lays a belt through alliances of its subtree."""

    template_name = "points/belt_new.html"
    form_class = LayForm

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated and not rights_of(request.user).departments:
            raise PermissionDenied(_("发展带由组织部门命名。"))
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            belt = lay(form.cleaned_data.pop("region"), **form.cleaned_data, by=self.request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, refused.message)
            return self.form_invalid(form)
        except ValidationError as invalid:
            form.add_error(None, invalid)
            return self.form_invalid(form)
        return HttpResponseRedirect(belt.get_absolute_url())

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class BeltVerbPage(VerbPage):
    model = Belt
    able, who = "arrangeable_by", "directed_by"
    template_name = "points/belt_verb.html"
    title: Any


class BeltRenameView(BeltVerbPage):
    form_class = NameForm
    title, done = _("改名"), _("已改名。")

    def get_initial(self) -> dict[str, Any]:
        return {"name": self.thing.name}

    def speak(self, form: Any) -> Any:
        return rename(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class BeltArrangeView(BeltVerbPage):
    form_class = StopsForm
    title, done = _("排列站点"), _("站点已重新排列。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        stops = self.thing.stops.select_related("alliance").order_by("position")
        return {"alliances": OrderField.written(stop.alliance for stop in stops)}

    def speak(self, form: Any) -> Any:
        return arrange(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class BeltEndView(BeltVerbPage):
    form_class = ReasonForm
    title, done = _("撤销命名"), _("已撤销命名。")

    def speak(self, form: Any) -> Any:
        return end_belt(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class SiteVerbPage(VerbPage):
    model = Alliance
    who = "directed_by"
    form_class = ReasonForm
    template_name = "alliances/alliance_verb.html"
    title: Any
    button: Any
    explain: Any


class AllianceDesignateView(SiteVerbPage):
    able = "designatable_by"
    title, button, done = _("命名示范点"), _("命名"), _("已命名为示范点。")
    explain = _("从今天起计入示范点；理由写给全体成员看。")

    def speak(self, form: Any) -> Any:
        return designate(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class AllianceUndesignateView(SiteVerbPage):
    able = "undesignatable_by"
    title, button, done = _("撤销示范点"), _("撤销"), _("已撤销示范点。")
    explain = _("从今天起不再计入示范点；以前的统计不变。")

    def speak(self, form: Any) -> Any:
        return undesignate(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())
