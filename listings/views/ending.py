"""Pages of leaving and ending: each says first, with numbers, what becomes of what is open."""

from __future__ import annotations

from typing import Any

from django import forms
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.models import Alliance
from alliances.views.membership import MembershipVerbView
from alliances.views.standing import ProposeView
from listings import fates
from listings.forms.ending import MergeForm
from listings.transitions import leave, propose_merge
from members.mouths import fetch
from members.pages import ReasonForm

SHOWN = 30


class MembershipLeaveView(MembershipVerbView):
    able, form_class = "leavable_by", ReasonForm
    template_name = "endings/membership_leave.html"
    title, button, done, danger = _("退出联合体"), _("退出联合体"), _("已退出联合体。"), True
    explain = _("退出后不再是成员，看不到此后的内容；已办的事项和记录保留，隶属关系不变。")

    def speak(self, form: forms.Form) -> Any:
        return leave(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())

    def get_success_url(self) -> str:
        return reverse("alliances:invitations") if hasattr(self, "result") else super().get_success_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(fates=fates.of_leaving(self.thing), **kwargs)


class AllianceDissolveView(ProposeView):
    verb, able, who = "alliances.dissolve", "dissolvable_by", "steered_by"
    template_name = "endings/alliance_dissolve.html"
    title, danger = _("提出撤销"), True
    explain = _("另一位同志复核同意的当天终止；历史和统计保留。")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(fates=fates.of_dissolving(self.thing), **kwargs)


class AllianceMergeView(ProposeView):
    """First into which alliance, then what that means and why."""

    able, who = "mergeable_by", "steered_by"
    form_class: type[forms.Form] = MergeForm
    template_name = "endings/alliance_merge.html"
    title, danger = _("提出并入"), True
    explain = _("同时管辖两个联合体的组织部门里，另一位同志复核同意的当天生效；历史和统计留在原联合体。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"alliance": self.thing, "user": self.request.user}

    def speak(self, form: forms.Form) -> Any:
        said, who = form.cleaned_data, self.request.user
        return propose_merge(self.thing, said["into"], reason=said["reason"], by=who, at=timezone.now())  # type: ignore[arg-type]

    def get_initial(self) -> dict[str, Any]:
        return {"into": self.request.GET.get("into", "")}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        others = Alliance.objects.absorbing(self.thing, self.request.user)
        chosen = self.request.POST.get("into") or self.request.GET.get("into")
        if chosen:
            other = fetch(others, chosen)
            return super().get_context_data(other=other, fates=fates.of_merging(self.thing, other), **kwargs)
        text = self.request.GET.get("q", "").replace("\0", "").strip()[:80]
        found = others.filter(name__contains=text) if text else others
        shown = found.select_related("region", "lead").order_by("region_id", "pk")[:SHOWN]
        return super().get_context_data(others=shown, q=text, **kwargs)
