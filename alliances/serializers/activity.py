"""The shapes of activities and sessions."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from alliances import choices
from alliances.models import Activity, Session
from alliances.serializers.fields import Scoped, ScopedList
from members.models import Organization, PartyMember
from members.shapes import Shape


class SessionSerializer(Shape):
    """A session: which organisations came; how many people served, never who."""

    organizations: Any = serializers.SlugRelatedField(
        source="attendances", slug_field="organization_id", many=True, read_only=True
    )
    service_person_times = serializers.IntegerField(source="served", read_only=True)

    class Meta:
        model = Session
        fields = ("id", "held_on", "late", "confirmed_at", "organizations", "service_person_times", "note")
        read_only_fields = fields


class ActivitySerializer(Shape):
    open_moves = serializers.ListField(child=serializers.CharField(), read_only=True)
    sessions = SessionSerializer(many=True, read_only=True)

    class Meta:
        model = Activity
        fields = (
            "id", "state", "open_moves", "alliance", "region", "kind", "title", "host", "place", "planned_on",
            "sessions", "synthetic", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


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
