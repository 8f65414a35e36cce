"""The claim flow, made for a phone: what is open, what I have claimed, what is finished; and a page for each verb."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Prefetch, QuerySet
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from listings.forms.claim import ClaimForm, FinishForm, ReportForm
from listings.forms.fields import ReasonForm
from listings.forms.item import FindingForm
from listings.models import Claim, Help, Item, Progress
from listings.models.listing import KIND_TAGS
from listings.querysets.item import FAR, TERM_ORDER
from listings.transitions import accept, claim, decline, finish, release, report
from listings.views.item import Tab, held_claims
from listings.words.item import CLAIM_BUTTONS
from members.buttons import buttons_for
from members.models import Step
from members.pages import DetailPage, ListPage, VerbPage
from members.throttling import CLAIMS
from members.words import events_of

OPEN, MINE, FINISHED = "open", "mine", "finished"


def latest_reports() -> Prefetch:
    """Each claim's reports of progress, newest first, as ``told``."""
    return Prefetch("reports", Progress.objects.order_by("-at", "-id"), to_attr="told")


class ClaimListView(ListPage):
    """待认领 / 我认领的 / 已办结, soonest due first."""

    ordering: tuple[str, ...] = ("due_order", "id")

    def get_template_names(self) -> list[str]:
        return [f"claims/claim_list_{self.tab}.html"]

    @property
    def tab(self) -> str:
        asked = self.request.GET.get("tab", OPEN)
        return asked if asked in (OPEN, MINE, FINISHED) else OPEN

    def get_queryset(self) -> QuerySet:
        rows = self.rows(self.tab)
        kind = self.request.GET.get("kind", "")
        path = "kind" if self.tab == OPEN else "item__kind"
        rows = rows.filter(**{path: kind}) if kind in KIND_TAGS else rows
        if self.tab == OPEN:
            shown = rows.select_related("alliance", "asked_by", "region").prefetch_related(held_claims())
            return shown.annotate(due_order=TERM_ORDER)
        if self.tab == FINISHED:
            self.ordering = ("-updated_at", "-id")
        shown = rows.select_related("organization", "item__alliance", "item__asked_by")
        return shown.prefetch_related(latest_reports()).annotate(due_order=Coalesce("promised_on", "item__due_on", FAR))

    def rows(self, tab: str) -> QuerySet:
        if tab == OPEN:
            return Item.objects.claimable_by(self.request.user)
        own = Claim.objects.own_of(self.request.user)
        if tab == MINE:
            return own.filter(state__in=("offered", "claimed", "in_hand", "waiting")).with_positions()
        return own.filter(state__in=("finished", "confirmed"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {OPEN: _("待认领"), MINE: _("我认领的"), FINISHED: _("已办结")}
        counted = [Tab(label, f"?tab={tab}", self.rows(tab).count(), tab == self.tab) for tab, label in words.items()]
        chosen = self.request.GET.get("kind", "")
        kinds = [(_("全部"), f"?tab={self.tab}", chosen not in KIND_TAGS)]
        kinds += [(label, f"?tab={self.tab}&kind={kind}", chosen == kind) for kind, label in KIND_TAGS.items()]
        return super().get_context_data(tabs=counted, kinds=kinds, tab=self.tab, **kwargs)


class ItemClaimView(VerbPage):
    """我要认领: in a sheet from the list, or a page of its own."""

    model = Item
    able, who = "claimed_for_by", None
    per_minute = {"POST": CLAIMS}
    form_class = ClaimForm
    template_name = "items/item_claim.html"

    @property
    def done(self) -> Any:  # type: ignore[override]
        """What was reached: a place, or one's number in the waiting line."""
        place = self.in_line()
        if place is not None:
            return _("名额已满，已为本组织排队候补，现排第 %(place)s 位。") % {"place": place}
        return _("认领成功，可在“我认领的”中填报进展。")

    def in_line(self) -> int | None:
        return Claim.objects.with_positions().get(pk=self.result.pk).waiting_position  # type: ignore[attr-defined]

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("asked_by", "alliance").prefetch_related(held_claims())

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "item": self.thing}

    def get_initial(self) -> dict[str, Any]:
        led = any(other.role == Claim.Role.LEAD for other in self.thing.held)
        role = Claim.Role.ASSIST if led else Claim.Role.LEAD
        due = self.thing.due_on
        promised = due if due and due >= timezone.localdate() else None  # nobody promises what is past
        return {"role": role, "promised_on": promised, "wait": self.is_full()}

    def is_full(self) -> bool:
        """Whether only the waiting line is left to the user's organisations."""
        return Item.objects.queueable_by(self.request.user).filter(pk=self.thing.pk).exists()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(full=self.is_full(), **kwargs)

    def speak(self, form: forms.Form) -> Any:
        words = dict(form.cleaned_data)
        words["role"] = words.get("role") or None
        return claim(self.thing, words.pop("organization"), **words, by=self.request.user, at=timezone.now())

    def get_success_url(self) -> str:
        return reverse("claims:list") + "?tab=mine" if hasattr(self, "result") else super().get_success_url()


class ClaimDetailView(DetailPage):
    """One claim: what was promised, how far it has come, what can be done with it."""

    model = Claim
    template_name = "claims/claim_detail.html"

    def get_queryset(self) -> QuerySet:
        found = super().get_queryset().select_related("organization", "item__alliance", "item__asked_by")
        return found.with_positions()  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        steps = Step.objects.of(self.object).with_actors()
        return super().get_context_data(
            sees_item=Item.objects.visible_to(self.request.user).filter(pk=self.object.item_id).exists(),
            buttons=buttons_for(self.object, self.request.user, CLAIM_BUTTONS),
            reports=self.object.reports.select_related("by").order_by("-at", "-id"),
            helped=self.object.helps.count(),
            helpers=Help.objects.named_to(self.request.user, self.object),
            events=events_of(steps),
            **kwargs,
        )


class ClaimVerbView(VerbPage):
    """A verb on one's own claim."""

    model = Claim
    who = "own_of"
    template_name = "claims/claim_verb.html"
    title: Any
    explain: Any = ""
    button: Any
    danger = False

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("item")

    def get_success_url(self) -> str:
        return reverse("claims:detail", args=[self.thing.pk])

    @property
    def draft_key(self) -> str:
        """Under which the device keeps what was written and not yet sent."""
        return f"{self.request.user.pk}-{self.button}-{self.thing.pk}"


class ClaimAcceptView(ClaimVerbView):
    able = "acceptable_by"
    title, button, done = _("接受名额"), _("接受名额"), _("已接受，可以开始办理。")
    explain = _("轮到贵组织了。接受后即为认领；逾期未接受，名额让给下一位。")

    def speak(self, form: forms.Form) -> Any:
        return accept(self.thing, by=self.request.user, at=timezone.now())


class ClaimDeclineView(ClaimVerbView):
    able, form_class = "declinable_by", FindingForm
    title, button, done = _("退出候补"), _("退出候补"), _("已退出候补。")
    explain = _("退出后由下一位候补的单位接替。")

    def speak(self, form: forms.Form) -> Any:
        return decline(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class ClaimReportView(ClaimVerbView):
    able, form_class = "reportable_by", ReportForm
    title, button, done = _("填报进展"), _("提交进展"), _("进展已填报。")

    def speak(self, form: forms.Form) -> Any:
        return report(self.thing, form.cleaned_data["text"], by=self.request.user, at=timezone.now())


class ClaimFinishView(ClaimVerbView):
    able, form_class = "finishable_by", FinishForm
    title, button, done = _("报告办结"), _("报告办结"), _("已报告办结，等待提出方确认。")
    explain = _("所有认领单位都报告办结后，由提出方确认。提出方确认了，才算解决。")

    def speak(self, form: forms.Form) -> Any:
        return finish(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class ClaimReleaseView(ClaimVerbView):
    able, form_class = "releasable_by", ReasonForm
    title, button, done, danger = _("退出认领"), _("退出认领"), _("已退出认领，名额已释放。"), True
    explain = _("退出后名额立即释放，其他成员党组织可以认领。")

    def speak(self, form: forms.Form) -> Any:
        return release(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())
