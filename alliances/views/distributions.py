"""Pages of benefit distribution: schemes, what was divided, the paper, and the verbs of both sides."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from alliances import choices
from alliances.forms.alliance import RemarkForm
from alliances.forms.means import (
    PARTIES_AT_MOST,
    PARTIES_FIRST,
    DistributeForm,
    SchemeForm,
    SecondForm,
    SecondReasonForm,
)
from alliances.models import Alliance, Distribution, DistributionScheme
from alliances.transitions.distribution import (
    agree_reversal,
    ask_reversal,
    cancel_distribution,
    confirm_distribution,
    distribute,
    draw_up_scheme,
    keep,
    retire_scheme,
    settle,
)
from alliances.views.means import MeansPage, MeansVerbView, OfAllianceFormMixin
from alliances.views.tabs import tabs_of
from alliances.words import DISTRIBUTION_BUTTONS, DIVIDED_BUTTONS
from members.buttons import buttons_for
from members.models import Step
from members.pages import DetailPage, ReasonForm
from members.words import events_of

SHOWN = 100


class AllianceDistributionsView(MeansPage):
    """利益分配: the schemes in use and before, and what was divided by them."""

    section, buttons = "distributions", DISTRIBUTION_BUTTONS
    template_name = "means/distributions.html"

    def section_data(self) -> dict[str, Any]:
        mine = DistributionScheme.objects.distributable_by(self.request.user).filter(alliance=self.object)
        return {
            "schemes": self.of(DistributionScheme).prefetch_related("shares").order_by("-until", "pk"),
            "distributions": self.of(Distribution).select_related("scheme")[:SHOWN],
            "distributable": set(mine.values_list("pk", flat=True)),
        }


class DistributionDetailView(DetailPage):
    """One distribution: what each party gets, puts in reserve and takes home; who agreed."""

    model = Distribution
    context_object_name = "distribution"
    template_name = "distributions/distribution_detail.html"

    def get_queryset(self) -> QuerySet:
        found = super().get_queryset().select_related("alliance__lead", "scheme", "drawn_up_by", "confirmed_by")
        return found.select_related("confirmed_for", "reversal_asked_by").prefetch_related("lines")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lines = list(self.object.lines.all())
        return super().get_context_data(
            thing=self.object,
            tabs=tabs_of(self.object.alliance, "means"),
            lines=lines,
            reserve=sum(line.reserve for line in lines),
            in_hand=sum(line.in_hand for line in lines),
            buttons=buttons_for(self.object, self.request.user, DIVIDED_BUTTONS),
            events=events_of(Step.objects.of(self.object).with_actors()),
            **kwargs,
        )


class DistributionPaperView(DistributionDetailView):
    """The same as a paper to sign and to post up."""

    template_name = "distributions/distribution_paper.html"


class AllianceDrawUpSchemeView(MeansVerbView):
    model = Alliance
    able, who, section = "providable_by", "led_by", "distributions"
    form_class = SchemeForm
    template_name = "means/scheme_new.html"
    title, button, done = _("制定分配方案"), _("启用这个方案"), _("方案已启用。")

    def get_form_kwargs(self) -> dict[str, Any]:
        sent = self.request.POST.get("rows", "")
        known = sent.isascii() and sent.isdigit() and len(sent) < 3
        rows = min(max(int(sent) if known else 0, PARTIES_FIRST), PARTIES_AT_MOST)
        return super().get_form_kwargs() | {"rows": rows}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """再加一行: the page again, one row longer, with what was typed; nothing is drawn up yet."""
        if "more" not in request.POST:
            return super().post(request, *args, **kwargs)
        shown = self.get_form()
        longer = SchemeForm(initial=request.POST.dict(), rows=min(len(shown.rows) + 1, PARTIES_AT_MOST))
        return self.render_to_response(self.get_context_data(form=longer))

    def speak(self, form: forms.Form) -> Any:
        return draw_up_scheme(self.thing, **form.cleaned_data, **self.now())


class SchemeRetireView(MeansVerbView):
    model: Any = DistributionScheme
    able, who, section = "retirable_by", "kept_by", "distributions"
    form_class = RemarkForm
    title, button, done = _("停用分配方案"), _("停用"), _("已停用，以前的分配保留。")

    def speak(self, form: forms.Form) -> Any:
        return retire_scheme(self.thing, **form.cleaned_data, **self.now())


class SchemeDistributeView(MeansVerbView):
    model: Any = DistributionScheme
    able, who, section = "distributable_by", "kept_by", "distributions"
    form_class, dates = DistributeForm, ("on",)
    title, button = _("拟定分配"), _("计算并提交确认")
    done = _("已算好，等待牵头以外的成员确认。")

    @property
    def explain(self) -> str:  # type: ignore[override]
        return "；".join(f"{share.party} {share.percent.normalize():f}%" for share in self.thing.shares.all())

    def speak(self, form: forms.Form) -> Any:
        return distribute(self.thing, **form.cleaned_data, **self.now())

    def get_success_url(self) -> str:
        made = getattr(self, "result", None)
        return str(made.get_absolute_url()) if made else super().get_success_url()


class DistributionVerbView(MeansVerbView):
    """A verb on one distribution."""

    model: Any = Distribution
    section = "distributions"

    def get_success_url(self) -> str:
        return str(self.thing.get_absolute_url())


class SecondVerbView(OfAllianceFormMixin, DistributionVerbView):
    """A verb of a member other than the lead."""

    who, form_class = "agreed_by", SecondForm

    def get_initial(self) -> dict[str, Any]:
        mine = choices.second_members(self.request.user, self.alliance).values_list("pk", flat=True)
        return {"organization": mine[0]} if mine else {}


class DistributionConfirmView(SecondVerbView):
    able = "confirmable_by"
    title, button, done = _("确认分配"), _("确认无误"), _("已确认，等待牵头结算。")
    explain = _("请核对总额、比例和各方所得。由牵头以外的成员、另一位同志确认后，牵头才能结算。")

    def speak(self, form: forms.Form) -> Any:
        return confirm_distribution(self.thing, **form.cleaned_data, **self.now())


class DistributionSettleView(DistributionVerbView):
    able, who = "settlable_by", "kept_by"
    title, button, done = _("结算"), _("结算"), _("已结算，风险准备金已入账。")
    explain = _("结算后不能修改；有误只能申请撤回，由另一个成员同意。")

    def speak(self, form: forms.Form) -> Any:
        return settle(self.thing, **self.now())


class DistributionCancelView(DistributionVerbView):
    able, who, form_class = "cancellable_by", "kept_by", ReasonForm
    title, button, done, danger = _("作废"), _("作废"), _("已作废。"), True

    def speak(self, form: forms.Form) -> Any:
        return cancel_distribution(self.thing, **form.cleaned_data, **self.now())


class DistributionAskReversalView(DistributionVerbView):
    able, who, form_class = "reversible_by", "kept_by", ReasonForm
    title, button, done, danger = _("申请撤回"), _("申请撤回"), _("已申请，等待牵头以外的成员同意。"), True

    def speak(self, form: forms.Form) -> Any:
        return ask_reversal(self.thing, **form.cleaned_data, **self.now())


class DistributionAgreeReversalView(SecondVerbView):
    able = "reversal_decidable_by"
    title, button, done = _("同意撤回"), _("同意撤回"), _("已撤回，准备金已冲销。")

    @property
    def explain(self) -> str:  # type: ignore[override]
        return str(_("撤回理由：%(reason)s")) % {"reason": self.thing.reversal_reason}

    def speak(self, form: forms.Form) -> Any:
        return agree_reversal(self.thing, **form.cleaned_data, **self.now())


class DistributionKeepView(SecondVerbView):
    able, form_class = "reversal_decidable_by", SecondReasonForm
    title, button, done = _("不同意撤回"), _("不同意撤回"), _("已告知牵头，分配保持有效。")

    def speak(self, form: forms.Form) -> Any:
        return keep(self.thing, **form.cleaned_data, **self.now())
