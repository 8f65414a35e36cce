"""What goes out of alliances by REST and what comes in: shape only, ids resolved in the caller's scope."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404
from django.utils.translation import gettext as _
from rest_framework import serializers

from alliances import choices
from alliances.models import Activity, Alliance, Chain, Membership, Session
from members.models import Organization, PartyMember
from members.mouths import LARGEST_ID, fetch
from members.rest import ReasonSerializer


class AllianceSerializer(serializers.ModelSerializer):
    """An alliance; ``crossings`` and ``members_now`` are computed from its current members."""

    open_moves = serializers.ListField(child=serializers.CharField(), read_only=True)
    chains: Any = serializers.SlugRelatedField(slug_field="kind", many=True, read_only=True)
    crossings = serializers.ListField(source="crossing_keys", child=serializers.CharField(), read_only=True)
    members_now = serializers.SerializerMethodField()
    last_session_on = serializers.DateField(read_only=True)

    class Meta:
        model = Alliance
        fields = (
            "id", "code", "name", "state", "open_moves", "region", "form", "mode", "formation", "chains", "crossings",
            "purpose", "parent", "lead", "supervising", "members_now", "last_session_on", "document_number",
            "established", "activated_on", "ended_on", "rectify_by", "source", "synthetic", "updated_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_members_now(self, alliance: Alliance) -> int:
        return alliance.members_now or 0  # type: ignore[attr-defined]


class MembershipSerializer(serializers.ModelSerializer):
    organization_name = serializers.CharField(source="organization.name", read_only=True)
    open_moves = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Membership
        fields = (
            "id", "alliance", "organization", "organization_name", "state", "open_moves", "invited_on", "joined_on",
            "left_on", "synthetic",
        )  # fmt: skip
        read_only_fields = fields


class SessionSerializer(serializers.ModelSerializer):
    """A session: which organisations came; how many people served, never who."""

    organizations: Any = serializers.SlugRelatedField(
        source="attendances", slug_field="organization_id", many=True, read_only=True
    )
    service_person_times = serializers.IntegerField(source="served", read_only=True)

    class Meta:
        model = Session
        fields = ("id", "held_on", "late", "confirmed_at", "organizations", "service_person_times", "note")
        read_only_fields = fields


class ActivitySerializer(serializers.ModelSerializer):
    open_moves = serializers.ListField(child=serializers.CharField(), read_only=True)
    sessions = SessionSerializer(many=True, read_only=True)

    class Meta:
        model = Activity
        fields = (
            "id", "state", "open_moves", "alliance", "region", "kind", "title", "host", "place", "planned_on",
            "sessions", "synthetic", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class Scoped(serializers.PrimaryKeyRelatedField):
    """An id that must lie in what ``find(user, thing)`` offers; any other is a 404, like one that does not exist."""

    def __init__(self, find: Callable[[Any, Any], QuerySet], model: type[Model], **kwargs: Any) -> None:
        self.find = find
        super().__init__(queryset=model._default_manager.none(), **kwargs)

    def get_queryset(self) -> QuerySet:
        return self.find(self.context["request"].user, self.context.get("thing"))

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, bool) or not isinstance(data, int | str):
            self.fail("incorrect_type", data_type=type(data).__name__)
        return fetch(self.get_queryset(), data)


class ScopedList(serializers.ListField):
    """Several such ids, at most 500."""

    def __init__(self, find: Callable[[Any, Any], QuerySet], model: type[Model], **kwargs: Any) -> None:
        self.find, self.model = find, model
        super().__init__(child=serializers.IntegerField(min_value=1, max_value=LARGEST_ID), max_length=500, **kwargs)

    def to_internal_value(self, data: Any) -> list[Any]:
        wanted = set(super().to_internal_value(data))
        found = self.find(self.context["request"].user, self.context.get("thing")).filter(pk__in=wanted)
        things = list(found)
        if len(things) != len(wanted):
            raise Http404
        return things


def visible_organizations(user: Any, _thing: Any) -> QuerySet:
    return Organization.objects.visible_to(user)


class DescriptionSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=80)
    form = serializers.ChoiceField(choices=Alliance.Form.choices)
    mode = serializers.ChoiceField(choices=Alliance.Mode.choices, required=False, allow_blank=True)
    purpose = serializers.CharField(max_length=2000, required=False, allow_blank=True)
    parent: Any = Scoped(
        lambda user, _thing: Alliance.objects.visible_to(user), Alliance, required=False, allow_null=True
    )
    chains = serializers.ListField(
        child=serializers.ChoiceField(choices=Chain.Kind.choices), required=False, max_length=5
    )


class FoundSerializer(DescriptionSerializer):
    formation = serializers.ChoiceField(choices=Alliance.Formation.choices)
    lead = Scoped(visible_organizations, Organization)
    supervising = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)
    region = serializers.CharField(max_length=12)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One applies for those for whom one may; the committee and the place are among those above the lead."""
        lead = attrs["lead"]
        if not choices.leads_for(self.context["request"].user).filter(pk=lead.pk).exists():
            raise PermissionDenied(_("您不能以这个党组织的名义申请。"))
        place = choices.places_of(lead).filter(pk=attrs["region"]).first()
        if place is None:
            raise serializers.ValidationError({"region": [_("服务区划应是牵头党组织所在的区划或其上级。")]})
        return attrs | {"supervising": fetch(choices.committees_above(lead), attrs["supervising"]), "region": place}


