"""Pages of a region's supplement to the scheme above it: begin it, edit it, let it take effect."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assessments import differences, transitions
from assessments.forms.scheme import ShareForm, SupplementNewForm
from assessments.models import Scheme, Supplement
from assessments.transitions import pending_on
from assessments.views.sheet import SheetEditView, buttons_beside, indicators_of
from members.buttons import Button
from members.models import Step
from members.pages import DetailPage, ReasonForm, SecondPersonPage, VerbPage
from members.scope import rights_of
from members.words import events_of

BUTTONS = (
    Button(_("提出生效"), "assessments:adopt", "adoptable_by", "circle-check", primary=True),
    Button(_("修改补充指标"), "assessments:supplement_edit", "editable_by", "pencil", sheet=False),
)


class SupplementNewView(VerbPage):
    """Begin the supplement of one's region to a scheme that is still being drawn up."""

    model = Scheme
    able, who = "supplementable_by", "reaching"
    form_class = SupplementNewForm
    template_name = "assessments/verb.html"
    done = _("已建草稿，请填写指标。")
    title, button, icon = _("提出补充指标"), _("建草稿"), "plus"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "scheme": self.thing}

    def get_initial(self) -> dict[str, Any]:
        return {"share": self.thing.supplement_share}

    def speak(self, form: forms.Form) -> Any:
        return transitions.draw_up_supplement(self.thing, by=self.request.user, at=timezone.now(), **form.cleaned_data)

    def get_success_url(self) -> str:
        made = getattr(self, "result", self.thing)
        return str(made.get_absolute_url())


class SupplementDetailView(DetailPage):
    """What the region adds, what is new in it, and what it leaves of the scheme."""

    model = Supplement
    template_name = "assessments/supplement_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("region", "scheme")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        supplement, user = self.object, self.request.user
        sketched = supplement.state == Supplement.State.DRAFT
        approval = pending_on(supplement).visible_to(user).first()
        return super().get_context_data(
            **indicators_of(supplement),
            rest=100 - supplement.share,
            lapsed=sketched and supplement.scheme.state != Scheme.State.DRAFT,
            changes=differences.of_supplement(supplement) if sketched else (),
            against=differences.previous(supplement) if sketched else None,
            buttons=buttons_beside(approval, supplement, user, BUTTONS),
            approval=approval,
            events=events_of(Step.objects.of(supplement).with_actors())
            if rights_of(user).codes
            else (),
            **kwargs,
        )


class SupplementEditView(SheetEditView):
    """The share and the tree of a supplement that does not count yet."""

    model = Supplement
    form_class = ShareForm
    template_name = "assessments/supplement_edit.html"
    done = _("已保存。")

    def get_initial(self) -> dict[str, Any]:
        return {"share": self.thing.share}

    def speak(self, form: forms.Form) -> Any:
        return transitions.amend_supplement(
            self.thing, rows=self.rows().cleaned_rows(), by=self.request.user, at=timezone.now(), **form.cleaned_data
        )


class SupplementAdoptView(SecondPersonPage):
    """It counts once another person has approved it."""

    model = Supplement
    able, who, verb = "adoptable_by", "directed_by", "supplements.adopt"
    form_class = ReasonForm
    template_name = "assessments/verb.html"
    title, button, icon = _("提出生效"), _("提出生效"), "circle-check"

    def speak(self, form: forms.Form) -> Any:
        transitions.adoptable_or_refuse(self.thing)
        return super().speak(form)
