"""Pages of volunteer teams (志愿服务队): of a community, under a captain; members join by themselves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.forms.alliance import RemarkForm
from alliances.forms.registration import PersonForm, TeamForm
from alliances.models import Team, TeamMember
from alliances.transitions import end_team, form_team, join_team, leave_team
from alliances.views.dual import RegistrationVerbView, tabs_for
from alliances.words import TEAM_BUTTONS
from members.buttons import buttons_for
from members.models import Organization, Step
from members.pages import DetailPage, ListPage
from members.words import events_of


class TeamListView(ListPage):
    """The teams of one's own community, of those near oneself, or of the governed subtree."""

    model = Team
    template_name = "registrations/team_list.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().with_size().select_related("community", "captain", "alliance")  # type: ignore[attr-defined]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        own = Organization.objects.offering_by(user).order_by("code")
        return super().get_context_data(tabs=tabs_for(user, "teams"), communities=own, **kwargs)


class TeamFormView(RegistrationVerbView):
    """A community forms a team."""

    model = Organization
    able, form_class = "offering_by", TeamForm
    title, button, done = _("组建志愿服务队"), _("组建"), _("志愿服务队已组建。")
    explain = _("队长从在本社区报到的党员中产生；队员由党员自己加入。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"community": self.thing}

    def speak(self, form: forms.Form) -> Any:
        return form_team(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())

    def get_success_url(self) -> str:
        return str((self.result if hasattr(self, "result") else self.thing).get_absolute_url())


class TeamDetailView(DetailPage):
    """One team: captain, members, since when."""

    model = Team
    template_name = "registrations/team_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("community", "captain__organization", "alliance")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        members = TeamMember.objects.visible_to(user).filter(team=self.object).select_related("person__organization")
        ids = TeamMember.objects.filter(team=self.object).order_by()
        return super().get_context_data(
            thing=self.object,
            buttons=buttons_for(self.object, user, TEAM_BUTTONS),
            members=members,
            size=ids.current().count(),
            leavable=set(ids.leavable_by(user).values_list("pk", flat=True)),
            events=events_of(Step.objects.of(self.object).with_actors()),
            **kwargs,
        )


class TeamJoinView(RegistrationVerbView):
    model = Team
    able, who, form_class = "joinable_by", "near", PersonForm
    title, button, done = _("加入志愿服务队"), _("加入"), _("已加入。")
    explain = _("自愿加入，以后可以随时退出。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "community": self.thing.community_id}

    def speak(self, form: forms.Form) -> Any:
        return join_team(self.thing, form.cleaned_data["person"], by=self.request.user, at=timezone.now())


class TeamEndView(RegistrationVerbView):
    model = Team
    able, who, form_class = "endable_by", "kept_by", RemarkForm
    title, button, done, danger = _("解散志愿服务队"), _("解散"), _("志愿服务队已解散。"), True

    def speak(self, form: forms.Form) -> Any:
        return end_team(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class TeamLeaveView(RegistrationVerbView):
    model = TeamMember
    able, who, form_class = "leavable_by", "acted_for_by", RemarkForm
    title, button, done = _("退出志愿服务队"), _("退出"), _("已退出。")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("team", "person")

    def speak(self, form: forms.Form) -> Any:
        return leave_team(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())

    def get_success_url(self) -> str:
        return str(self.thing.team.get_absolute_url())