class EditSerializer(DescriptionSerializer):
    name = serializers.CharField(max_length=80, required=False)
    form = serializers.ChoiceField(choices=Alliance.Form.choices, required=False)
    document_number = serializers.CharField(max_length=60, required=False, allow_blank=True)


class DocumentSerializer(serializers.Serializer):
    document_number = serializers.CharField(max_length=60, required=False, allow_blank=True)


class RemarkSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True)


class InviteSerializer(serializers.Serializer):
    """Either the id of an organisation that the caller sees, or any organisation's exact code."""

    organization = Scoped(visible_organizations, Organization, required=False)
    code = serializers.CharField(max_length=32, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) != 1:
            raise serializers.ValidationError(_("organization 与 code 须且只须给出一个。"))
        user = self.context["request"].user
        if "code" in attrs:
            seen = choices.invitable_by(user).filter(code=attrs["code"]).first()
            return {"organization": seen} if seen else attrs
        return attrs


class OwnSerializer(serializers.Serializer):
    """For which of one's own organisations one answers."""

    organization = Scoped(visible_organizations, Organization)


class OwnRemarkSerializer(OwnSerializer):
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True)


class OwnReasonSerializer(OwnSerializer):
    reason = serializers.CharField(max_length=500)


class HandOverSerializer(ReasonSerializer):
    organization = Scoped(lambda user, alliance: choices.members_of(alliance), Organization)


class RectifySerializer(ReasonSerializer):
    measures = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    due_on = serializers.DateField(required=False)

    def validate_due_on(self, day: Any) -> str:
        """As text: what waits for a second person is kept as JSON."""
        return str(day.isoformat())


class ReinstateSerializer(ReasonSerializer):
    passed = serializers.BooleanField(default=True)


class RewardSerializer(ReasonSerializer):
    what = serializers.CharField(max_length=500)


class PlanSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=Activity.Kind.choices)
    title = serializers.CharField(max_length=80)
    host = Scoped(choices.hosts_for, Organization)
    planned_on = serializers.DateField()
    place = serializers.CharField(max_length=80, required=False, allow_blank=True)


class HoldSerializer(serializers.Serializer):
    held_on = serializers.DateField()
    organizations = ScopedList(lambda user, activity: choices.attenders_of(activity), Organization, allow_empty=False)
    people = ScopedList(lambda user, _thing: choices.people_of(user), PartyMember, required=False)
    note = serializers.CharField(max_length=1000, required=False, allow_blank=True)


class OfSessionSerializer(serializers.Serializer):
    session = Scoped(lambda user, activity: activity.sessions.all(), Session)


class ServeSerializer(OfSessionSerializer):
    organization = Scoped(lambda user, _thing: Organization.objects.spoken_for_by(user), Organization)
    people = ScopedList(lambda user, _thing: choices.people_of(user), PartyMember, allow_empty=False)
