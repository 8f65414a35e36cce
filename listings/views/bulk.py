"""The page behind the bulk bar: what was chosen, one reason for all, and afterwards what became of each."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView

from listings.bulk import DEEDS, act
from listings.forms.bulk import BulkForm
from listings.models import Item
from members.pages import Page


class ItemBulkView(Page, FormView):
    """GET with what was chosen asks for the reason; POST speaks and shows the outcome, item by item."""

    form_class = BulkForm
    template_name = "items/item_bulk.html"
    per_minute = {"POST": 30}

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        asked = BulkForm(request.GET)
        asked.full_clean()
        if not asked.cleaned_data.get("item") or "verb" not in asked.cleaned_data:
            return HttpResponseRedirect(reverse("items:list"))
        chosen = {name: asked.cleaned_data[name] for name in ("item", "verb")}
        return self.render_to_response(self.get_context_data(form=BulkForm(initial=chosen), **chosen))

    def form_valid(self, form: BulkForm) -> HttpResponse:
        said = form.cleaned_data
        reason, at = said["reason"].strip(), timezone.now()
        outcome = act(said["verb"], said["item"], by=self.request.user, at=at, reason=reason)
        self.request.denial_code = outcome.denial  # type: ignore[attr-defined]
        return self.render_to_response(self.get_context_data(form=None, outcome=outcome, verb=said["verb"]))

    def form_invalid(self, form: BulkForm) -> HttpResponse:
        said = {name: form.cleaned_data.get(name) for name in ("item", "verb")}
        return self.render_to_response(self.get_context_data(form=form, **said), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        chosen = Item.objects.visible_to(self.request.user).filter(pk__in=kwargs.pop("item", None) or ())
        deed = DEEDS.get(kwargs.get("verb") or "")
        return super().get_context_data(items=chosen.select_related("asked_by").order_by("pk"), deed=deed, **kwargs)
