"""Pages of saved views: keep the present question under a name, drop one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from listings.forms.saved_view import SaveViewForm
from listings.models import SavedView
from listings.transitions.saved_view import drop_view, save_view
from members.pages import Page, VerbPage, blame
from members.states import Refused


class SavedViewNewView(Page, FormView):
    """Keep what is asked now."""

    form_class = SaveViewForm
    template_name = "items/view_save.html"

    def get_initial(self) -> dict[str, Any]:
        look = self.request.GET.get("look", "")
        known = look if look in SavedView.Look.values else SavedView.Look.LIST
        return {"query": self.request.GET.get("query", "")[:500], "look": known}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def form_valid(self, form: forms.Form) -> HttpResponse:
        user: Any = self.request.user
        try:
            view = save_view(user, **form.cleaned_data, at=timezone.now())
        except Refused as refused:
            form.add_error(None, refused.message)
            return self.render_to_response(self.get_context_data(form=form), status=409)
        except ValidationError as invalid:
            blame(form, invalid)
            return self.form_invalid(form)
        messages.success(self.request, _("视图已保存。"))
        return HttpResponseRedirect(view.get_absolute_url())

    def form_invalid(self, form: forms.Form) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


class SavedViewDropView(VerbPage):
    model = SavedView
    able = "droppable_by"
    template_name = "items/view_drop.html"
    done = _("视图已删去。")

    def speak(self, form: forms.Form) -> Any:
        return drop_view(self.thing, by=self.request.user, at=timezone.now())

    def get_success_url(self) -> str:
        return reverse("items:list")
