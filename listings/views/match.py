"""Pages of matching (供需对接): what fits a need and why, what was put to whom, and a page for each verb."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from listings.forms.match import DeclineForm, MatchForm, WithdrawForm
from listings.models import Item, Match
from listings.supply import explained, open_to, resources_for
from listings.transitions import accept_match, decline_match, match, withdraw_match
from listings.views.item import ItemVerbView, Tab
from listings.words.match import MATCH_BUTTONS
from members.buttons import buttons_for
from members.models import Step
from members.pages import DetailPage, ListPage, VerbPage
from members.words import events_of

ANSWER, SOUGHT, NEEDS = "answer", "sought", "needs"


class MatchListView(ListPage):
    """待我答复 / 我方提议 / 待对接的需求: what others ask of one's own organisations, what one has asked, what is
    still to be met."""

    ordering: tuple[str, ...] = ("-id",)

    def get_template_names(self) -> list[str]:
        return ["matches/need_list.html" if self.tab == NEEDS else "matches/match_list.html"]

    @property
    def tab(self) -> str:
        asked = self.request.GET.get("tab", ANSWER)
        return asked if asked in (ANSWER, SOUGHT, NEEDS) else ANSWER

    def get_queryset(self) -> QuerySet:
        rows = self.rows(self.tab)
        if self.tab == NEEDS:
            return rows.with_counts().select_related("alliance", "asked_by", "site")
        return rows.select_related("need__alliance", "need__asked_by", "resource", "organization")

    def rows(self, tab: str) -> Any:
        user = self.request.user
        if tab == NEEDS:
            return Item.objects.matchable_by(user).seekable_by(user).unmet()
        matches = Match.objects.visible_to(user)
        return matches.own_of(user) if tab == ANSWER else matches.sought_by(user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        labels = {ANSWER: _("请本单位提供"), SOUGHT: _("我方需求已提议"), NEEDS: _("待对接的需求")}
        waiting = {ANSWER: self.rows(ANSWER).acceptable_by(self.request.user), SOUGHT: self.rows(SOUGHT).present()}
        counts = {tab: rows.count() for tab, rows in {**waiting, NEEDS: self.rows(NEEDS)}.items()}
        tabs = [Tab(label, f"?tab={tab}", counts[tab], tab == self.tab) for tab, label in labels.items()]
        return super().get_context_data(tabs=tabs, tab=self.tab, **kwargs)


class MatchDetailView(DetailPage):
    """One match: the need, the resource, why they fit, what was answered."""

    model = Match
    template_name = "matches/match_detail.html"

    def get_queryset(self) -> QuerySet:
        related = ("need__alliance__region", "need__site", "need__asked_by", "resource__listing", "organization")
        return super().get_queryset().select_related(*related, "claim__item")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, steps = self.request.user, Step.objects.of(self.object).with_actors()
        return super().get_context_data(
            ranked=explained(self.object, timezone.localdate()),
            sees_need=Item.objects.visible_to(user).filter(pk=self.object.need_id).exists(),
            buttons=buttons_for(self.object, user, MATCH_BUTTONS),
            events=events_of(steps),
            **kwargs,
        )


class ItemMatchView(ItemVerbView):
    """All that fits a need, the best first, each saying why: choose one and ask its owner."""

    able, who, verb = "matchable_by", "matched_by", staticmethod(match)
    form_class: type[forms.Form] = MatchForm
    template_name = "items/item_match.html"
    title, button = _("找资源对接"), _("提议对接")

    def get_queryset(self) -> QuerySet:
        related = ("alliance__region", "asked_by", "answered_by", "site")
        return super().get_queryset().with_counts().select_related(*related)  # type: ignore[attr-defined]

    @property
    def done(self) -> Any:  # type: ignore[override]
        """What was reached: an offer, or with one's own resource the match itself."""
        own = self.result.state == Match.State.ACCEPTED
        return _("已对接，可在“我认领的”中填报进展。") if own else _("已提议，等资源单位答复。")

    def get_form_kwargs(self) -> dict[str, Any]:
        if not hasattr(self, "ranked"):
            found = resources_for(self.thing, self.request.user, timezone.localdate())
            self.ranked = open_to(found, self.thing, self.request.user)
        return super().get_form_kwargs() | {"ranked": self.ranked}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {"ranked": self.ranked, "picked": context["form"]["pick"].value()}

    def get_initial(self) -> dict[str, Any]:
        return {"pick": self.request.GET.get("with", ""), "share": 1}

    def get_success_url(self) -> str:
        return str(self.result.get_absolute_url()) if hasattr(self, "result") else super().get_success_url()


class MatchVerbView(VerbPage):
    """A verb on a match."""

    model = Match
    template_name = "matches/match_verb.html"
    title: Any
    explain: Any = ""
    button: Any

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("need__asked_by", "resource", "organization")

    def speak(self, form: forms.Form) -> Any:
        return type(self).verb(self.thing, by=self.request.user, at=timezone.now(), **form.cleaned_data)  # type: ignore[attr-defined]


class MatchAcceptView(MatchVerbView):
    able, who, verb = "acceptable_by", "own_of", staticmethod(accept_match)
    title, button, done = _("同意对接"), _("同意，由本单位提供"), _("已对接，可在“我认领的”中填报进展。")
    explain = _("同意后即认领这一需求，资源按份数留出；问题会列为项目清单的事项。")


class MatchDeclineView(MatchVerbView):
    able, who, form_class, verb = "declinable_by", "own_of", DeclineForm, staticmethod(decline_match)
    title, button, done = _("不同意对接"), _("告知对方"), _("已答复。")
    explain = _("对接全凭自愿，不同意不影响贵组织。")


class MatchWithdrawView(MatchVerbView):
    able, who, form_class, verb = "withdrawable_by", "sought_by", WithdrawForm, staticmethod(withdraw_match)
    title, button, done = _("撤回提议"), _("撤回"), _("已撤回。")
