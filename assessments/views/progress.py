"""Where a year stands, for who waits for the others; and the one reminder a day."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.models import Alliance
from assessments import progress, transitions
from assessments.models import Scheme
from members.mouths import fetch
from members.pages import ListPage, VerbPage
from members.scope import rights_of

NARROWED = {"unreported": progress.unreported, "unheard": progress.unheard}


class ProgressView(ListPage):
    """Numbers of the whole, then one line an alliance in code order; ``?only=`` leaves those that are behind."""

    model = Alliance
    template_name = "assessments/progress.html"
    ordering = ("code", "id")

    def get_queryset(self) -> QuerySet:
        user = self.request.user
        self.scheme = fetch(Scheme.objects.visible_to(user).exclude(state="draft"), self.kwargs["pk"])
        if not rights_of(user).codes:
            raise Http404
        self.assessed = progress.alliances_of(self.scheme, user)
        narrowed = NARROWED.get(self.request.GET.get("only", ""))
        rows = narrowed(self.scheme, self.assessed) if narrowed else self.assessed
        return rows.select_related("region")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "scheme": self.scheme,
            "totals": progress.totals(self.scheme, self.assessed),
            "rows": progress.standings(self.scheme, context["object_list"]),
            "only": self.request.GET.get("only", ""),
            "remindable": Scheme.objects.remindable_by(self.request.user).filter(pk=self.scheme.pk).exists(),
        }


class RemindView(VerbPage):
    model = Scheme
    able, who = "remindable_by", "directed_by"
    template_name = "assessments/verb.html"
    title, button, icon, done = _("提醒"), _("提醒"), "bell-ring", _("已提醒，每人只收到一条。")
    explain = _("还有自评或评价没有完成的单位，每人收到一条消息，写明还剩多少；一天只提醒一次。")

    def speak(self, form: forms.Form) -> Any:
        return transitions.remind(self.thing, by=self.request.user, at=timezone.now())
