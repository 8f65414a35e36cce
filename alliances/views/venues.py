"""Pages of shared places: those one may use, the week of one, and its verbs."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances import choices
from alliances.filters import VenueFilter
from alliances.forms.alliance import RemarkForm
from alliances.forms.means import BookForm, ShareForm, VenueForm
from alliances.models import Alliance, Booking, Venue
from alliances.transitions.venue import EDITABLE, book, close_venue, edit_venue, refuse_booking, release_booking, share
from alliances.views.means import MeansPage, MeansVerbView, OfAllianceFormMixin
from alliances.week import moment, monday_of, week_of
from alliances.words import VENUE_BUTTONS, VENUE_OWN_BUTTONS
from members.buttons import buttons_for
from members.pages import DetailPage, ListPage, ReasonForm

AROUND = timedelta(days=400)
LATEST = 20


class VenueListView(ListPage):
    """阵地: the places that the user may see, those to book first to hand."""

    model = Venue
    filterset_class = VenueFilter
    template_name = "venues/venue_list.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().present().select_related("alliance", "organization")  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bookable = Venue.objects.bookable_by(self.request.user)
        return super().get_context_data(bookable=set(bookable.values_list("pk", flat=True)), **kwargs)


class AllianceVenuesView(MeansPage):
    """阵地 of one alliance."""

    section, buttons = "venues", VENUE_BUTTONS
    template_name = "means/venues.html"

    def section_data(self) -> dict[str, Any]:
        bookable = Venue.objects.bookable_by(self.request.user).filter(alliance=self.object)
        return {
            "venues": self.of(Venue).select_related("organization").order_by("-until", "kind", "pk"),
            "bookable": set(bookable.values_list("pk", flat=True)),
        }


class VenueDetailView(DetailPage):
    """The week of a place: who has it when, and what a tap would book."""

    model = Venue
    context_object_name = "venue"
    template_name = "venues/venue_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance", "organization")

    def monday(self) -> date:
        """The Monday of the week asked for; this week's for what is no day, or too far from it."""
        today = timezone.localdate()
        try:
            asked = date.fromisoformat(self.request.GET.get("on", ""))
        except ValueError:
            asked = today
        return monday_of(asked if abs(asked - today) < AROUND else today)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        venue, user, now, monday = self.object, self.request.user, timezone.now(), self.monday()
        begins, ends = moment(monday, time.min), moment(monday + timedelta(days=7), time.min)
        bookings = Booking.objects.visible_to(user).filter(venue=venue).select_related("organization")
        ahead = Booking.objects.filter(venue=venue, starts_at__gt=now)
        return super().get_context_data(
            thing=venue,
            days=week_of(venue, monday, bookings.standing().meeting(begins, ends), now),
            monday=monday,
            sunday=monday + timedelta(days=6),
            before=monday - timedelta(days=7),
            after=monday + timedelta(days=7),
            latest=bookings.filter(ends_at__gt=now - timedelta(days=14))[:LATEST],
            may_book=Venue.objects.bookable_by(user).filter(pk=venue.pk).exists(),
            releasable=set(ahead.releasable_by(user).values_list("pk", flat=True)),
            refusable=set(ahead.refusable_by(user).values_list("pk", flat=True)),
            buttons=buttons_for(venue, user, VENUE_OWN_BUTTONS),
            **kwargs,
        )


class AllianceShareView(OfAllianceFormMixin, MeansVerbView):
    model = Alliance
    able, who, section = "sharable_by", "joined_by", "venues"
    form_class = ShareForm
    title, button, done = _("共享阵地"), _("共享"), _("已共享，成员可以预约。")
    explain = _("把本组织的场所拿出来，供联合体成员预约使用。季节性开放的，写明每年从几月到几月。")

    def speak(self, form: forms.Form) -> Any:
        return share(self.thing, **form.cleaned_data, **self.now())


class VenueVerbView(MeansVerbView):
    """A verb on one place."""

    model: Any = Venue
    section = "venues"

    def get_success_url(self) -> str:
        return str(self.thing.get_absolute_url())


class VenueEditView(VenueVerbView):
    able, who, form_class = "editable_by", "owned_by", VenueForm
    title, button, done = _("修改阵地"), _("保存"), _("已保存。")

    def get_initial(self) -> dict[str, Any]:
        return {name: getattr(self.thing, name) for name in EDITABLE}

    def speak(self, form: forms.Form) -> Any:
        return edit_venue(self.thing, **form.cleaned_data, **self.now())


class VenueCloseView(VenueVerbView):
    able, who, form_class = "editable_by", "owned_by", ReasonForm
    title, button, done, danger = _("停止共享"), _("停止共享"), _("已停止共享，已有的预约都已告知。"), True
    explain = _("以后的预约都会按这个理由退回。")

    def speak(self, form: forms.Form) -> Any:
        return close_venue(self.thing, **form.cleaned_data, **self.now())


class VenueBookView(OfAllianceFormMixin, VenueVerbView):
    """A tap on a free part of a day has filled in all but the purpose."""

    able, who, form_class = "bookable_by", "used_by", BookForm
    title, button, done = _("预约阵地"), _("预约"), _("已预约，提供单位会收到通知。")

    @property
    def explain(self) -> str:  # type: ignore[override]
        return " · ".join(part for part in (self.thing.place, self.thing.season, self.thing.opening) if part)

    def get_initial(self) -> dict[str, Any]:
        asked = {name: self.request.GET.get(name, "")[:10] for name in ("on", "begins", "ends")}
        mine = choices.own_members(self.request.user, self.alliance).values_list("pk", flat=True)
        return {name: text for name, text in asked.items() if text} | ({"organization": mine[0]} if mine else {})

    def speak(self, form: forms.Form) -> Any:
        return book(self.thing, **form.cleaned_data, **self.now())


class BookingVerbView(MeansVerbView):
    """A verb on one booking."""

    model: Any = Booking
    section = "venues"

    @property
    def alliance(self) -> Alliance:
        found: Alliance = self.thing.venue.alliance
        return found

    def get_queryset(self) -> QuerySet:
        return Booking.objects.visible_to(self.request.user).select_related("venue__alliance", "organization")

    def get_success_url(self) -> str:
        return f"{reverse('venues:detail', args=[self.thing.venue_id])}?on={timezone.localdate(self.thing.starts_at)}"


class BookingReleaseView(BookingVerbView):
    able, who, form_class = "releasable_by", "held_by", RemarkForm
    title, button, done = _("取消预约"), _("取消预约"), _("已取消，这段时间别人可以预约。")

    def speak(self, form: forms.Form) -> Any:
        return release_booking(self.thing, **form.cleaned_data, **self.now())


class BookingRefuseView(BookingVerbView):
    able, who, form_class = "refusable_by", "hosted_by", ReasonForm
    title, button, done, danger = _("不同意预约"), _("不同意"), _("已告知预约单位。"), True

    def speak(self, form: forms.Form) -> Any:
        return refuse_booking(self.thing, **form.cleaned_data, **self.now())
