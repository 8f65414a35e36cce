"""The calendar feed: its page in one's own settings, and the document behind the secret address."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import TemplateView

from alliances.calendars import calendar_of
from alliances.models import Alliance, CalendarFeed
from alliances.transitions import close_feed, open_feed
from members.middleware import address_of
from members.models.client import digest_of
from members.pages import Page
from members.throttling import over

READS_A_MINUTE = 12
TRIES_A_MINUTE = 60


class FeedView(Page, TemplateView):
    """日历订阅: whether there is an address. POST makes a new one, shown in the answer and never again."""

    template_name = "activities/feed.html"
    per_minute = {"POST": 10}

    def post(self, request: HttpRequest) -> HttpResponse:
        request.POST.get("address")  # nothing is asked; but the body is read, and so bounded, as on every page
        secret = open_feed(request.user, at=timezone.now())  # type: ignore[arg-type]
        address = request.build_absolute_uri(reverse("calendar:document", args=[secret]))
        return self.render_to_response(self.get_context_data(address=address))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        own = Alliance.objects.subscribed_by(user).running()
        return super().get_context_data(
            feed=CalendarFeed.objects.filter(user=user.pk).first(), alliances=own[:10], count=own.count(), **kwargs
        )


class FeedCloseView(Page):
    """Stop: the address opens nothing any more."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest) -> HttpResponse:
        for feed in CalendarFeed.objects.filter(user=request.user.pk):
            close_feed(feed, by=request.user, at=timezone.now())  # type: ignore[arg-type]
        messages.success(request, _("日历订阅已停用。"))
        return HttpResponseRedirect(reverse("calendar:feed"))


class FeedDocumentView(View):
    """The document: no log-in, the secret is the key. A wrong one answers like any page that does not exist, and
    counts against the address that tries."""

    def get(self, request: HttpRequest, secret: str) -> HttpResponse:
        digest = digest_of(secret)
        feed = CalendarFeed.objects.readable().filter(digest=digest).select_related("user").first()
        known, limit = (digest, READS_A_MINUTE) if feed else (address_of(request), TRIES_A_MINUTE)
        wait = over(f"feed:{known}", limit)
        if wait is not None:
            return HttpResponse(status=429, headers={"Retry-After": str(wait)})
        if feed is None:
            raise Http404
        site = f"{request.scheme}://{request.get_host()}"
        text = calendar_of(feed.user, today=timezone.localdate(), site=site)
        headers = {"Cache-Control": "private, no-store", "X-Robots-Tag": "noindex"}
        return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)
