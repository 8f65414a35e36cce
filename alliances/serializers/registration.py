"""The shapes of double registration: links, registrations, posts, teams. Of people the name and post, never a phone."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from alliances.models import Alliance, OrganLink, PostHolding, Registration, ServicePost, Skill, Team, TeamMember
from alliances.serializers.fields import Scoped, ScopedList
from members.models import Organization, PartyMember
from members.shapes import Shape


def own_organs(user: Any, _thing: Any) -> Any:
    return Organization.objects.linkable_by(user)


def own_communities(user: Any, _thing: Any) -> Any:
    return Organization.objects.offering_by(user)


def communities(_user: Any, _thing: Any) -> Any:
    """All of them: which fits is the verb's business, and their names are no secret."""
    return Organization.objects.communities()


def acted_for(user: Any, _thing: Any) -> Any:
    return PartyMember.objects.acted_for_by(user)


class OpenMoves(Shape):
    open_moves = serializers.ListField(child=serializers.CharField(), read_only=True)


class OrganLinkSerializer(OpenMoves):
    region = serializers.CharField(source="organ.region_id", read_only=True)

    class Meta:
        model = OrganLink
        fields = (
            "id", "state", "open_moves", "organ", "community", "region", "asked_on", "linked_on", "ended_on",
            "synthetic", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class RegistrationSerializer(OpenMoves):
    """``region`` is the organ's own, where the registration counts."""

    name = serializers.CharField(source="person.name", read_only=True)
    post = serializers.CharField(source="person.post", read_only=True)
    organization = serializers.IntegerField(source="person.organization_id", read_only=True)
    region = serializers.CharField(source="person.organization.region_id", read_only=True)

    class Meta:
        model = Registration
        fields = (
            "id", "state", "open_moves", "person", "name", "post", "organization", "community", "region",
            "registered_on", "ended_on", "synthetic", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class ServicePostSerializer(OpenMoves):
    taken = serializers.IntegerField(read_only=True)

    class Meta:
        model = ServicePost
        fields = (
            "id", "state", "open_moves", "community", "region", "title", "skill", "times", "detail", "capacity",
            "taken", "offered_on", "closed_on", "synthetic", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class PostHoldingSerializer(OpenMoves):
    name = serializers.CharField(source="person.name", read_only=True)

    class Meta:
        model = PostHolding
        fields = ("id", "state", "open_moves", "post", "person", "name", "taken_on", "ended_on", "synthetic")
        read_only_fields = fields


class TeamSerializer(OpenMoves):
    size = serializers.IntegerField(read_only=True)
    captain_name = serializers.CharField(source="captain.name", read_only=True)

    class Meta:
        model = Team
        fields = (
            "id", "state", "open_moves", "community", "region", "alliance", "name", "captain", "captain_name", "size",
            "formed_on", "ended_on", "synthetic", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class AskSerializer(serializers.Serializer):
    organ = Scoped(own_organs, Organization)
    community = Scoped(communities, Organization)


class RegisterSerializer(serializers.Serializer):
    people = ScopedList(acted_for, PartyMember, allow_empty=False)
    community = Scoped(communities, Organization)


class SkillsSerializer(serializers.Serializer):
    person = Scoped(acted_for, PartyMember)
    skills = serializers.ListField(child=serializers.ChoiceField(choices=Skill.choices), max_length=20)


class OfferSerializer(serializers.Serializer):
    community = Scoped(own_communities, Organization)
    title = serializers.CharField(max_length=40)
    skill = serializers.ChoiceField(choices=Skill.choices, required=False, allow_blank=True)
    capacity = serializers.IntegerField(min_value=1, max_value=100)
    times = serializers.CharField(max_length=60, required=False, allow_blank=True)
    detail = serializers.CharField(max_length=500, required=False, allow_blank=True)


class WhoSerializer(serializers.Serializer):
    """For whom: oneself, or somebody of one's own branch."""

    person = Scoped(acted_for, PartyMember)


class HolderSerializer(serializers.Serializer):
    """Somebody who holds the post."""

    person = Scoped(lambda user, post: PartyMember.objects.filter(holdings__post=post, holdings__state="taken"),
                    PartyMember)  # fmt: skip


class ThankSerializer(HolderSerializer):
    words = serializers.CharField(max_length=200, required=False, allow_blank=True)


class LeavePostSerializer(HolderSerializer):
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True)


class CloseSerializer(serializers.Serializer):
    words = serializers.CharField(max_length=200, required=False, allow_blank=True)


class LeaveTeamSerializer(serializers.Serializer):
    person = Scoped(lambda user, team: PartyMember.objects.filter(teams__team=team, teams__state="joined"), PartyMember)
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True)


class TeamFormSerializer(serializers.Serializer):
    community = Scoped(own_communities, Organization)
    name = serializers.CharField(max_length=40)
    captain = Scoped(lambda user, _thing: registered_with_own(user), PartyMember)
    alliance = Scoped(lambda user, _thing: Alliance.objects.joined_by(user), Alliance, required=False, allow_null=True)


def registered_with_own(user: Any) -> Any:
    """Who is registered with a community that the user speaks for."""
    there = Registration.objects.current().filter(community__in=Organization.objects.offering_by(user))
    return PartyMember.objects.filter(pk__in=there.values("person"))


class TeamMemberSerializer(OpenMoves):
    name = serializers.CharField(source="person.name", read_only=True)

    class Meta:
        model = TeamMember
        fields = ("id", "state", "open_moves", "team", "person", "name", "joined_on", "left_on", "synthetic")
        read_only_fields = fields
