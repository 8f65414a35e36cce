"""Pages of whistles, made for a phone: what is blown in the user's scope, one whistle, and a page for each verb of the
caller and its head."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.contenttypes.models import ContentType
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.models import Alliance
from alliances.views.tabs import Tab as Link
from listings.departments import alliances_for
from listings.filters.whistle import WhistleFilter
from listings.forms.fields import ReasonForm
from listings.forms.item import OpenForm
from listings.forms.whistle import BlowAnewForm, BlowForm, CallInForm, EvaluateForm
from listings.models import Call, Item, Whistle
from listings.transitions import whistle as verbs
from listings.views.item import Tab
from listings.words.whistle import CALL_BUTTONS, WHISTLE_BUTTONS, stages_of
from members.buttons import buttons_for
from members.idempotency import OncePage
from members.models import Step
from members.pages import DetailPage, ListPage, VerbPage
from members.words import events_of


def with_calls(whistles: QuerySet) -> QuerySet:
    """With the names that a row shows: the item, the alliance, the caller, the called."""
    return whistles.select_related("item", "alliance", "caller").prefetch_related("calls__organization")


def ways(current: str) -> list[Link]:
    """The two lists that one entry of the side bar leads to."""
    names = (("whistles:list", _("吹哨报到")), ("cases:list", _("联动办案")))
    return [Link(label, reverse(name), current=name == current) for name, label in names]


class WhistleListView(ListPage):
    """吹哨报到: those to which the user is called first, then all in the user's scope, newest first."""

    model = Whistle
    filterset_class = WhistleFilter
    ordering = ("-asked_at", "-id")
    template_name = "whistles/whistle_list.html"

    def get_queryset(self) -> QuerySet:
        return with_calls(super().get_queryset())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_blow = alliances_for(self.request.user).exists()
        return super().get_context_data(
            tabs=self.tabs(), may_blow=may_blow, ways=ways("whistles:list"), **kwargs
        )

    def tabs(self) -> list[Tab]:
        """The saved views with their counts."""
        chosen = self.request.GET.get("view", "")
        seen = Whistle.objects.visible_to(self.request.user)
        names = dict(WhistleFilter.VIEWS)
        rest = [
            Tab(label, f"?view={name}", WhistleFilter.in_view(seen, name, self.request.user).count(), chosen == name)
            for name, label in WhistleFilter.VIEWS
        ]
        return [Tab(_("全部"), "?", seen.count(), chosen not in names), *rest]


class WhistleDetailView(DetailPage):
    """One whistle: why, who was called, how each of them answered, and when."""

    model = Whistle
    template_name = "whistles/whistle_detail.html"

    def get_queryset(self) -> QuerySet:
        related = ("item__asked_by", "alliance__region", "caller", "asked_by", "decided_by")
        return Whistle.objects.visible_to(self.request.user).select_related(*related)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        calls = list(self.object.calls.select_related("organization"))
        steps = list(steps_of(self.object, calls))
        user = self.request.user
        own = list(Call.objects.own_of(user).filter(whistle=self.object).select_related("organization"))
        return super().get_context_data(
            calls=calls,
            stages=stages_of(self.object, steps, calls),
            events=events_of(steps),
            buttons=buttons_for(self.object, user, WHISTLE_BUTTONS),
            own_calls=[(call, buttons_for(call, user, CALL_BUTTONS)) for call in own],
            sees_item=Item.objects.visible_to(user).filter(pk=self.object.item_id).exists(),
            waits_for_asker=self.object.state == Whistle.State.EVALUATED and self.object.item.state == Item.State.DONE,
            **kwargs,
        )


def steps_of(whistle: Whistle, calls: list[Call]) -> QuerySet[Step]:
    """The deeds on the whistle and on its calls."""
    kinds = ContentType.objects.get_for_models(Whistle, Call)
    own = Q(thing_type=kinds[Whistle], thing_id=whistle.pk)
    theirs = Q(thing_type=kinds[Call], thing_id__in=[call.pk for call in calls])
    return Step.objects.filter(own | theirs).with_actors().order_by("at", "pk")


