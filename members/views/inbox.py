"""Messages of the last ninety days. Nothing remembers whether or when a message was opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from members.forms.messages import FilingForm
from members.inbox import bring_back, put_away
from members.models import Notice
from members.notices import KEPT
from members.pages import ListPage, Page


@dataclass(frozen=True)
class Tab:
    label: str
    url: str
    current: bool
    count: int | str
    icon: str = ""


class InboxView(ListPage):
    """One's own messages by day, newest first: those that one has not put away, or those that one has."""

    model = Notice
    template_name = "members/inbox.html"
    ordering = ("-at", "-id")

    def get_queryset(self) -> QuerySet:
        own = super().get_queryset().since(timezone.now() - KEPT)  # type: ignore[attr-defined]
        return own.put_away() if self.read else own.unread()

    @property
    def read(self) -> bool:
        return self.request.GET.get("tab") == "read"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        unread, address = getattr(self.request.user, "unread", 0), reverse("inbox:list")
        tabs = [
            Tab(_("未读"), address, not self.read, unread),
            Tab(_("已读"), f"{address}?tab=read", self.read, ""),
        ]
        context = super().get_context_data(tabs=tabs, read=self.read, **kwargs)
        for notice in context["object_list"]:
            notice.day = timezone.localdate(notice.at)
        return context


class FilingView(Page, View):
    """A button of the inbox: with ``notice`` ids those, without any all of them. Others' ids change nothing."""

    http_method_names = ["post"]
    verb: Any
    done: Any

    def post(self, request: HttpRequest) -> HttpResponse:
        form = FilingForm(request.POST)
        if not form.is_valid():
            return HttpResponse(status=422)
        named = form.cleaned_data["notice"] if "notice" in request.POST else None
        count = type(self).verb(request.user, named)
        messages.success(request, self.done % {"count": count})
        return HttpResponseRedirect(reverse("inbox:list"))


class PutAwayView(FilingView):
    verb = staticmethod(put_away)
    done = gettext_lazy("%(count)s 条标为已读。")


class BringBackView(FilingView):
    verb = staticmethod(bring_back)
    done = gettext_lazy("%(count)s 条放回未读。")
