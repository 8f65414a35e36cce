"""Pages of admission (共建准入): find what one may join, ask, take back, vote."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances import choices
from alliances.forms.admission import ApplyForm, VoteForm
from alliances.forms.alliance import RemarkForm
from alliances.models import AdmissionVote, Alliance
from alliances.transitions import apply, revoke, vote_on
from alliances.transitions.admission import electors_of, rules_of
from alliances.views.founding import AllianceVerbView
from alliances.views.membership import MembershipVerbView
from members.models import Organization
from members.pages import ListPage

SHOWN = 200


class AllianceJoinView(ListPage):
    """The running alliances around one's own organisation that it may ask to join: their name, and little else."""

    model = Alliance
    template_name = "alliances/alliance_join.html"
    ordering = ("-id",)

    def get_queryset(self) -> QuerySet:
        self.text = self.request.GET.get("q", "").replace("\0", "").strip()[:80]
        found = Alliance.objects.joinable_by(self.request.user).with_counts().select_related("region")
        return found.filter(name__contains=self.text) if self.text else found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"q": self.text}


class AllianceApplyView(AllianceVerbView):
    able, who, form_class = "joinable_by", None, ApplyForm
    template_name = "alliances/alliance_apply.html"
    title, button, done = _("申请加入"), _("提出申请"), _("申请已提出，等待表决。")

    def get_queryset(self) -> QuerySet:
        return Alliance.objects.joinable_by(self.request.user).select_related("region")

    def get_form_kwargs(self) -> dict[str, Any]:
        own = choices.newcomers_for(self.request.user, self.thing)
        return super().get_form_kwargs() | {"own": own}

    def speak(self, form: forms.Form) -> Any:
        said = form.cleaned_data
        return apply(
            self.thing, said["organization"], statement=said["statement"], by=self.request.user, at=timezone.now()
        )

    def get_success_url(self) -> str:
        return reverse("alliances:invitations")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(rules=rules_of(self.thing), **kwargs)


class MembershipRevokeView(MembershipVerbView):
    able, form_class = "revocable_by", RemarkForm
    title, button, done = _("撤回申请"), _("撤回申请"), _("申请已撤回。")

    def speak(self, form: forms.Form) -> Any:
        return revoke(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())

    def get_success_url(self) -> str:
        return reverse("alliances:invitations")


class MembershipVoteView(MembershipVerbView):
    """Who wants to join and why, who has spoken, and two buttons."""

    able, who, form_class = "votable_by", "judged_by", VoteForm
    template_name = "alliances/membership_vote.html"
    title, done = _("准入表决"), _("已表决；截止前可以改。")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("organization__region")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"own": choices.voters_for(self.request.user, self.thing)}

    def speak(self, form: forms.Form) -> Any:
        said = form.cleaned_data
        return vote_on(self.thing, said["organization"], agrees=said["agrees"], by=self.request.user, at=timezone.now())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        electors = Organization.objects.filter(pk__in=electors_of(self.thing)).order_by("region_id", "code")
        said = {voice.organization_id: voice for voice in AdmissionVote.objects.filter(membership=self.thing)}
        own = {organization.pk for organization in choices.voters_for(self.request.user, self.thing)}
        rows = [(organization, organization.pk in said) for organization in electors[:SHOWN]]
        return super().get_context_data(
            rules=rules_of(self.thing.alliance),
            rows=rows,
            spoken=len(said.keys() & {organization.pk for organization in electors}),
            electors=len(electors),
            mine=[said[pk] for pk in own if pk in said],
            last=len(electors) - len(said.keys() & {organization.pk for organization in electors}) == 1
            and not own <= said.keys(),
            days_left=(self.thing.vote_until - timezone.localdate()).days if self.thing.vote_until else None,
            **kwargs,
        )
