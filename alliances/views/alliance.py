"""An alliance's own pages: the list, and the tabs of one alliance."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances import choices
from alliances.filters import AllianceFilter
from alliances.forms.alliance import EditForm
from alliances.models import Activity, Alliance, Belt, ChecklistRow, HostTurn, Membership
from alliances.nesting import tree_of
from alliances.sources import report_of
from alliances.transitions import edit
from alliances.views.tabs import Tab, tabs_of
from alliances.words import ACTIVITIES_BUTTONS, ALLIANCE_BUTTONS, STANDING_BUTTONS, what_of
from members.buttons import Button, buttons_for
from members.charts import Slice
from members.models import Region, Step
from members.models.region import ancestors
from members.pages import DetailPage, ListPage, VerbPage
from members.scope import rights_of
from members.words import events_of

MEMBERS_SHOWN = 200
ACTIVITIES_SHOWN = 20


class AllianceListView(ListPage):
    """The register (信息库): a dense table, filtered by chips and by place."""

    model = Alliance
    filterset_class = AllianceFilter
    template_name = "alliances/alliance_list.html"

    def get_queryset(self) -> QuerySet:
        found: Any = super().get_queryset()
        self.count = found.order_by().count()
        return found.with_counts().select_related("lead", "region").prefetch_related("chains")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        context = super().get_context_data(places=self.places(), **kwargs)
        may_found = choices.leads_for(user).exists()
        return context | {"count": self.count, "may_found": may_found, "speaks": bool(rights_of(user).organizations)}

    def places(self) -> list[Tab]:
        """The level beneath the place asked for (or one's own), in code order, and the way up within one's scope."""
        rights = rights_of(self.request.user)
        asked = self.request.GET.get("region", "")
        code = asked if rights.governs(asked) else next(iter(rights.codes), "")
        if not code:
            return []
        above = [Region(code=up, name=str(_("上一级"))) for up in ancestors(code)[-1:] if rights.governs(up)]
        below = Region.objects.children_of(code)
        return [Tab(_("全部"), self.address(""), not asked)] + [
            Tab(place.name, self.address(place.code), place.code == asked) for place in (*above, *below)
        ]

    def address(self, code: str) -> str:
        """This list with the same filters at another place."""
        query = self.request.GET.copy()
        for name in ("region", "cursor"):
            query.pop(name, None)
        if code:
            query["region"] = code
        return f"?{query.urlencode()}"


class AlliancePage(DetailPage):
    """A tab of one alliance: identity bar, tab bar, and the tab's own part."""

    model = Alliance
    context_object_name = "alliance"
    tab: str
    buttons: Sequence[Button] = ALLIANCE_BUTTONS

    def get_queryset(self) -> QuerySet:
        things: Any = super().get_queryset()
        return things.with_counts().select_related("lead", "region", "supervising")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(
            tabs=tabs_of(self.object, self.tab),
            thing=self.object,
            buttons=buttons_for(self.object, self.request.user, self.buttons),
            turn=HostTurn.objects.visible_to(self.request.user).hosting(self.object),
            **kwargs,
        )


class AllianceDetailView(AlliancePage):
    """概况: what it is, where it comes from, who leads it, what reports tell of it."""

    tab = "detail"
    template_name = "alliances/alliance_detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        alliance = self.object
        return super().get_context_data(
            chains=alliance.chains.all(),
            posts=alliance.posts.visible_to(self.request.user).standing().select_related("organization"),
            arrangements=alliance.arrangements.all(),
            facts=[(fact, report_of(fact.source)) for fact in alliance.facts.all()],
            report=report_of(alliance.source),
            tree=tree_of(alliance, self.request.user),
            origin=Alliance.objects.visible_to(self.request.user).filter(pk=alliance.split_from_id).first(),
            successor=Alliance.objects.visible_to(self.request.user).filter(pk=alliance.merged_into_id).first(),
            belts=Belt.objects.filter(stops__alliance=alliance).as_of(timezone.localdate()),
            demonstration=alliance.demonstrations.as_of(timezone.localdate()).first(),
            returned=self.returned(),
            checklist=ChecklistRow.objects.for_region(alliance.region_id).filled().exists(),
            counted=self.counted(),
            **kwargs,
        )

    def counted(self) -> bool:
        """Whether its figures are there for the reader: it runs, and an organisation or a committee follows it."""
        user = self.request.user
        if not self.object.runs or not (rights_of(user).codes or rights_of(user).organizations):
            return False
        return Alliance.objects.followed_by(user).filter(pk=self.object.pk).exists()

    def returned(self) -> Step | None:
        """Why the application came back, while it lies with the applicant."""
        if self.object.state != Alliance.State.RETURNED:
            return None
        return Step.objects.of(self.object).filter(verb="return").last()


class AllianceMembersView(AlliancePage):
    """成员: who is a member, from which field, level and place, and how often they came."""

    tab = "members"
    template_name = "alliances/alliance_members.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        rows = self.object.memberships.visible_to(user).select_related("organization__region")
        came = Count("organization__attendances", Q(organization__attendances__session__activity__alliance=self.object))
        rest = rows.exclude(state__in=("declined", "not_admitted", "asking"))
        members = list(rest.annotate(came=came).order_by("state", "joined_on", "pk"))
        current = [
            m for m in members if m.state == Membership.State.ACCEPTED and m.organization_id != self.object.lead_id
        ]
        mine = set(Membership.objects.leavable_by(user).filter(alliance=self.object).values_list("pk", flat=True))
        answer = set(Membership.objects.acceptable_by(user).filter(alliance=self.object).values_list("pk", flat=True))
        return super().get_context_data(
            memberships=members[:MEMBERS_SHOWN],
            nodes=[Slice(m.organization.label, m.came) for m in current[:24]],
            leavable=mine,
            acceptable=answer,
            newcomers=newcomers_of(rows, user),
            codes=Step.objects.of(self.object).filter(verb="invite").order_by("-at"),
            **kwargs,
        )


def newcomers_of(rows: Any, user: Any) -> list[Membership]:
    """Who waits for the members' vote; ``votable`` where the user has a voice."""
    waiting = list(rows.asking().order_by("vote_until", "pk"))
    mine = set(Membership.objects.votable_by(user).filter(pk__in=[m.pk for m in waiting]).values_list("pk", flat=True))
    for newcomer in waiting:
        newcomer.votable = newcomer.pk in mine
    return waiting


class AllianceActivitiesView(AlliancePage):
    """活动: what is planned, nearest first, then what was, newest first."""

    tab = "activities"
    template_name = "alliances/alliance_activities.html"
    buttons = ACTIVITIES_BUTTONS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        activities = Activity.objects.visible_to(self.request.user).filter(alliance=self.object).select_related("host")
        activities = activities.annotate(held=Count("sessions", distinct=True))
        planned = Activity.State.PLANNED
        return super().get_context_data(
            coming=activities.filter(state=planned).order_by("planned_on", "pk")[:ACTIVITIES_SHOWN],
            past=activities.exclude(state=planned).order_by("-planned_on", "-pk")[:ACTIVITIES_SHOWN],
            **kwargs,
        )


class AllianceStandingView(AlliancePage):
    """动态管理: orders to rectify and their re-checks, rewards, demonstration sites, belts; the departments' verbs."""

    tab = "standing"
    template_name = "alliances/alliance_standing.html"
    buttons = STANDING_BUTTONS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        alliance = self.object
        return super().get_context_data(
            rectifications=alliance.rectifications.all(),
            followed=set(alliance.rectifications.visible_to(self.request.user).values_list("pk", flat=True)),
            rewards=alliance.rewards.all(),
            demonstrations=alliance.demonstrations.order_by("-since"),
            belts=Belt.objects.filter(stops__alliance=alliance),
            **kwargs,
        )


class AllianceTimelineView(AlliancePage):
    """时间线: every deed on the alliance and on the memberships and posts that the user may see, newest first."""

    tab = "timeline"
    template_name = "alliances/alliance_timeline.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        seen = self.object.memberships.visible_to(self.request.user).values("pk")
        of_members = Q(thing_type__app_label="alliances", thing_type__model="membership", thing_id__in=seen)
        posts = self.object.posts.visible_to(self.request.user).values("pk")
        of_posts = Q(thing_type__app_label="alliances", thing_type__model="post", thing_id__in=posts)
        steps = Step.objects.filter(Q(pk__in=Step.objects.of(self.object).values("pk")) | of_members | of_posts)
        shown = steps.with_actors().order_by("-at", "-pk")[:100]
        return super().get_context_data(events=events_of(shown, what_of), **kwargs)


class AllianceEditView(VerbPage):
    """Change what the alliance says of itself."""

    model = Alliance
    able, who = "editable_by", "steered_by"
    form_class: Any = EditForm
    template_name = "alliances/alliance_edit.html"
    done = _("已保存。")

    def get_form_kwargs(self) -> dict[str, Any]:
        own = {
            "user": self.request.user, "region": self.thing.region_id, "lead": self.thing.lead, "instance": self.thing
        }  # fmt: skip
        return super().get_form_kwargs() | own

    def speak(self, form: Any) -> Any:
        return edit(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())
