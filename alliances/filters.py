"""What may be asked of alliances and activities: one FilterSet each, for the page and for REST."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

import django_filters as filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.models import (
    Activity,
    Agreement,
    Alliance,
    Chain,
    Charter,
    Decision,
    HostTurn,
    Instructor,
    Meeting,
    Participant,
    Post,
    Rotation,
    Session,
    Swap,
)
from alliances.models.alliance import CROSSING_LABELS
from members.choosing import IdFilter, RegionFilter
from members.models import Organization


class AllianceFilter(filters.FilterSet):
    """Alliances by name, region, state, form, mode, chain, way of crossing and lead."""

    q = filters.CharFilter(label=_("名称、成员、地名、拼音或编号"), method="search", max_length=80)
    state = filters.ChoiceFilter(label=_("状态"), choices=Alliance.State.choices, empty_label=_("全部状态"))
    form = filters.ChoiceFilter(label=_("组织形式"), choices=Alliance.Form.choices, empty_label=_("全部形式"))
    mode = filters.ChoiceFilter(label=_("模式"), choices=Alliance.Mode.choices, empty_label=_("全部模式"))
    chain = filters.ChoiceFilter(label=_("链"), choices=Chain.Kind.choices, method="on_chain", empty_label=_("全部链"))
    crossing = filters.ChoiceFilter(
        label=_("联建方式"), choices=list(CROSSING_LABELS.items()), method="crosses", empty_label=_("全部方式")
    )
    lead = IdFilter(label=_("牵头党组织"), field_name="lead_id")
    region = RegionFilter(label=_("地区"), widget=forms.HiddenInput)

    class Meta:
        model = Alliance
        fields = ("q", "state", "form", "mode", "chain", "crossing", "lead", "region")

    def search(self, things: QuerySet, name: str, text: str) -> QuerySet:
        """See ``AllianceQuerySet.matching``."""
        return things.matching(text)  # type: ignore[attr-defined]

    def on_chain(self, things: QuerySet, name: str, kind: str) -> QuerySet:
        return things.filter(pk__in=Chain.objects.filter(kind=kind).values("alliance"))

    def crosses(self, things: QuerySet, name: str, way: str) -> QuerySet:
        return things.crossing(way)  # type: ignore[attr-defined]


class ActivityFilter(filters.FilterSet):
    """Activities by title, month or day of the plan, kind, state, region and alliance."""

    VIEWS = (("waiting", _("待我复核补录")),)

    q = filters.CharFilter(label=_("活动主题"), field_name="title", lookup_expr="contains", max_length=80)
    kind = filters.ChoiceFilter(label=_("类型"), choices=Activity.Kind.choices, empty_label=_("全部类型"))
    state = filters.ChoiceFilter(label=_("状态"), choices=Activity.State.choices, empty_label=_("全部状态"))
    month = filters.CharFilter(method="in_month", widget=forms.HiddenInput, max_length=7)
    on = filters.DateFilter(field_name="planned_on", widget=forms.HiddenInput)
    view = filters.ChoiceFilter(choices=VIEWS, method="by_view", widget=forms.HiddenInput)
    alliance = IdFilter(field_name="alliance_id")
    region = RegionFilter(widget=forms.HiddenInput)

    class Meta:
        model = Activity
        fields = ("q", "kind", "state", "month", "on", "view", "alliance", "region")

    def in_month(self, things: QuerySet, name: str, text: str) -> QuerySet:
        first = month_of(text)
        if first is None:
            return things.none()
        return things.filter(planned_on__range=(first, last_day(first)))

    def by_view(self, things: QuerySet, name: str, view: str) -> QuerySet:
        waiting = Session.objects.confirmable_by(self.request.user)
        return things.filter(pk__in=waiting.values("activity"))


class MeetingFilter(filters.FilterSet):
    """Meetings by name, kind, state, region and alliance, or those whose late record waits for the user."""

    VIEWS = (("waiting", _("待我复核补录")),)

    q = filters.CharFilter(label=_("会议名称"), field_name="title", lookup_expr="contains", max_length=80)
    kind = filters.ChoiceFilter(label=_("类型"), choices=Meeting.Kind.choices, empty_label=_("全部类型"))
    state = filters.ChoiceFilter(label=_("状态"), choices=Meeting.State.choices, empty_label=_("全部状态"))
    view = filters.ChoiceFilter(choices=VIEWS, method="by_view", widget=forms.HiddenInput)
    alliance = IdFilter(field_name="alliance_id")
    region = RegionFilter(widget=forms.HiddenInput)

    class Meta:
        model = Meeting
        fields = ("q", "kind", "state", "view", "alliance", "region")

    def by_view(self, things: QuerySet, name: str, view: str) -> QuerySet:
        return things.filter(pk__in=Meeting.objects.confirmable_by(self.request.user).values("pk"))


class DecisionFilter(filters.FilterSet):
    """Decisions of an alliance, a meeting, a state."""

    state = filters.ChoiceFilter(choices=Decision.State.choices)
    alliance = IdFilter(field_name="alliance_id")
    meeting = IdFilter(field_name="meeting_id")
    region = RegionFilter()

    class Meta:
        model = Decision
        fields = ("state", "alliance", "meeting", "region")


class PostFilter(filters.FilterSet):
    """Posts by person, kind, state, saved view (all, ending soon, many posts), region and alliance."""

    VIEWS = (("ending", _("即将届满")), ("many", _("一人多职")))

    q = filters.CharFilter(label=_("姓名或联合体"), method="search", max_length=40)
    kind = filters.ChoiceFilter(label=_("职务"), choices=Post.Kind.choices, empty_label=_("全部职务"))
    state = filters.ChoiceFilter(label=_("状态"), choices=Post.State.choices, empty_label=_("全部状态"))
    view = filters.ChoiceFilter(choices=VIEWS, method="by_view", widget=forms.HiddenInput)
    alliance = IdFilter(field_name="alliance_id")
    region = RegionFilter(widget=forms.HiddenInput)

    class Meta:
        model = Post
        fields = ("q", "kind", "state", "view", "alliance", "region")

    def search(self, things: QuerySet, name: str, text: str) -> QuerySet:
        return things.filter(Q(person__contains=text) | Q(alliance__name__contains=text))

    def by_view(self, things: QuerySet, name: str, view: str) -> QuerySet:
        if view == "ending":
            return things.ending(timezone.localdate())  # type: ignore[attr-defined]
        return things.held_beside_others(Post.objects.visible_to(self.request.user))  # type: ignore[attr-defined]


class ParticipantFilter(filters.FilterSet):
    """People of joint branches by state, region and alliance."""

    state = filters.ChoiceFilter(label=_("状态"), choices=Participant.State.choices, empty_label=_("全部状态"))
    alliance = IdFilter(field_name="alliance_id")
    region = RegionFilter(widget=forms.HiddenInput)

    class Meta:
        model = Participant
        fields = ("state", "alliance", "region")


class InstructorFilter(filters.FilterSet):
    """Instructors by social organisation, region, and whether they are still there."""

    organization = IdFilter(field_name="organization_id")
    current = filters.BooleanFilter(field_name="until", lookup_expr="isnull")
    region = RegionFilter(widget=forms.HiddenInput)

    class Meta:
        model = Instructor
        fields = ("organization", "current", "region")


class SocialFilter(filters.FilterSet):
    """Social organisations by name, region, and whether they have an instructor."""

    VIEWS = (("without", _("尚未派驻")),)

    q = filters.CharFilter(label=_("社会组织名称"), method="search", max_length=40)
    view = filters.ChoiceFilter(choices=VIEWS, method="by_view", widget=forms.HiddenInput)
    region = RegionFilter(widget=forms.HiddenInput)

    class Meta:
        model = Organization
        fields = ("q", "view", "region")

    def search(self, things: QuerySet, name: str, text: str) -> QuerySet:
        return things.matching(text)  # type: ignore[attr-defined]

    def by_view(self, things: QuerySet, name: str, view: str) -> QuerySet:
        there = Instructor.objects.as_of(timezone.localdate()).values("organization")
        return things.exclude(pk__in=there)


class CharterFilter(filters.FilterSet):
    """Versions of charters by alliance and state, or those that wait for a word of the user's."""

    VIEWS = (("waiting", _("待我表态")),)

    state = filters.ChoiceFilter(choices=Charter.State.choices)
    view = filters.ChoiceFilter(choices=VIEWS, method="by_view")
    alliance = IdFilter(field_name="alliance_id")
    region = RegionFilter()

    class Meta:
        model = Charter
        fields = ("state", "view", "alliance", "region")

    def by_view(self, things: QuerySet, name: str, view: str) -> QuerySet:
        return things.filter(pk__in=Charter.objects.awaiting(self.request.user).values("pk"))


