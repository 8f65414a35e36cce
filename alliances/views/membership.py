"""Pages of membership: invite, answer an invitation, hand over the lead."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from alliances import choices
from alliances.forms.admission import StatementForm
from alliances.forms.alliance import HandOverForm, InviteForm, RemarkForm
from alliances.models import Alliance, Membership
from alliances.transitions import accept, decline, hand_over, invite, invite_by_code
from alliances.transitions.admission import rules_of
from alliances.views.founding import STEPS, AllianceVerbView
from members.pages import Page, VerbPage
from members.scope import rights_of

FOUND_AT_ONCE = 30
PAST_SHOWN = 30


class AllianceInviteView(VerbPage):
    """Invite by search among those whom one may see, or by exact code; a hidden code answers like an unknown one."""

    model = Alliance
    able, who = "editable_by", "steered_by"
    form_class = InviteForm
    template_name = "alliances/alliance_invite.html"
    done = _("邀请已记录；如代码有误则不会送达。是否加入由对方自己决定。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def speak(self, form: forms.Form) -> Any:
        said, by, at = form.cleaned_data, self.request.user, timezone.now()
        if said["organization"] is not None:
            return invite(self.thing, said["organization"], by=by, at=at)
        return invite_by_code(self.thing, said["code"], by=by, at=at)

    def get_success_url(self) -> str:
        return reverse("alliances:invite", args=[self.thing.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        text = self.request.GET.get("q", "").replace("\0", "").strip()[:80]
        present = self.thing.memberships.present().values("organization")
        found = choices.invitable_by(self.request.user).exclude(pk__in=present).select_related("region")
        members = self.thing.memberships.visible_to(self.request.user).present().select_related("organization")
        return super().get_context_data(
            q=text,
            found=found.matching(text)[:FOUND_AT_ONCE] if text else (),
            memberships=members,
            steps=STEPS if self.thing.state in {"draft", "returned"} else (),
            **kwargs,
        )


class InvitationListView(Page, TemplateView):
    """Everything about joining that concerns one's own organisations: invitations that wait for an answer, newcomers
    on whom to vote, own applications, and what is past."""

    template_name = "alliances/invitation_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        memberships = Membership.objects.select_related("organization__region", "alliance__region")
        waiting = memberships.acceptable_by(user).order_by("invited_on", "pk")
        return super().get_context_data(
            invitations=waiting.select_related("alliance__lead"),
            unspoken=memberships.unspoken_by(user).order_by("vote_until", "pk"),
            applications=memberships.revocable_by(user).order_by("vote_until", "pk"),
            past=memberships.past_of(user).order_by("-pk")[:PAST_SHOWN],
            speaks=bool(rights_of(user).organizations),
            **kwargs,
        )


class MembershipVerbView(VerbPage):
    """A verb on the membership of one's own organisation."""

    model = Membership
    who = "spoken_for_by"
    template_name = "alliances/membership_verb.html"
    title: Any
    button: Any
    explain: Any = ""
    danger = False

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("organization", "alliance__lead", "alliance__supervising")

    def get_success_url(self) -> str:
        return reverse("alliances:members", args=[self.thing.alliance_id])


class MembershipAcceptView(MembershipVerbView):
    able = "acceptable_by"
    title, button, done = _("接受邀请"), _("接受邀请"), _("已接受邀请。")

    @property
    def explain(self) -> str:
        """What follows: a vote of the members, or membership at once."""
        kept = _("加入后隶属关系不变，党员组织关系不变；以后可以退出。")
        if not self.voted_on():
            return str(kept)
        days = rules_of(self.thing.alliance).admission_days
        return _("接受后由现有成员在 %(days)s 天内表决（共建准入），通过后成为成员。") % {"days": days} + str(kept)

    def voted_on(self) -> bool:
        return self.thing.alliance.runs and rules_of(self.thing.alliance).admission_vote

    def get_form_class(self) -> type[forms.Form]:
        return StatementForm if self.voted_on() else forms.Form

    def speak(self, form: forms.Form) -> Any:
        return accept(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())

    def get_success_url(self) -> str:
        return reverse("alliances:invitations")


class MembershipDeclineView(MembershipVerbView):
    able, form_class = "acceptable_by", RemarkForm
    title, button, done = _("不加入"), _("不加入"), _("已答复不加入。")

    def speak(self, form: forms.Form) -> Any:
        return decline(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())

    def get_success_url(self) -> str:
        return reverse("alliances:invitations")


class AllianceHandOverView(AllianceVerbView):
    able, form_class = "editable_by", HandOverForm
    title, button, done = _("移交牵头"), _("移交牵头"), _("牵头已移交。")
    explain = _("同一时间只有一个牵头党组织。原牵头党组织仍是成员。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"alliance": self.thing}

    def speak(self, form: forms.Form) -> Any:
        return hand_over(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())
