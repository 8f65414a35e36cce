"""The shapes of meetings, topics and decisions."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from alliances import choices
from alliances.models import Decision, Meeting, Topic, Voice
from alliances.serializers.fields import Scoped, ScopedList
from members.models import Organization
from members.rest import ReasonSerializer
from members.shapes import Shape


class TopicSerializer(Shape):
    class Meta:
        model = Topic
        fields = ("id", "position", "title", "detail", "first", "proposed_by")
        read_only_fields = fields


class MeetingSerializer(Shape):
    """A meeting with its agenda, and which organisations came; never who."""

    open_moves = serializers.ListField(child=serializers.CharField(), read_only=True)
    topics = TopicSerializer(many=True, read_only=True)
    organizations: Any = serializers.SlugRelatedField(
        source="attendances", slug_field="organization_id", many=True, read_only=True
    )
    decisions: Any = serializers.PrimaryKeyRelatedField(many=True, read_only=True)

    class Meta:
        model = Meeting
        fields = (
            "id", "state", "open_moves", "alliance", "region", "kind", "title", "host", "planned_on", "begins_at",
            "place", "invitation", "topics", "held_on", "organizations", "minutes", "decisions", "late",
            "confirmed_at", "synthetic", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class ConveneSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=Meeting.Kind.choices)
    title = serializers.CharField(max_length=80)
    host = Scoped(lambda user, alliance: choices.members_of(alliance), Organization)
    planned_on = serializers.DateField()
    begins_at = serializers.TimeField(required=False, allow_null=True)
    place = serializers.CharField(max_length=80, required=False, allow_blank=True)
    invitation = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    topics = serializers.ListField(child=serializers.CharField(max_length=80), required=False, max_length=30)


class NewTopicSerializer(serializers.Serializer):
    organization = Scoped(lambda user, meeting: choices.voices_of(user, meeting.alliance), Organization)
    title = serializers.CharField(max_length=80)
    detail = serializers.CharField(max_length=1000, required=False, allow_blank=True)


class OfTopicSerializer(serializers.Serializer):
    topic = Scoped(lambda user, meeting: meeting.topics.all(), Topic)


class StrikeSerializer(OfTopicSerializer, ReasonSerializer):
    pass


class HoldMeetingSerializer(serializers.Serializer):
    held_on = serializers.DateField()
    organizations = ScopedList(lambda user, meeting: choices.attenders_of(meeting), Organization, allow_empty=False)
    minutes = serializers.CharField(max_length=5000, required=False, allow_blank=True)


class MinutesSerializer(serializers.Serializer):
    minutes = serializers.CharField(max_length=5000)


class DecideSerializer(serializers.Serializer):
    topic = Scoped(lambda user, meeting: meeting.topics.all(), Topic, required=False, allow_null=True)
    title = serializers.CharField(max_length=80)
    text = serializers.CharField(max_length=5000, required=False, allow_blank=True)
    put_to_vote = serializers.BooleanField(default=False)


class VoiceSerializer(Shape):
    class Meta:
        model = Voice
        fields = ("organization", "choice", "voted_at")
        read_only_fields = fields


class ResolvedSerializer(Shape):
    open_moves = serializers.ListField(child=serializers.CharField(), read_only=True)
    voices = VoiceSerializer(many=True, read_only=True)

    class Meta:
        model = Decision
        fields: tuple[str, ...] = (
            "id", "number", "state", "open_moves", "alliance", "region", "meeting", "topic", "title", "text", "voices",
            "updated_at",
        )  # fmt: skip
        read_only_fields: tuple[str, ...] = fields


class DecisionVoteSerializer(serializers.Serializer):
    organization = Scoped(lambda user, decision: choices.voices_of(user, decision.alliance), Organization)
    choice = serializers.ChoiceField(choices=Voice.Choice.choices)
