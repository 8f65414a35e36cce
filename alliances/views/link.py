"""Pages of links (机关结对): an organ asks, a community accepts, either side ends; a slip for both."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.filters import OrganLinkFilter
from alliances.forms.alliance import RemarkForm
from alliances.models import OrganLink
from alliances.transitions import accept_link, ask, decline_link, end_link, withdraw_link
from alliances.views.dual import CommunityChoicePage, RegistrationVerbView, organs_of, tabs_for
from alliances.words import LINK_BUTTONS
from members.buttons import buttons_for
from members.models import Organization, Step
from members.pages import DetailPage, ListPage, ReasonForm
from members.words import events_of


class LinkListView(ListPage):
    """The links of one's own organs and communities, or of the governed subtree."""

    model = OrganLink
    filterset_class = OrganLinkFilter
    template_name = "registrations/link_list.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("organ__region", "community__region")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, ids = self.request.user, OrganLink.objects.order_by()
        return super().get_context_data(
            tabs=tabs_for(user, "links"),
            organs=organs_of(user),
            acceptable=set(ids.acceptable_by(user).values_list("pk", flat=True)),
            **kwargs,
        )


class LinkDetailView(DetailPage):
    """One link: the two sides, since when, what was done; and the slip that either side may print."""

    model = OrganLink
    template_name = "registrations/link_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("organ__region", "community__region")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        steps = Step.objects.of(self.object).with_actors()
        buttons = buttons_for(self.object, self.request.user, LINK_BUTTONS)
        return super().get_context_data(thing=self.object, buttons=buttons, events=events_of(steps), **kwargs)


class LinkSlipView(LinkDetailView):
    """The slip of a link (结对回执单), on A4."""

    template_name = "registrations/link_slip.html"


class AskView(CommunityChoicePage):
    """An organ registers with a community."""

    model = Organization
    able = "linkable_by"
    title, button, done = _("向社区报到"), _("提出报到"), _("已提出，等待社区答复。")
    explain = _("社区接收后即为结对。至少与一个社区或嘎查村结对。")

    def speak(self, form: forms.Form) -> Any:
        return ask(self.thing, form.cleaned_data["community"], by=self.request.user, at=timezone.now())

    def get_success_url(self) -> str:
        return reverse("registrations:links")


class LinkVerbView(RegistrationVerbView):
    model = OrganLink

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("organ", "community")


class LinkAcceptView(LinkVerbView):
    able, who = "acceptable_by", "received_by"
    title, button, done = _("接收机关报到"), _("接收并结对"), _("已结对。")
    explain = _("结对后双方都可以随时结束；隶属关系不变。")

    def speak(self, form: forms.Form) -> Any:
        return accept_link(self.thing, by=self.request.user, at=timezone.now())


class LinkDeclineView(LinkVerbView):
    able, who, form_class = "acceptable_by", "received_by", RemarkForm
    title, button, done = _("不接收"), _("不接收"), _("已答复不接收。")

    def speak(self, form: forms.Form) -> Any:
        return decline_link(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class LinkWithdrawView(LinkVerbView):
    able, who, form_class = "withdrawable_by", "sent_by", RemarkForm
    title, button, done = _("撤回报到"), _("撤回"), _("已撤回。")

    def speak(self, form: forms.Form) -> Any:
        return withdraw_link(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class LinkEndView(LinkVerbView):
    able, who, form_class = "endable_by", "shared_by", ReasonForm
    title, button, done, danger = _("结束结对"), _("结束结对"), _("结对已结束。"), True
    explain = _("结束后不再计入结对；党员个人的报到不受影响。")

    def speak(self, form: forms.Form) -> Any:
        return end_link(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())