class AgreementFilter(filters.FilterSet):
    """Agreements by name, state, region and alliance; those about to expire, those that the user has to sign."""

    VIEWS = (("expiring", _("即将到期")), ("signable", _("待我签署")))

    q = filters.CharFilter(label=_("协议名称"), field_name="title", lookup_expr="contains", max_length=80)
    state = filters.ChoiceFilter(label=_("状态"), choices=Agreement.State.choices, empty_label=_("全部状态"))
    view = filters.ChoiceFilter(choices=VIEWS, method="by_view", widget=forms.HiddenInput)
    alliance = IdFilter(field_name="alliance_id")
    region = RegionFilter(widget=forms.HiddenInput)

    class Meta:
        model = Agreement
        fields = ("q", "state", "view", "alliance", "region")

    def by_view(self, things: QuerySet, name: str, view: str) -> QuerySet:
        if view == "expiring":
            return things.expiring(timezone.localdate())  # type: ignore[attr-defined]
        return things.filter(pk__in=Agreement.objects.signable_by(self.request.user).values("pk"))


class RotationFilter(filters.FilterSet):
    """Calendars of hosts by alliance and state."""

    state = filters.ChoiceFilter(choices=Rotation.State.choices)
    alliance = IdFilter(field_name="alliance_id")
    region = RegionFilter()

    class Meta:
        model = Rotation
        fields = ("state", "alliance", "region")


