"""Pages of items: one item through the closed loop, and a page for each verb. Their lists stand in screens.py."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import Prefetch, QuerySet
from django.forms import model_to_dict
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.models import Decision
from listings.duplicates import to_study
from listings.forms.fields import ReasonForm
from listings.forms.item import FindingForm, ItemForm, LinkForm, StudyForm
from listings.forms.loop import ConfirmForm, RefuseForm, ReturnForm
from listings.models import Claim, Item, Listing, Whistle
from listings.panels import ties_of
from listings.querysets import HOLDING_CLAIMS
from listings.supply import panel
from listings.terms import deadline_of
from listings.transitions import (
    amend,
    confirm,
    link,
    open_,
    refuse,
    resubmit,
    return_,
    send_back,
    study,
)
from listings.words.item import CLAIM_BUTTONS, ITEM_BUTTONS, stages_of
from members.buttons import buttons_for
from members.models import Approval, Step
from members.pages import DetailPage, ListPage, VerbPage
from members.words import events_of


@dataclass(frozen=True, slots=True)
class Tab:
    label: Any
    url: str
    count: int | str | None
    current: bool


def held_claims() -> Prefetch:
    """The claims that hold a place of each item, or held it to its end, with their organisations, as ``held``."""
    claims = Claim.objects.filter(state__in=(*HOLDING_CLAIMS, "confirmed")).select_related("organization")
    return Prefetch("claims", claims.order_by("slot"), to_attr="held")


class ItemDetailView(DetailPage):
    model = Item
    template_name = "items/item_detail.html"

    def get_queryset(self) -> QuerySet:
        related = (
            "listing", "alliance__region", "asked_by", "answered_by", "entered_by", "entered_by_client", "site",
            "responsible", "duplicate_of", "project", "service_use__service",
        )  # fmt: skip
        items = Item.objects.visible_to(self.request.user)
        return items.select_related(*related).with_counts()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        steps = list(Step.objects.of(self.object).with_actors())
        claims = list(self.object.claims.select_related("organization").prefetch_related("reports__by"))
        own = Claim.objects.own_of(self.request.user).in_line().filter(item=self.object).first()
        return super().get_context_data(
            stages=stages_of(self.object, steps),
            events=events_of(steps),
            claims=claims,
            line=[claim for claim in claims if claim.state == Claim.State.WAITING],
            own_claim=own,
            claim_buttons=buttons_for(own, self.request.user, CLAIM_BUTTONS) if own else (),
            problems=self.object.answers.select_related("asked_by").order_by("pk"),
            buttons=buttons_for(self.object, self.request.user, ITEM_BUTTONS),
            decision=self.decision(),
            supply=panel(self.object, self.request.user, timezone.localdate()),
            similar=to_study(self.object, user=self.request.user, today=timezone.localdate()),
            deadline=deadline_of(self.object, self.request.user, timezone.localdate()),
            whistles=Whistle.objects.visible_to(self.request.user).of_item(self.object).select_related("caller"),
            awaiting=Approval.objects.of(self.object).pending().visible_to(self.request.user),
            ties=ties_of(self.object, self.request.user, timezone.localdate()),
            **kwargs,
        )

    def decision(self) -> Decision | None:
        """The decision from which the item came, as far as the user may see it."""
        if self.object.decision_id is None:
            return None
        seen = Decision.objects.visible_to(self.request.user).select_related("meeting")
        return seen.filter(pk=self.object.decision_id).first()


class ItemVerbView(VerbPage):
    """A verb on an item. ``title``, ``explain`` and ``button`` are what the page says."""

    model = Item
    who: str | None = "overseen_by"
    template_name = "items/item_verb.html"
    title: Any
    explain: Any = ""
    button: Any
    danger = False

    def speak(self, form: forms.Form) -> Any:
        return type(self).verb(self.thing, by=self.request.user, at=timezone.now(), **form.cleaned_data)  # type: ignore[attr-defined]


class ItemStudyView(ItemVerbView):
    able, verb = "studyable_by", staticmethod(study)
    form_class: type[forms.Form] = StudyForm
    title, button, done = _("研判这一事项"), _("完成研判"), _("已研判。")
    explain = _("记下是什么事、有多急、归口哪里、是否属实。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"item": self.thing}

    def get_initial(self) -> dict[str, Any]:
        return {"category": self.thing.category, "urgency": self.thing.urgency, "responsible": self.thing.responsible}


class ItemOpenView(ItemVerbView):
    able, form_class, verb = "openable_by", FindingForm, staticmethod(open_)
    title, button, done = _("开放认领"), _("开放认领"), _("已开放认领。")
    explain = _("开放后，联合体的成员党组织可以自愿认领。增补事项由牵头党组织开放，视为牵头签署。")


class ItemReturnView(ItemVerbView):
    able, form_class, verb = "studyable_by", ReturnForm, staticmethod(return_)
    title, button, done = _("退回提出方"), _("退回"), _("已退回提出方。")
    explain = _("提出方补充后可以重新提出。")


class ItemRefuseView(ItemVerbView):
    able, form_class, verb = "studyable_by", RefuseForm, staticmethod(refuse)
    title, button, done, danger = _("不予受理"), _("不予受理"), _("已记为不予受理。"), True
    explain = _("事项到此为止。请写清为什么，以及应当找谁：提出方会看到。")


class ItemSendBackView(ItemVerbView):
    able, who, form_class, verb = "sendable_back_by", "asked_by_user", ReasonForm, staticmethod(send_back)
    title, button, done = _("退回重办"), _("退回重办"), _("已退回重办。")
    explain = _("请写清还差什么，认领单位会收到。")


class ItemConfirmView(ItemVerbView):
    able, who, form_class, verb = "judged_by", None, ConfirmForm, staticmethod(confirm)
    title, button, done = _("确认办结"), _("确认已解决"), _("已确认办结。")
    explain = _("确认后，本组织提出的关联问题一并确认为已解决。认领单位不能确认自己办理的事项。")


class ItemLinkView(ItemVerbView):
    able, form_class, verb = "linkable_by", LinkForm, staticmethod(link)
    title, button, done = _("对接服务事项"), _("对接"), _("已对接。")
    explain = _("一个问题由一个服务事项解决，一个服务事项可以解决多个问题。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "problem": self.thing}


class ItemAmendView(ItemVerbView):
    able, verb = "wordable_by", staticmethod(amend)
    form_class: type[forms.Form] = ItemForm  # type: ignore[assignment]
    title, button, done = _("修改事项"), _("保存"), _("已修改。")
    template_name = "items/item_amend.html"
    who: str | None = None

    def get_initial(self) -> dict[str, Any]:
        return model_to_dict(self.thing, fields=ItemForm.Meta.fields)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"alliance": self.thing.alliance, "kind": self.thing.kind}


class ItemResubmitView(ItemAmendView):
    able, who, verb = "resubmittable_by", "asked_by_user", staticmethod(resubmit)
    title, button, done = _("补充后重新提出"), _("重新提出"), _("已重新提出。")


class ItemWhereView(ListPage):
    """Where to write down a need: the lists to which the user may add, newest first; straight on where there is one."""

    model = Listing
    template_name = "items/item_where.html"
    ordering = ("-period_from", "-id")

    def get_queryset(self) -> QuerySet:
        lists = Listing.objects.writable_by(self.request.user).as_of(timezone.localdate())
        return lists.select_related("alliance")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        only = list(self.get_queryset()[:2])
        if len(only) == 1:
            return HttpResponseRedirect(reverse("items:new", args=[only[0].pk]))
        return super().get(request, *args, **kwargs)
