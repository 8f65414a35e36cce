"""Pages of proposals: what the review suggests and why; to confirm or to overrule."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments.decisions import decide
from assessments.filters import ProposalFilter
from assessments.forms import ConfirmForm, ConfirmRectifyForm, ConfirmRewardForm
from assessments.models import Proposal
from assessments.transitions import pending_on
from assessments.words import ICONS, TONES, events_of, evidence_of
from members.buttons import Button, buttons_for
from members.models import Step
from members.pages import DetailPage, ListPage, ReasonForm, VerbPage

BUTTONS = (
    Button(_("采纳"), "proposals:confirm", "confirmable_by", "circle-check", primary=True),
    Button(_("不采纳"), "proposals:overrule", "overrulable_by", "undo-2"),
)
CONFIRM_FORMS = {"rectify": ConfirmRectifyForm, "reward": ConfirmRewardForm}


class ProposalListView(ListPage):
    model = Proposal
    filterset_class = ProposalFilter
    template_name = "proposals/proposal_list.html"
    ordering = ("region_id", "id")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance", "region", "run")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(tones=TONES, icons=ICONS, **kwargs)


class ProposalDetailView(DetailPage):
    model = Proposal
    template_name = "proposals/proposal_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance__lead", "alliance__supervising", "region", "run")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        proposal, user = self.object, self.request.user
        others = Proposal.objects.visible_to(user).filter(alliance=proposal.alliance_id).exclude(pk=proposal.pk)
        return super().get_context_data(
            rules=evidence_of(proposal),
            tone=TONES[proposal.kind],
            icon=ICONS[proposal.kind],
            buttons=buttons_for(proposal, user, BUTTONS),
            approval=pending_on(proposal).visible_to(user).first(),
            events=events_of(Step.objects.of(proposal).select_related("by", "client")),
            others=others.select_related("run").order_by("-run__as_of", "kind"),
            **kwargs,
        )


class DecisionView(VerbPage):
    """The first person's word; it waits for the second."""

    model = Proposal
    template_name = "assessments/verb.html"
    done = _("已提出，等待另一位同志复核。")
    verb: str

    def speak(self, form: forms.Form) -> Any:
        said = {name: str(value) for name, value in form.cleaned_data.items() if name != "reason" and value}
        return decide(
            self.thing, self.verb, by=self.request.user, at=timezone.now(),  # type: ignore[arg-type]
            reason=form.cleaned_data["reason"], arguments=said,
        )  # fmt: skip

    def get_success_url(self) -> str:
        return reverse("proposals:detail", args=[self.thing.pk])


class ProposalConfirmView(DecisionView):
    able, who, verb = "confirmable_by", "directed_by", "proposals.confirm"
    button, icon = _("提出采纳"), "circle-check"

    def get_form_class(self) -> type[forms.Form]:
        return CONFIRM_FORMS.get(self.thing.kind, ConfirmForm)

    @property
    def title(self) -> str:
        return _("采纳建议：%(kind)s") % {"kind": self.thing.get_kind_display()}


class ProposalOverruleView(DecisionView):
    able, who, verb = "overrulable_by", "directed_by", "proposals.overrule"
    form_class = ReasonForm
    title, button, icon = _("不采纳建议"), _("提出不采纳"), "undo-2"
