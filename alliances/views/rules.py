"""Pages of the rules of a region (地区规则) and of its checklist."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.forms.rules import ChecklistForm, MarkForm, RulesForm
from alliances.models import Alliance, ChecklistMark, ChecklistRow, RuleSet
from alliances.transitions import mark, propose_checklist, propose_rules
from alliances.transitions.rules import in_words
from alliances.views.alliance import AlliancePage
from alliances.views.founding import AllianceVerbView
from alliances.working_days import Calendar
from members.models import Approval, Region
from members.mouths import LARGEST_ID
from members.pages import DetailPage, Page, SecondPersonPage
from members.scope import rights_of


class RuleListView(Page):
    """One's own region's rules."""

    def get(self, request: HttpRequest) -> HttpResponseRedirect:
        rights = rights_of(request.user)
        stand = Region.objects.filter(organizations__in=rights.organizations | rights.membership)
        code = next(iter(rights.codes), "") or stand.values_list("pk", flat=True).order_by("pk").first()
        code = code or Region.objects.values_list("pk", flat=True).order_by("pk").first() or "0"
        return HttpResponseRedirect(reverse("rules:detail", args=[code]))


class RuleDetailView(DetailPage):
    """The rules that hold in a place, whose they are, and the checklist."""

    model = Region
    template_name = "rules/rule_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        region = self.object
        rules, rows = RuleSet.objects.for_region(region.pk), list(ChecklistRow.objects.for_region(region.pk))
        directs = rights_of(self.request.user).directs(region.pk)
        waiting = Approval.objects.visible_to(self.request.user).filter(
            verb__in=("rule_sets.set", "checklists.fill"), thing_id=region.pk, state="pending"
        )
        return super().get_context_data(
            rules=rules,
            words=in_words(rules),
            owner=rules.region,
            groups=groups_of(rows),
            own_rows=any(row.region_id == region.pk for row in rows),
            directs=directs,
            waiting=waiting,
            holidays_until=Calendar.present().last_year,
            **kwargs,
        )


def groups_of(rows: list[ChecklistRow]) -> list[tuple[str, list[ChecklistRow], int]]:
    """The checklist group by group, with how many rows of each have their words."""
    groups: dict[str, list[ChecklistRow]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row)
    return [(group, own, sum(bool(row.text) for row in own)) for group, own in groups.items()]


class RegionRulesView(SecondPersonPage):
    """What a department of the region proposes; another person approves."""

    model = Region
    able = "directed_by"

    def get_success_url(self) -> str:
        made = hasattr(self, "result")
        return super().get_success_url() if made else reverse("rules:detail", args=[self.thing.pk])


class RuleChangeView(RegionRulesView):
    form_class: Any = RulesForm
    template_name = "rules/rule_change.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": RuleSet.objects.for_region(self.thing.pk)}

    def speak(self, form: Any) -> Any:
        who: Any = self.request.user
        reason = form.cleaned_data["reason"]
        return propose_rules(self.thing, form.proposed(), by=who, at=timezone.now(), reason=reason)


class ChecklistFillView(RegionRulesView):
    """The words of the region's own checklist."""

    form_class: Any = ChecklistForm
    template_name = "rules/checklist_fill.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"rows": list(ChecklistRow.objects.filter(region=self.thing))}

    def speak(self, form: Any) -> Any:
        who: Any = self.request.user
        reason = form.cleaned_data["reason"]
        return propose_checklist(self.thing, form.proposed(), by=who, at=timezone.now(), reason=reason)


class AllianceChecklistView(AlliancePage):
    """The region's checklist and how the alliance stands with each row, in words."""

    tab = "detail"  # one comes from the overview; most regions have no checklist, so it has no tab of its own
    template_name = "alliances/alliance_checklist.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        marks = {said.row_id: said for said in ChecklistMark.objects.filter(alliance=self.object)}
        rows = [(row, marks.get(row.pk)) for row in ChecklistRow.objects.for_region(self.object.region_id).filled()]
        may_mark = Alliance.objects.markable_by(self.request.user).filter(pk=self.object.pk).exists()
        return super().get_context_data(
            rows=rows, may_mark=may_mark, standings=ChecklistMark.Standing.choices, **kwargs
        )


class AllianceMarkView(AllianceVerbView):
    """One row: a word, and if one likes a remark."""

    able, who, form_class = "markable_by", "led_by", MarkForm
    template_name = "alliances/alliance_mark.html"
    title, button, done = _("登记落实情况"), _("保存"), _("已登记。")

    def rows(self) -> QuerySet[ChecklistRow]:
        return ChecklistRow.objects.for_region(self.thing.region_id).filled()

    def row(self) -> ChecklistRow | None:
        """The row that the address or the sheet names."""
        asked = (self.request.POST or self.request.GET).get("row", "")
        known = asked.isascii() and asked.isdigit() and len(asked) < len(str(LARGEST_ID))
        return self.rows().filter(pk=asked).first() if known else None

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"rows": self.rows()}

    def get_initial(self) -> dict[str, Any]:
        row = self.row()
        said = row.marks.filter(alliance=self.thing).first() if row else None
        return {"row": row, "standing": said and said.standing, "remark": said and said.remark}

    def speak(self, form: forms.Form) -> Any:
        return mark(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())

    def get_success_url(self) -> str:
        return reverse("alliances:checklist", args=[self.thing.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(row=self.row(), **kwargs)
