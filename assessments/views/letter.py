"""Pages of notice letters (通知书): the register of one's scope, and a letter on A4."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from alliances.models import Reward
from assessments.filters import LetterFilter
from assessments.models import Letter
from assessments.words import found_in
from members.pages import DetailPage, ListPage


class LetterListView(ListPage):
    """Letters to alliances that one may read, newest first."""

    model = Letter
    filterset_class = LetterFilter
    template_name = "letters/letter_list.html"
    ordering = ("-issued_on", "-id")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance", "issuer")


class LetterDetailView(DetailPage):
    """The letter as it was written."""

    model = Letter
    template_name = "letters/letter_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance__lead", "issuer", "proposal__run")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        letter = self.object
        content, run = letter.content, letter.proposal.run_id
        sources = dict(Reward._meta.get_field("source").flatchoices)
        return super().get_context_data(
            found=found_in(content.get("found", ()), run, letter.alliance_id),
            run=letter.proposal.run,
            content=content,
            source=sources.get(content.get("source", "")),
            **kwargs,
        )