class WhistleWhereView(ListPage):
    """For which alliance to blow; straight on where there is one."""

    model = Alliance
    template_name = "whistles/whistle_where.html"
    ordering = ("name", "id")

    def get_queryset(self) -> QuerySet:
        return alliances_for(self.request.user)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        only = list(self.get_queryset()[:2])
        if len(only) == 1:
            return HttpResponseRedirect(reverse("whistles:new", args=[only[0].pk]))
        return super().get(request, *args, **kwargs)


class BlowView(VerbPage):
    """Blow for an item that stands on a list already."""

    model: type = Item
    able = "whistleable_by"
    who: str | None = "whistled_for_by"
    form_class: type[forms.Form] = BlowForm
    template_name = "whistles/whistle_blow.html"
    done = _("已提出吹哨，等待负责同志批准。")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance")

    def get_form_kwargs(self) -> dict[str, Any]:
        alliance = self.thing if isinstance(self.thing, Alliance) else self.thing.alliance
        return super().get_form_kwargs() | {"user": self.request.user, "alliance": alliance}

    def speak(self, form: forms.Form) -> Any:
        words = dict(form.cleaned_data)
        verb: Any = verbs.blow if isinstance(self.thing, Item) else verbs.blow_anew
        return verb(self.thing, words.pop("caller"), **words, by=self.request.user, at=timezone.now())

    def get_success_url(self) -> str:
        return str(self.result.get_absolute_url()) if hasattr(self, "result") else super().get_success_url()


class BlowAnewView(OncePage, BlowView):
    """Write the problem down and blow for it in one step."""

    model = Alliance
    able, who = "calling_by", None
    form_class = BlowAnewForm

    def get_queryset(self) -> QuerySet:
        return Alliance.objects.visible_to(self.request.user)


class WhistleVerbView(VerbPage):
    """A verb on a whistle. ``title``, ``explain`` and ``button`` are what the page says."""

    model = Whistle
    who: str | None = "blown_by"
    template_name = "whistles/whistle_verb.html"
    title: Any
    explain: Any = ""
    button: Any
    danger = False

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("item", "alliance", "caller")

    def speak(self, form: forms.Form) -> Any:
        return type(self).verb(self.thing, by=self.request.user, at=timezone.now(), **form.cleaned_data)  # type: ignore[attr-defined]


class WhistleApproveView(WhistleVerbView):
    able, who, form_class, verb = "approvable_by", "headed_by", OpenForm, staticmethod(verbs.approve)
    title, button, done = _("批准吹哨"), _("批准，吹响"), _("已批准，被呼叫的部门会收到通知。")
    explain = _("批准后部门才会收到；提出吹哨的同志自己不能批准。")


class WhistleTurnDownView(WhistleVerbView):
    able, who, form_class, verb = "approvable_by", "headed_by", ReasonForm, staticmethod(verbs.turn_down)
    title, button, done = _("不批准这次吹哨"), _("不批准"), _("已退回吹哨单位。")


class WhistleCallInView(WhistleVerbView):
    able, form_class, verb = "extendable_by", CallInForm, staticmethod(verbs.call_in)
    title, button, done = _("加叫部门"), _("呼叫"), _("已呼叫。")
    explain = _("牵头部门已说明不由其承担的，新叫的部门牵头。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"whistle": self.thing}


class WhistleEvaluateView(WhistleVerbView):
    able, form_class = "evaluable_by", EvaluateForm
    title, button = _("评价这次吹哨"), _("提交评价")
    explain = _("逐个部门评价，再评价总的结果。评价后这次吹哨结束；事项仍由提出单位确认。")

    @property
    def done(self) -> Any:  # type: ignore[override]
        if self.result.solved:
            return _("已评价。事项待提出单位确认。")
        return _("已评价。事项未解决，可以继续认领或再次吹哨。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"whistle": self.thing}

    def speak(self, form: Any) -> Any:
        said = {name: form.cleaned_data[name] for name in ("solved", "satisfied", "remark")}
        return verbs.evaluate(
            self.thing, **said, departments=form.departments, by=self.request.user, at=timezone.now()
        )


class WhistleCallOffView(WhistleVerbView):
    able, form_class, verb, danger = "cancellable_by", ReasonForm, staticmethod(verbs.call_off), True
    title, button, done = _("撤销吹哨"), _("撤销"), _("已撤销。")
    explain = _("已经吹响的仍计入响应率和解决率。")
