"""Pages where an alliance changes shape: another superior, another alliance split off."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances import choices
from alliances.forms.change import PlaceUnderForm, SplitForm
from alliances.transitions import place_under, split
from alliances.views.founding import AllianceVerbView


class AlliancePlaceUnderView(AllianceVerbView):
    able, who, form_class = "placeable_by", "placed_by", PlaceUnderForm
    title, button, done = _("变更上级党组织"), _("变更"), _("上级党组织已变更。")
    explain = _("新的上级党组织须在牵头党组织和服务区划之上。只变更谁领导这个联合体，各成员的隶属关系不变。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "alliance": self.thing}

    def speak(self, form: forms.Form) -> Any:
        return place_under(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class AllianceSplitView(AllianceVerbView):
    """Draw up a draft with some of the members; they are invited."""

    able, who, form_class = "splittable_by", "splittable_by", SplitForm
    template_name = "alliances/alliance_split.html"
    title, button, done = _("分出新的联合体"), _("保存草稿并发出邀请"), _("草稿已拟定，邀请已发出。")

    def get_form_kwargs(self) -> dict[str, Any]:
        if not choices.heirs_for(self.request.user, self.thing).exists():
            raise PermissionDenied(_("新的联合体要由本组织或管辖的成员党组织牵头。"))
        return super().get_form_kwargs() | {"user": self.request.user, "alliance": self.thing}

    def speak(self, form: forms.Form) -> Any:
        return split(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())

    def get_success_url(self) -> str:
        made = getattr(self, "result", None)
        return reverse("alliances:invite", args=[made.pk]) if made else super().get_success_url()
