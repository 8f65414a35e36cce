"""What the pages of double registration (双报到) share: the parts that concern a user, and pages of one verb."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView, View

from alliances.choices import registration as choices
from alliances.forms.registration import CommunityForm
from alliances.models import PostHolding, Registration, ServicePost, TeamMember
from alliances.views.tabs import Tab
from members.models import Organization, PartyMember
from members.pages import Page, VerbPage
from members.scope import Rights, rights_of

Who = Callable[[Rights, bool], bool]
TABS: tuple[tuple[str, Any, Who], ...] = (
    ("coverage", _("覆盖情况"), lambda rights, organ: bool(rights.codes)),
    ("links", _("机关结对"), lambda rights, organ: bool(rights.codes or rights.places) or organ),
    ("people", _("党员报到"), lambda rights, organ: bool(rights.codes or rights.places) or organ),
    ("mine", _("我的报到"), lambda rights, organ: bool(rights.membership) or organ),
    ("posts", _("岗位"), lambda rights, organ: True),
    ("teams", _("志愿服务队"), lambda rights, organ: True),
)


def organs_of(user: Any) -> list[Organization]:
    """The organs for which the user speaks, from the roles already read."""
    roles = [role for role in user.current_roles if role.role == "branch"]
    return [role.organization for role in roles if role.organization.sector == Organization.Sector.ORGAN]


def tabs_for(user: Any, current: str) -> list[Tab]:
    """The parts of double registration that concern the user, in the order of the table."""
    rights, organ = rights_of(user), bool(organs_of(user))
    return [
        Tab(label, reverse(f"registrations:{name}"), current=name == current)
        for name, label, who in TABS
        if who(rights, organ)
    ]


class RegistrationsHomeView(Page, View):
    """双报到: leads to the first part that concerns the user."""

    def get(self, request: HttpRequest) -> HttpResponseRedirect:
        return HttpResponseRedirect(str(tabs_for(request.user, "")[0].url))


class RegistrationVerbView(VerbPage):
    """A verb of double registration, in a sheet."""

    template_name = "registrations/verb.html"
    title: Any
    button: Any
    explain: Any = ""
    danger = False


class CommunityChoicePage(RegistrationVerbView):
    """A verb that needs a community: those linked stand there, others are found by name (``?q=``)."""

    form_class: type[forms.Form] = CommunityForm
    template_name = "registrations/choose.html"

    @property
    def organ(self) -> Organization:
        return self.thing

    @property
    def q(self) -> str:
        return self.request.GET.get("q", "").replace("\0", "").strip()[:80]

    def get_form_kwargs(self) -> dict[str, Any]:
        shown = choices.communities_shown(self.organ, self.q)
        return super().get_form_kwargs() | {"organ": self.organ, "shown": shown}

    def get_initial(self) -> dict[str, Any]:
        return {"community": self.request.GET.get("community", "")}


class MineView(Page, TemplateView):
    """A Party member's own page: where one is registered, which posts one holds, which ones would suit."""

    template_name = "registrations/mine.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        me = PartyMember.objects.oneself(user).select_related("organization").prefetch_related("skills").first()
        mine = Registration.objects.current().filter(person=me).select_related("community__region", "person")
        return super().get_context_data(
            tabs=tabs_for(user, "mine"),
            me=me,
            registrations=mine.order_by("pk"),
            holdings=PostHolding.objects.taken().filter(person=me).select_related("post__community").order_by("pk"),
            parts=TeamMember.objects.current().filter(person=me).select_related("team__community").order_by("pk"),
            suggested=ServicePost.objects.suggested_to(me)[:10] if me else (),
            **kwargs,
        )