class HostTurnFilter(filters.FilterSet):
    """Turns by alliance, host, state, and the day that they contain."""

    state = filters.ChoiceFilter(choices=HostTurn.State.choices)
    on = filters.DateFilter(method="that_day")
    alliance = IdFilter(field_name="alliance_id")
    organization = IdFilter(field_name="organization_id")
    region = RegionFilter()

    class Meta:
        model = HostTurn
        fields = ("state", "on", "alliance", "organization", "region")

    def that_day(self, things: QuerySet, name: str, day: date) -> QuerySet:
        return things.on(day)  # type: ignore[attr-defined]


class SwapFilter(filters.FilterSet):
    """Swaps by state and alliance."""

    state = filters.ChoiceFilter(choices=Swap.State.choices)
    alliance = IdFilter(field_name="turn__alliance_id")

    class Meta:
        model = Swap
        fields = ("state", "alliance")


def month_of(text: str) -> date | None:
    """The first day of a month written 2019-06; None for anything else."""
    year, dash, month = text.partition("-")
    whole = dash and len(year) == 4 and len(month) == 2 and (year + month).isascii() and (year + month).isdigit()
    if not whole or not 1 <= int(month) <= 12 or not 1900 <= int(year) <= 2200:
        return None
    return date(int(year), int(month), 1)


def last_day(first: date) -> date:
    """The last day of the month."""
    return first.replace(day=monthrange(first.year, first.month)[1])
