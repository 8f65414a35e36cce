"""The items on one screen: as a list, as a board by stage, as a month of terms; under the same filters and views."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from alliances.filters.activity import last_day, month_of
from listings.board import CARDS, columns_of
from listings.bulk import DEEDS
from listings.counting import counts, shown
from listings.filters.item import ItemFilter, saved_view
from listings.models import Item, Listing, SavedView
from listings.month import weeks_of
from listings.querysets.item import TERM_ORDER
from listings.transitions.saved_view import KEPT
from listings.views.item import Tab, held_claims
from members.pages import ListPage, Page


@dataclass(frozen=True, slots=True)
class Sort:
    """A column by which the list can be put in order: the word, the field, the address that sorts by it (or turns it
    round), and how it is sorted now (``ascending``, ``descending`` or empty)."""

    label: str | Promise
    field: str
    url: str
    now: str


SORTS = {
    "collected": (_("编号"), "collected_on"),
    "due": (_("期限"), "due_order"),
    "updated": (_("更新"), "updated_at"),
}
"""The white list: name in the address -> word and field."""


class ItemScreen(Page):
    """What the three looks share: views with their counts, one's own saved views, the way from look to look."""

    look: str

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        query = self.kept()
        looks = [Tab(label, f"{reverse(f'items:{name}')}?{query}", None, name == self.look)
                 for name, label in SavedView.Look.choices]  # fmt: skip
        mine = list(SavedView.objects.visible_to(user).select_related("user"))
        return super().get_context_data(
            tabs=self.tabs(), looks=looks, query=query, saved=mine, look=self.look,
            may_write=Listing.objects.writable_by(user).exists(), **kwargs,
        )  # fmt: skip

    def kept(self) -> str:
        """The question without its place in the list: what another look, a saved view or an export asks as well."""
        query = self.request.GET.copy()
        for name in set(query) - KEPT:
            del query[name]
        return query.urlencode()

    def tabs(self) -> list[Tab]:
        """The views that everybody has, with their counts, all in one statement."""
        user: Any = self.request.user
        seen = Item.objects.visible_to(user)
        asked = {"all": seen} | {name: saved_view(seen, name, user) for name, _label in ItemFilter.VIEWS}
        numbers = counts(asked, user)
        chosen = self.request.GET.get("view", "")
        rest = [Tab(label, f"?view={name}", shown(numbers[name]), chosen == name) for name, label in ItemFilter.VIEWS]
        return [Tab(_("全部"), "?", shown(numbers["all"]), chosen not in numbers), *rest]

    def items(self) -> QuerySet:
        """The visible items that the filters leave; also gives the page its ``filter``."""
        self.filter = ItemFilter(self.request.GET, queryset=Item.objects.visible_to(self.request.user),
                                 request=self.request)  # fmt: skip
        return self.filter.qs if self.filter.is_valid() else Item.objects.none()


class ItemListView(ItemScreen, ListPage):
    """清单事项: every item in the user's scope, by view and filter, in the order of a column."""

    model = Item
    filterset_class = ItemFilter
    look = "list"
    template_name = "items/item_list.html"
    page_size = 40  # a row with its box and links weighs more than others: the page stays within its budget

    @property
    def ordering(self) -> tuple[str, str]:  # type: ignore[override]
        """The newest first, unless a column of the white list is asked for."""
        asked = self.request.GET.get("ordering", "")
        if asked.removeprefix("-") not in SORTS:
            return "-collected_on", "-id"
        sign = "-" if asked.startswith("-") else ""
        return f"{sign}{SORTS[asked.removeprefix('-')][1]}", f"{sign}id"

    def get_queryset(self) -> QuerySet:
        rows = super().get_queryset().select_related("alliance", "asked_by").prefetch_related(held_claims())
        return rows.annotate(due_order=TERM_ORDER)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        overseer = Item.objects.overseen_by(self.request.user).exists()
        return super().get_context_data(sorts=self.sorts(), deeds=DEEDS if overseer else None, **kwargs)

    def sorts(self) -> dict[str, Sort]:
        """How each column that can be sorted by is sorted now, and the address that changes it."""
        now = self.request.GET.get("ordering", "-collected")
        return {name: self.sort(name, label, field, now) for name, (label, field) in SORTS.items()}

    def sort(self, name: str, label: Any, field: str, now: str) -> Sort:
        query = self.request.GET.copy()
        query.pop("cursor", None)
        turned = now.removeprefix("-") == name
        first = name if name == "due" else f"-{name}"
        query["ordering"] = (name if now.startswith("-") else f"-{name}") if turned else first
        how = ("descending" if now.startswith("-") else "ascending") if turned else ""
        return Sort(label, field, f"?{query.urlencode()}", how)


class ItemBoardView(ItemScreen, TemplateView):
    """看板: a column a stage, with its count and its first cards; the verb for which a card waits is a link on it."""

    look = "board"
    template_name = "items/item_board.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        columns = columns_of(self.items(), self.request.user)
        return super().get_context_data(columns=columns, filter=self.filter, most=CARDS, **kwargs)


class ItemCalendarView(ItemScreen, TemplateView):
    """月历: what is due on which day of a month and not yet done."""

    look = "calendar"
    template_name = "items/item_calendar.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        month = month_of(self.request.GET.get("month", "")) or today.replace(day=1)
        weeks = weeks_of(self.items(), month, today)
        query = self.kept()
        around = {"before": (month - timedelta(days=1)).replace(day=1), "after": last_day(month) + timedelta(days=1)}
        return super().get_context_data(
            month=month, weeks=weeks, weekdays=("一", "二", "三", "四", "五", "六", "日"), filter=self.filter,
            busy=[day for week in weeks for day in week if day.items and not day.outside],
            now="" if month == today.replace(day=1) else f"?{query}",
            **{name: f"?{query}&month={first:%Y-%m}" for name, first in around.items()}, **kwargs,
        )  # fmt: skip
