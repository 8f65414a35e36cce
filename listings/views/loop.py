"""Pages of the closed loop's hard cases: items corrected, reopened, passed on, put together; helpers of claims, and
claims that are taken away."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from listings.forms.fields import ReasonForm
from listings.forms.loop import AttachForm, ForwardForm, HelpersForm, StrikeForm
from listings.models import Claim
from listings.transitions import (
    attach,
    confirm_for,
    detach,
    force_release,
    forward,
    name_helpers,
    reopen,
    strike_helper,
)
from listings.views.claim import ClaimVerbView
from listings.views.item import ItemVerbView
from members.pages import SecondPersonPage


class ItemCorrectView(SecondPersonPage, ItemVerbView):
    able, who, form_class, verb = "correctable_by", "directed_by", ReasonForm, "items.correct"
    title, button, danger = _("更正确认"), _("提出更正"), True
    explain = _(
        "另一位同志复核同意的当天，这次确认作废：事项回到待确认，各项统计（含以往日期）不再计入，由提出方重新确认。"
        "同时确认的关联问题一并退回。记录保留。"
    )


class ItemReopenView(ItemVerbView):
    able, who, form_class, verb = "reopenable_by", "asked_by_user", ReasonForm, staticmethod(reopen)
    title, button, done = _("问题又出现，重提"), _("重提"), _("已重提，等待牵头党组织研判。")
    explain = _("按原事项另立一项，两项互相可查；原事项的记录和统计不变。请写清又出现了什么情况。")

    def get_success_url(self) -> str:
        return str(self.result.get_absolute_url()) if hasattr(self, "result") else super().get_success_url()


class ItemForwardView(ItemVerbView):
    able, verb = "forwardable_by", staticmethod(forward)
    form_class: type[forms.Form] = ForwardForm
    title, button, done = _("转办"), _("提出转办"), _("已提出转办，等待对方牵头党组织答复。")
    explain = _("对方接收之前，事项仍在这里办理；接收后在对方清单上继续，提出方和期限不变。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "item": self.thing}


class ItemAttachView(ItemVerbView):
    able, verb = "attachable_by", staticmethod(attach)
    form_class: type[forms.Form] = AttachForm
    title, button, done = _("归入更大的事项"), _("归入"), _("已归入。")
    explain = _("一件大事可以分成几项办理。各项分别认领、分别确认，大事项上能看到各项的进展。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "item": self.thing}


class ItemDetachView(ItemVerbView):
    able, verb = "detachable_by", staticmethod(detach)
    title, button, done = _("移出所属事项"), _("移出"), _("已移出。")
    explain = _("事项照常办理，只是不再列在更大的事项之下。")


class ItemConfirmForView(ItemVerbView):
    able, who, form_class, verb = "confirmable_for_by", "ruled_by", ReasonForm, staticmethod(confirm_for)
    title, button, done = _("代提出方确认"), _("代为确认"), _("已代提出方确认，并告知提出方。")
    explain = _("裁定已办成而提出方逾期不答复时使用。满意度不代填。提出方会收到通知和理由。")


class ClaimForceReleaseView(SecondPersonPage, ClaimVerbView):
    """The lead takes away what has not begun; for the rest, and for staff, a second person decides."""

    able, who, form_class, verb = "force_releasable_by", "watched_by", ReasonForm, "claims.force_release"
    title, button, danger = _("收回认领"), _("收回认领"), True
    explain = _(
        "请写明理由，会告知被收回的单位。名额让给候补的第一位。"
        "牵头党组织可以直接收回还没有开始办理的；其余由上级提出，组织部另一位同志复核后生效。"
    )

    def alone(self) -> bool:
        able = Claim.objects.force_releasable_alone_by(self.request.user)
        return able.filter(pk=self.thing.pk).exists()

    def speak(self, form: forms.Form) -> Any:
        if not self.alone():
            return super().speak(form)
        self.done = _("已收回认领，并告知该单位。")
        reason = form.cleaned_data["reason"]
        force_release(self.thing, reason=reason, before_start=True, by=self.request.user, at=timezone.now())
        return None


class ClaimNameHelpersView(ClaimVerbView):
    able = "helper_nameable_by"
    form_class: type[forms.Form] = HelpersForm
    title, button, done = _("登记出力党员"), _("登记"), _("已登记。")
    explain = _("只登记本组织的党员，一人一天一项计一人次。其他单位看不到姓名，只看到人次。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"claim": self.thing, "on": timezone.localdate()}

    def get_initial(self) -> dict[str, Any]:
        return {"served_on": timezone.localdate()}

    def speak(self, form: forms.Form) -> Any:
        return name_helpers(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class ClaimStrikeHelperView(ClaimVerbView):
    able, who = "helper_strikable_by", "own_of"
    form_class: type[forms.Form] = StrikeForm
    title, button, done, danger = _("删去误登的出力党员"), _("删去"), _("已删去，人次和积分随之更正。"), True
    explain = _("只用于登记错了的人或日期。删去后人次、积分一并更正，办理记录里保留删去的日期和理由。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"claim": self.thing}

    def speak(self, form: forms.Form) -> Any:
        return strike_helper(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())
