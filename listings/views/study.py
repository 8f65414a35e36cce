"""Pages of study (研判): what else asks for the same, shown while a need is written and while it is looked into."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from listings.duplicates import similar_to_words
from listings.forms.item import JoinForm, NewItemForm
from listings.models import Item, Listing
from listings.transitions import ask_too, collect, join
from listings.views.item import ItemVerbView
from members.idempotency import OncePage
from members.mouths import fetch
from members.pages import VerbPage

ANYWAY = "anyway"


class NeedPage(VerbPage):
    """Write down a need on a list: a few fields, on a phone too. Where something alike is there already the page asks
    once, in between: ask all the same, or join it as another asker."""

    model = Listing
    able, who = "writable_by", None
    form_class: type[forms.Form] = NewItemForm  # type: ignore[assignment]
    template_name = "items/item_new.html"
    done = _("已提出，等待牵头党组织研判。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "listing": self.thing}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        if "same" not in self.request.POST:
            user, today = self.request.user, timezone.localdate()
            similar = similar_to_words(self.thing, form.cleaned_data, user=user, today=today)
            if similar:
                return self.render_to_response(self.get_context_data(form=form, similar=similar))
        return super().form_valid(form)

    def speak(self, form: forms.Form) -> Any:
        by, at, words = self.request.user, timezone.now(), form.cleaned_data
        same = self.request.POST.get("same", ANYWAY)
        if same == ANYWAY:
            return collect(self.thing, **words, by=by, at=at)
        seen = Item.objects.visible_to(by).unended().filter(alliance=self.thing.alliance_id)
        return ask_too(fetch(seen, same), **words, by=by, at=at)

    def get_success_url(self) -> str:
        return str(self.result.get_absolute_url()) if hasattr(self, "result") else super().get_success_url()


class ItemNewView(OncePage, NeedPage):
    """Pressed twice, it leads to what the first press has made."""


class ItemJoinView(ItemVerbView):
    able, form_class, verb = "joinable_by", JoinForm, staticmethod(join)
    title, button, done = _("并入已有事项"), _("并入"), _("已并入，与那个事项一起办理。")
    explain = _("两个诉求由同一个服务事项解决，办结后各自的提出单位分别确认。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "problem": self.thing}

    def get_initial(self) -> dict[str, Any]:
        return {"item": self.request.GET.get("with") or self.thing.duplicate_of_id}
