"""The shapes of posts and their consents, of people in joint branches, of instructors."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from alliances import choices
from alliances.models import Consent, Instructor, Participant, Post
from alliances.serializers.fields import Scoped, visible_organizations
from members.models import Organization, PartyMember
from members.shapes import Shape


class ConsentSerializer(Shape):
    """One member organisation's voice."""

    class Meta:
        model = Consent
        fields = ("organization", "agrees", "remark", "at")
        read_only_fields = fields


class PostSerializer(Shape):
    """A post; ``reported`` ones stand by a published report, without consents."""

    label = serializers.CharField(read_only=True)  # type: ignore[assignment]
    reported = serializers.BooleanField(read_only=True)
    open_moves = serializers.ListField(child=serializers.CharField(), read_only=True)
    region = serializers.CharField(source="alliance.region_id", read_only=True)
    consents = ConsentSerializer(many=True, read_only=True)

    class Meta:
        model = Post
        fields = (
            "id", "state", "open_moves", "alliance", "region", "kind", "title", "label", "person", "organization",
            "own_post", "since", "until", "succeeds", "exemption", "reported", "source", "consents", "synthetic",
            "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class NominateSerializer(serializers.Serializer):
    kind = serializers.ChoiceField(choices=Post.Kind.choices)
    person = serializers.CharField(max_length=40)
    since = serializers.DateField()
    until = serializers.DateField()
    organization = Scoped(lambda user, alliance: choices.nominators_of(alliance), Organization, required=False)
    own_post = serializers.CharField(max_length=40, required=False, allow_blank=True)
    title = serializers.CharField(max_length=40, required=False, allow_blank=True)
    succeeds: Any = Scoped(lambda user, alliance: choices.succeeded_in(alliance), Post, required=False)
    exemption = serializers.CharField(max_length=200, required=False, allow_blank=True)


class SayConsentSerializer(serializers.Serializer):
    """For which of one's own organisations one says yes or no."""

    organization = Scoped(visible_organizations, Organization)
    agrees = serializers.BooleanField()
    remark = serializers.CharField(max_length=200, required=False, allow_blank=True)


class ParticipantSerializer(Shape):
    """A Party member's part in a joint branch."""

    open_moves = serializers.ListField(child=serializers.CharField(), read_only=True)
    name = serializers.CharField(source="person.name", read_only=True)
    organization: Any = serializers.PrimaryKeyRelatedField(source="person.organization", read_only=True)

    class Meta:
        model = Participant
        fields = (
            "id", "state", "open_moves", "alliance", "person", "name", "organization", "duty", "proposed_on",
            "joined_on", "left_on", "synthetic", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class PutForwardSerializer(serializers.Serializer):
    person = Scoped(lambda user, alliance: PartyMember.objects.visible_to(user), PartyMember)
    duty = serializers.CharField(max_length=40, required=False, allow_blank=True)


class InstructorSerializer(Shape):
    """Who instructs which social organisation, from when to when."""

    region = serializers.CharField(source="organization.region_id", read_only=True)

    class Meta:
        model = Instructor
        fields = (
            "id", "organization", "region", "person", "sent_by", "own_post", "alliance", "since", "until", "synthetic",
            "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class AssignSerializer(serializers.Serializer):
    organization = Scoped(visible_organizations, Organization)
    person = serializers.CharField(max_length=40)
    sent_by = Scoped(visible_organizations, Organization)
    own_post = serializers.CharField(max_length=40, required=False, allow_blank=True)
    since = serializers.DateField()
