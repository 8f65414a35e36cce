"""The way of a founding: draw up, submit, approve or return; or start by agreement."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, TemplateView

from alliances import choices
from alliances.forms.alliance import DocumentForm, FoundForm, RemarkForm
from alliances.models import Alliance, RuleSet
from alliances.transitions import activate, approve, found, return_, submit, withdraw
from members.models import Organization, Step
from members.mouths import demand, fetch
from members.pages import Page, ReasonForm, VerbPage

STEPS = (_("选择牵头党组织"), _("填写组建申请"), _("邀请成员"), _("提交审批"))
FOUND_AT_ONCE = 30
QUEUE = 50


class AllianceFoundLeadView(Page, TemplateView):
    """Step 1: in the name of which organisation. Who speaks for exactly one goes straight on."""

    template_name = "alliances/alliance_found_lead.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        leads = choices.leads_for(request.user)
        first = list(leads.order_by("region_id", "code")[:2])
        if not first:
            raise PermissionDenied(_("组建联合体由牵头党组织或上级党组织申请。"))
        if len(first) == 1:
            return HttpResponseRedirect(reverse("alliances:found", args=[first[0].pk]) + within(request))
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        text = self.request.GET.get("q", "").replace("\0", "").strip()[:80]
        leads = choices.leads_for(self.request.user).select_related("region").order_by("region_id", "code")
        found = leads.matching(text) if text else leads
        return super().get_context_data(
            q=text, leads=found[:FOUND_AT_ONCE], more=found.count() > FOUND_AT_ONCE, steps=STEPS,
            within=within(self.request), parent=self.request.GET.get("parent", ""), **kwargs,
        )  # fmt: skip


class AllianceNestView(Page):
    """Found an alliance within this one: the same way, with the parent chosen."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        outer = fetch(Alliance.objects.visible_to(request.user), pk)
        demand(outer, request.user, "nestable_by")
        return HttpResponseRedirect(f"{reverse('alliances:new')}?parent={outer.pk}")


class AllianceFoundView(Page, FormView):
    """Step 2: the application in the name of one lead."""

    form_class = FoundForm
    template_name = "alliances/alliance_found.html"
    lead: Organization

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            self.lead = fetch(choices.leads_for(request.user), kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "lead": self.lead}

    def get_initial(self) -> dict[str, Any]:
        return {"parent": self.request.GET.get("parent") or None}

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            alliance = found(**form.cleaned_data, lead=self.lead, by=self.request.user, at=timezone.now())
        except ValidationError as wrong:
            form.add_error(None, wrong)
            return self.form_invalid(form)
        return HttpResponseRedirect(reverse("alliances:invite", args=[alliance.pk]))

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rules = RuleSet.objects.for_region(self.lead.region_id)
        return super().get_context_data(lead=self.lead, steps=STEPS, rules=rules, **kwargs)


class AllianceVerbView(VerbPage):
    """A verb with a form of a few words: what it is called, what it means, how grave it is."""

    model = Alliance
    who: str | None = "steered_by"
    template_name = "alliances/alliance_verb.html"
    title: Any
    button: Any
    explain: Any = ""
    danger = False


class AllianceSubmitView(AllianceVerbView):
    able = "submittable_by"
    title, button, done = _("提交审批"), _("提交审批"), _("已提交上级党组织审批。")
    explain = _("提交后由上级党组织审批。批准之前，牵头党组织和至少一个成员党组织须已接受邀请。")

    def speak(self, form: forms.Form) -> Any:
        return submit(self.thing, by=self.request.user, at=timezone.now())


class AllianceActivateView(AllianceVerbView):
    able = "activatable_by"
    title, button, done = _("启动运行"), _("启动运行"), _("联合体已启动运行。")
    explain = _("不需要审批。召集共议的，牵头和至少一个成员接受邀请后即可启动；签订共建协议的，还须都签署了协议。")

    def speak(self, form: forms.Form) -> Any:
        return activate(self.thing, by=self.request.user, at=timezone.now())


class AllianceWithdrawView(AllianceVerbView):
    able, form_class = "withdrawable_by", RemarkForm
    title, button, done, danger = _("撤回申请"), _("撤回申请"), _("申请已撤回。"), True
    explain = _("撤回后这份申请不再办理，已发出的邀请一并取消。")

    def speak(self, form: forms.Form) -> Any:
        return withdraw(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class FoundingListView(Page, TemplateView):
    """The queue of foundings on which the user may decide; opens the oldest."""

    template_name = "alliances/founding_list.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        first = queue_of(request.user).first()
        if first is not None:
            return HttpResponseRedirect(reverse("alliances:approve", args=[first.pk]))
        return super().get(request, *args, **kwargs)


class FoundingView(VerbPage):
    """The desk: the queue on the left, the application with its evidence on the right, approve or return."""

    model = Alliance
    able, who = "approvable_by", "supervised_by"
    template_name = "alliances/founding_decide.html"

    def get_queryset(self) -> QuerySet:
        related = ("lead", "region", "supervising", "applied_by")
        things: Any = super().get_queryset()
        return things.with_counts().select_related(*related)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        queue = list(queue_of(self.request.user)[:QUEUE])
        ids = [alliance.pk for alliance in queue]
        here = ids.index(self.thing.pk) if self.thing.pk in ids else -1
        forms_ = {"approve_form": DocumentForm(), "return_form": ReasonForm()}
        return forms_ | super().get_context_data(
            queue=queue,
            previous=queue[here - 1] if here > 0 else None,
            following=queue[here + 1] if 0 <= here < len(queue) - 1 else None,
            memberships=self.thing.memberships.visible_to(self.request.user).select_related("organization__region"),
            chains=self.thing.chains.all(),
            parent=Alliance.objects.visible_to(self.request.user).around(self.thing).first(),
            submitted=Step.objects.of(self.thing).filter(verb="submit").select_related("by").last(),
            **kwargs,
        )

    def get_success_url(self) -> str:
        return reverse("alliances:foundings")


class FoundingApproveView(FoundingView):
    form_class, done = DocumentForm, _("已批准成立。")

    def speak(self, form: forms.Form) -> Any:
        return approve(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"approve_form": context["form"]}


class FoundingReturnView(FoundingView):
    form_class, done = ReasonForm, _("已退回申请。")

    def speak(self, form: forms.Form) -> Any:
        return return_(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"return_form": context["form"]}


def within(request: HttpRequest) -> str:
    """The parent chosen before, carried on to the next step."""
    parent = request.GET.get("parent", "")
    return f"?parent={parent}" if parent.isascii() and parent.isdigit() else ""


def queue_of(user: Any) -> QuerySet[Alliance]:
    """The applications on which the user may decide, oldest first."""
    return Alliance.objects.approvable_by(user).select_related("lead").order_by("pk")
