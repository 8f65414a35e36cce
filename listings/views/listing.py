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
from listings.filters import ListingFilter
from listings.forms.listing import ListingForm, SignForm
from listings.models import Item, Listing
from listings.transitions import draw_up, revise, sign
from listings.transitions.listing import half_year_of, unsigned_members
from listings.views.item import held_claims
from listings.words import LISTING_BUTTONS, events_of
from members.buttons import buttons_for
from members.models import Organization, Step
from members.pages import DetailPage, ListPage, Page, VerbPage
from members.states import Refused

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
        steps = Step.objects.of(listing).select_related("by", "client", "organization")
        return super().get_context_data(
            items=items.select_related("asked_by").prefetch_related(held_claims()).order_by("pk")[:SHOWN],
            item_count=items.count(),
            signatures=listing.signatures.select_related("organization"),
            unsigned=Organization.objects.filter(pk__in=unsigned_members(listing)) if not listing.frozen else (),
            buttons=buttons_for(listing, self.request.user, LISTING_BUTTONS),
            events=events_of(steps),
            **kwargs,
        )


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
        return {"period_from": first, "period_to": last, "alliance": self.request.GET.get("alliance")}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        try:
            listing = draw_up(**form.cleaned_data, by=self.request.user, at=timezone.now())
        except Refused as refused:
            form.add_error(None, refused.message)
            return self.render_to_response(self.get_context_data(form=form), status=409)
        except ValidationError as invalid:
            form.add_error(None, invalid)
            return self.form_invalid(form)
        messages.success(self.request, _("清单已拟定，可以提出事项了。"))
        return HttpResponseRedirect(listing.get_absolute_url())

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
