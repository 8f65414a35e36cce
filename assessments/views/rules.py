"""Pages of the rules of the dynamic review: what holds in one's place, and how a department changes it."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from assessments.forms import ThresholdsForm
from assessments.forms.review import RuleForm
from assessments.gauges import GAUGES
from assessments.rehearsals import tried
from assessments.rules import owner_of, rules_in, standing_rules
from assessments.thresholds import amended, mark_of, mark_of_all, propose_change
from assessments.transitions import pending_on
from assessments.views.review import StaffPage
from assessments.words import rule_words
from members.models import Region
from members.mouths import fetch
from members.pages import SecondPersonPage
from members.scope import rights_of
from members.states import Refused

SHOWN = 50


class RuleListView(StaffPage, TemplateView):
    """The rules that hold in one's own region, in words, and what each measure means."""

    template_name = "reviews/rule_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rights = rights_of(self.request.user)
        code = rights.codes[0]
        region = Region.objects.filter(pk__in=rights.departments[:1]).first()
        return super().get_context_data(
            rules=[rule_words(rule) | {"number": n, "active": rule["active"]} for n, rule in enumerate(rules_in(code))],
            owner=Region.objects.filter(pk=owner_of(code, standing_rules())).first(),
            region=region,
            approval=pending_on(region).first() if region else None,
            gauges=GAUGES.values(),
            **kwargs,
        )


class RuleChangeView(SecondPersonPage):
    """Thresholds and switches of a region's rules; another person approves."""

    model = Region
    able = "directed_by"
    form_class: Any = ThresholdsForm
    template_name = "reviews/rule_change.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"rules": rules_in(self.thing.pk)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """``was``: by which the rules on this sheet are known again."""
        kwargs.setdefault("was", self.request.POST.get("was") or mark_of_all(rules_in(self.thing.pk)))
        return super().get_context_data(**kwargs)

    def speak(self, form: Any) -> Any:
        if self.request.POST.get("was") != mark_of_all(form.rules):
            raise Refused("changed", str(_("规则刚才已被改动，请重新打开后再调整。")))
        who: Any = self.request.user
        reason = form.cleaned_data["reason"]
        return propose_change(self.thing, form.proposed(), by=who, at=timezone.now(), reason=reason)

    def get_success_url(self) -> str:
        return super().get_success_url() if hasattr(self, "result") else reverse("reviews:rules")


class RuleNewView(RuleChangeView):
    """A rule of the region's own: tried on the last quarter first, then proposed."""

    form_class: Any = RuleForm
    template_name = "reviews/rule_edit.html"
    title = _("新增规则")
    number: int | None = None

    def get_form_kwargs(self) -> dict[str, Any]:
        self.rules = rules_in(self.thing.pk)
        taken = {rule["word"] for n, rule in enumerate(self.rules) if n != self.number}
        return super(RuleChangeView, self).get_form_kwargs() | {"taken": taken}

    def proposed(self, form: Any) -> list[dict[str, Any]]:
        return amended(self.rules, form.rule(), self.number, self.request.POST.get("was", ""))

    def form_valid(self, form: Any) -> HttpResponse:
        if "try" not in self.request.POST:
            return super().form_valid(form)
        try:
            trial = tried(self.thing.pk, self.proposed(form))
        except Refused as refused:
            form.add_error(None, refused.message)
            return self.render_to_response(self.get_context_data(form=form), status=409)
        return self.render_to_response(self.get_context_data(form=form, trial=trial, tried=True, shown=SHOWN))

    def speak(self, form: Any) -> Any:
        who: Any = self.request.user
        reason = form.cleaned_data["reason"]
        return propose_change(self.thing, self.proposed(form), by=who, at=timezone.now(), reason=reason)


class RuleEditView(RuleNewView):
    """One of the rules that hold in the region: its word, its kind, its conditions, whether it is switched on."""

    title = _("修改规则")

    def get_queryset(self) -> Any:
        self.number = self.kwargs["number"]
        return super().get_queryset()

    def get_initial(self) -> dict[str, Any]:
        return RuleForm.beginning(self.standing())

    def standing(self) -> dict[str, Any]:
        """The rule of that number; Http404 where there is none."""
        rules = rules_in(self.thing.pk)
        if self.number is None or self.number >= len(rules):
            fetch(Region.objects.none(), 0)
        return rules[self.number or 0]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(was=self.request.POST.get("was") or mark_of(self.standing()), **kwargs)
