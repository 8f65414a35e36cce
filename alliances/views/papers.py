"""What the pages of charters, agreements and rotation share: the alliance's frame around a verb or a form."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from alliances.models import Alliance
from members.pages import VerbPage

UPLOADS_A_MINUTE = {"POST": 30}


class PaperVerbView(VerbPage):
    """A verb with a form of a few words; ``tab`` is the tab of the alliance to which it belongs."""

    template_name = "papers/paper_verb.html"
    tab: str
    title: Any
    button: Any
    explain: Any = ""
    danger = False

    def get_queryset(self) -> QuerySet:
        things = super().get_queryset()
        return things.select_related("lead" if self.model is Alliance else "alliance__lead")

    def get_success_url(self) -> str:
        """The page of what was made, else of what it was done to; on an alliance's own verb the tab."""
        if self.model is not Alliance:
            return super().get_success_url()
        made = getattr(self, "result", None)
        return str(made.get_absolute_url()) if made else self.tab_url

    @property
    def tab_url(self) -> str:
        return reverse(f"alliances:{self.tab}", args=[self.alliance.pk])

    @property
    def alliance(self) -> Alliance:
        """The alliance that the page is about."""
        alliance: Alliance = self.thing if isinstance(self.thing, Alliance) else self.thing.alliance
        return alliance

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(alliance=self.alliance, **kwargs)


class PaperFormView(PaperVerbView):
    """The page on which a text is written: wide, with room for a file."""

    template_name = "papers/paper_form.html"
    per_minute = UPLOADS_A_MINUTE
