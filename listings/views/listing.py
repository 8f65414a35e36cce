"""Pages of lists: the register, one list with its items and signatures, drawing up, signing, a new version."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from alliances.models import Alliance
from listings.difference import difference
from listings.filters.item import ListingFilter
from listings.forms.listing import ArrangeForm, ListingForm, SignForm
from listings.models import Item, Listing
from listings.querysets import UNFINISHED
from listings.transitions import arrange, carry, draw_up, draw_up_set, revise, sign
from listings.transitions.listing import half_year_of, unsigned_members
from listings.transitions.periods import following
from listings.views.item import held_claims
from listings.words.item import LISTING_BUTTONS
from members.buttons import Button, buttons_for
from members.models import Organization, Step
from members.pages import DetailPage, ListPage, Page, VerbPage
from members.states import Refused
from members.words import events_of

SHOWN = 200
"""Items that a list's page shows; a longer list leads on to the items' own page."""


class ListingListView(ListPage):
    model = Listing
    filterset_class = ListingFilter
    template_name = "listings/listing_list.html"
    ordering = ("-period_from", "-id")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().with_counts().select_related("alliance")  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        leads = Alliance.objects.running().led_by(self.request.user).exists()
        return super().get_context_data(may_draw_up=leads, **kwargs)


class ListingDetailView(DetailPage):
    model = Listing
    template_name = "listings/listing_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance__lead", "previous", "next")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        listing = self.object
        items = Item.objects.visible_to(self.request.user).filter(listing=listing)
        steps = Step.objects.of(listing).with_actors()
        left = listing.excerpts.select_related("item__asked_by", "into")
        return super().get_context_data(
            items=items.select_related("asked_by", "entered_by").prefetch_related(held_claims())
            .order_by("position", "pk")[:SHOWN],
            item_count=items.count(),
            left=left[:SHOWN],
            left_count=left.count(),
            difference=difference(listing),
            signatures=listing.signatures.select_related("organization"),
            unsigned=Organization.objects.filter(pk__in=unsigned_members(listing)) if not listing.frozen else (),
            buttons=self.buttons(),
            events=events_of(steps),
            **kwargs,
        )

    def buttons(self) -> list[Button]:
        """What the user may do that is not refused anyway: an empty list is not signed, one item stands in no order,
        and what is unfinished is carried on only towards the end of the period."""
        count = self.object.items.exclude(state__in=(Item.State.RETURNED, Item.State.REFUSED)).count()
        soon = self.object.ends_soon(timezone.localdate())
        early = {"signable_by": not count, "arrangeable_by": count < 2, "carriable_by": not soon}
        found = buttons_for(self.object, self.request.user, LISTING_BUTTONS)
        return [button for button in found if not early.get(button.able)]


class ListingNewView(Page, FormView):
    """Draw up a list for an alliance that one leads."""

    form_class = ListingForm
    template_name = "listings/listing_new.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated and not Alliance.objects.running().led_by(request.user).exists():
            raise PermissionDenied(_("只有联合体的牵头党组织可以拟定清单。"))
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def get_initial(self) -> dict[str, Any]:
        first, last = half_year_of(timezone.localdate())
        chosen = self.request.GET.get("alliance")
        return {"period_from": first, "period_to": last, "alliance": chosen, "kind": ListingForm.SET}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            listing = self.draw_up(dict(form.cleaned_data))
        except Refused as refused:
            form.add_error(None, refused.message)
            return self.render_to_response(self.get_context_data(form=form), status=409)
        except ValidationError as invalid:
            form.add_error(None, invalid)
            return self.form_invalid(form)
        messages.success(self.request, _("清单已拟定，成员可以一起提出事项了。"))
        return HttpResponseRedirect(listing.get_absolute_url())

    def draw_up(self, words: dict[str, Any]) -> Listing:
        """The list, or the first of the three."""
        by, at = self.request.user, timezone.now()
        if words["kind"] != ListingForm.SET:
            return draw_up(**words, by=by, at=at)
        del words["kind"]
        return draw_up_set(**words, by=by, at=at)[0]

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class ListingSignView(VerbPage):
    model = Listing
    able, who = "signable_by", "countersigned_by"
    form_class = SignForm
    template_name = "listings/listing_sign.html"
    done = _("已签署。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "listing": self.thing}

    def speak(self, form: forms.Form) -> Any:
        return sign(self.thing, form.cleaned_data["organization"], by=self.request.user, at=timezone.now())


class ListingReviseView(VerbPage):
    model = Listing
    able, who = "revisable_by", "leadable_by"
    template_name = "listings/listing_revise.html"
    done = _("已拟定新版，请逐项核对后签署。")

    def speak(self, form: forms.Form) -> Any:
        return revise(self.thing, by=self.request.user, at=timezone.now())

    def get_success_url(self) -> str:
        return str(self.result.get_absolute_url()) if hasattr(self, "result") else super().get_success_url()


class ListingCarryView(ListingReviseView):
    """What is unfinished goes on into the next period; the page leads to its list."""

    able = "carriable_by"
    template_name = "listings/listing_carry.html"
    done = _("未办结事项已结转。")

    def speak(self, form: forms.Form) -> Any:
        return carry(self.thing, by=self.request.user, at=timezone.now())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        unfinished = Item.objects.filter(listing=self.thing, state__in=UNFINISHED)
        period = following(self.thing.period_from, self.thing.period_to)
        return super().get_context_data(count=unfinished.count(), period=period, **kwargs)


class ListingArrangeView(VerbPage):
    model = Listing
    able, who = "arrangeable_by", "leadable_by"
    form_class = ArrangeForm
    template_name = "listings/listing_arrange.html"
    done = _("次序已调整。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"listing": self.thing}

    def speak(self, form: Any) -> Any:
        return arrange(self.thing, order=form.order(), by=self.request.user, at=timezone.now())
