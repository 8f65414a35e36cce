"""What the pages of calls, ideas, projects and services share: a page for a verb, and verbs beside each row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.views.tabs import Tab
from members.buttons import Button
from members.pages import VerbPage

Crumb = tuple[Any, str]


class StoryVerbView(VerbPage):
    """A verb on a page of its own. ``title``, ``explain`` and ``button`` are what it says, ``crumbs`` the way to it."""

    template_name = "projects/verb.html"
    title: Any
    explain: Any = ""
    button: Any
    danger = False
    dates: tuple[str, ...] = ()
    """Fields that begin with today."""

    def speak(self, form: forms.Form) -> Any:
        return type(self).verb(self.thing, by=self.request.user, at=timezone.now(), **form.cleaned_data)  # type: ignore[attr-defined]

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | dict.fromkeys(self.dates, timezone.localdate())

    @property
    def about(self) -> str:
        return str(self.thing)

    @property
    def crumbs(self) -> list[Crumb]:
        return [(self.about, self.get_success_url())]


def with_buttons(rows: QuerySet, user: Any, table: Sequence[Button]) -> list[Any]:
    """The rows, each with ``buttons``: what of the table the user may press on it. One statement for all of them."""
    things = rows.model._default_manager.filter(pk=OuterRef("pk"))
    asked = {f"may_{n}": Exists(getattr(things, button.able)(user)) for n, button in enumerate(table)}
    found = list(rows.annotate(**asked))
    for row in found:
        row.buttons = [button for n, button in enumerate(table) if getattr(row, f"may_{n}")]
    return found


LISTS = (
    (_("征集"), "ideas:list", "calls"),
    (_("我提的"), "ideas:mine", "mine"),
    (_("项目"), "projects:list", "projects"),
)


def lists_tabs(current: str) -> list[Tab]:
    """The three lists of 金点子 beside each other."""
    return [Tab(label, reverse(name), key == current) for label, name, key in LISTS]
