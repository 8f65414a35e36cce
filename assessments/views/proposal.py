"""Pages of proposals: what the review suggests and why; to confirm or to overrule."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.models import Alliance
from alliances.views.standing import arguments_of
from assessments.decisions import decide, obstacle
from assessments.filters import LiveProposalFilter
from assessments.forms.review import CONFIRM_FORMS
from assessments.models import Letter, Proposal
from assessments.transitions import pending_on
from assessments.words import ICONS, TONES, found_of
from listings import fates
from members.buttons import Button, buttons_for
from members.models import Step
from members.mouths import fetch
from members.pages import DetailPage, ListPage, ReasonForm, VerbPage
from members.scope import rights_of
from members.words import events_of

BUTTONS = (
    Button(_("采纳"), "proposals:confirm", "confirmable_by", "circle-check", primary=True),
    Button(_("不采纳"), "proposals:overrule", "overrulable_by", "undo-2"),
)
FOLLOWS = {
    "rectify": _("另一位同志复核同意后，当天下达整顿，联合体和成员单位收到通知书，可以申诉。"),
    "reward": _("另一位同志复核同意后，当天给予倾斜，联合体收到通知书；资金记入台账。"),
    "observe": _("另一位同志复核同意后，发出重点关注通知书；联合体照常运行。"),
    "merge": _("另一位同志复核同意后，当天并入所选的联合体。"),
    "dissolve": _("另一位同志复核同意后，当天撤销。"),
}
"""What follows a confirmation, a kind each."""

SHOWN = 30


class ProposalListView(ListPage):
    model = Proposal
    filterset_class = LiveProposalFilter
    template_name = "proposals/proposal_list.html"
    ordering = ("region_id", "id")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance", "region", "run")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        choosable = bool(rights_of(self.request.user).departments)
        return super().get_context_data(tones=TONES, icons=ICONS, choosable=choosable, **kwargs)


class ProposalDetailView(DetailPage):
    model = Proposal
    template_name = "proposals/proposal_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance__lead", "alliance__supervising", "region", "run")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        proposal, user = self.object, self.request.user
        of_alliance = Proposal.objects.visible_to(user).filter(alliance=proposal.alliance_id).select_related("run")
        newer, buttons = proposal.run.newer, buttons_for(proposal, user, BUTTONS)
        hindered = obstacle(proposal) if buttons else ""
        return super().get_context_data(
            rules=found_of(proposal),
            tone=TONES[proposal.kind],
            icon=ICONS[proposal.kind],
            hindered=hindered,
            buttons=[one for one in buttons if not (hindered and one.able == "confirmable_by")],
            approval=pending_on(proposal).visible_to(user).first(),
            events=events_of(Step.objects.of(proposal).with_actors()),
            letter=Letter.objects.visible_to(user).filter(proposal=proposal).first(),
            newer=newer,
            instead=of_alliance.filter(run=newer).order_by("kind") if newer else (),
            others=of_alliance.exclude(pk=proposal.pk).order_by("-run__as_of", "kind"),
            **kwargs,
        )


class DecisionView(VerbPage):
    """The first person's word; it waits for the second."""

    model = Proposal
    template_name = "assessments/verb.html"
    done = _("已提出，等待另一位同志复核。")
    verb: str

    def speak(self, form: forms.Form) -> Any:
        return decide(
            self.thing, self.verb, by=self.request.user, at=timezone.now(),  # type: ignore[arg-type]
            reason=form.cleaned_data["reason"], arguments=self.arguments(form),
        )  # fmt: skip

    def arguments(self, form: forms.Form) -> dict[str, Any]:
        """What is said beside the reason, as an approval keeps it; an alliance by its id."""
        said = arguments_of(form.cleaned_data)
        return said | ({"into": said["into"].pk} if "into" in said else {})

    def get_success_url(self) -> str:
        return reverse("proposals:detail", args=[self.thing.pk])


class ProposalConfirmView(DecisionView):
    """What happens once another person agrees; of a merger first into which alliance."""

    able, who, verb = "confirmable_by", "directed_by", "proposals.confirm"
    template_name = "proposals/proposal_confirm.html"
    button, icon = _("提出采纳"), "circle-check"

    @property
    def explain(self) -> str:
        return str(FOLLOWS[self.thing.kind])

    def get_form_class(self) -> type[forms.Form]:
        return CONFIRM_FORMS.get(self.thing.kind, ReasonForm)

    def get_form_kwargs(self) -> dict[str, Any]:
        merging = {"alliance": self.thing.alliance, "user": self.request.user}
        return super().get_form_kwargs() | (merging if self.thing.kind == Proposal.Kind.MERGE else {})

    def get_initial(self) -> dict[str, Any]:
        return {"into": self.request.GET.get("into", "")}

    @property
    def title(self) -> str:
        return _("采纳建议：%(kind)s") % {"kind": self.thing.get_kind_display()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        alliance, context = self.thing.alliance, super().get_context_data(**kwargs)
        if self.thing.kind == Proposal.Kind.DISSOLVE:
            return context | {"fates": fates.of_dissolving(alliance)}
        return context | (self.merging(alliance) if self.thing.kind == Proposal.Kind.MERGE else {})

    def merging(self, alliance: Alliance) -> dict[str, Any]:
        """The chosen other side with what becomes of what is open; before, those that may be chosen."""
        others = Alliance.objects.absorbing(alliance, self.request.user)
        chosen = self.request.POST.get("into") or self.request.GET.get("into")
        if chosen:
            other = fetch(others, chosen)
            return {"other": other, "fates": fates.of_merging(alliance, other)}
        text = self.request.GET.get("q", "").replace("\0", "").strip()[:80]
        found = others.filter(name__contains=text) if text else others.within(alliance.region_id[:6])
        shown = found.select_related("region").order_by("region_id", "pk")[:SHOWN]
        return {"others": shown, "q": text, "choosing": True}


class ProposalOverruleView(DecisionView):
    able, who, verb = "overrulable_by", "directed_by", "proposals.overrule"
    form_class = ReasonForm
    title, button, icon = _("不采纳建议"), _("提出不采纳"), "undo-2"
    explain = _("另一位同志复核同意后不作任何处置，联合体的历次状态里注明“研判后不作处理”。")
