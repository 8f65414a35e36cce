"""The shapes of idea calls, ideas, projects and what belongs to them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, ClassVar

from rest_framework import serializers

from alliances.models import Alliance
from alliances.serializers.fields import Scoped
from listings.models import Candidate, Idea, IdeaCall, Milestone, Project, Visit
from listings.projects import choices
from listings.serializers.fields import Visible
from members.models import Organization
from members.shapes import Shape

AMOUNT: dict[str, Any] = {"max_digits": 14, "decimal_places": 2}


class IdeaCallSerializer(Shape):
    idea_count = serializers.IntegerField(read_only=True)
    chosen_count = serializers.IntegerField(read_only=True)

    class Meta:
        model = IdeaCall
        fields = (
            "id", "state", "open_moves", "alliance", "region", "theme", "about", "opens_on", "closes_on",
            "published_on", "idea_count", "chosen_count", "synthetic", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class NewCallSerializer(serializers.ModelSerializer):
    alliance = Visible(Alliance)

    class Meta:
        model = IdeaCall
        fields = ("alliance", "theme", "about", "opens_on", "closes_on")


class IdeaSerializer(Shape):
    """``finding`` is for those who select, null for others."""

    finding = serializers.SerializerMethodField()
    project: Any = serializers.SerializerMethodField()

    class Meta:
        model = Idea
        fields = (
            "id", "state", "open_moves", "call", "title", "detail", "category", "place", "proposed_by", "for_resident",
            "proposed_on", "finding", "answer", "decided_on", "project", "synthetic", "updated_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_finding(self, idea: Idea) -> str | None:
        return idea.finding if getattr(idea, "steered", False) else None

    def get_project(self, idea: Idea) -> int | None:
        """The id of the project that it became."""
        project = getattr(idea, "project", None)
        return project.pk if project else None


class NewIdeaSerializer(serializers.ModelSerializer):
    """What is handed in to a call; ``proposed_by``: for whom."""

    proposed_by = Scoped(lambda user, call: choices.proposers_of(call, user), Organization)

    class Meta:
        model = Idea
        fields = ("proposed_by", "title", "detail", "category", "place", "for_resident")


class FindingOfIdeaSerializer(serializers.Serializer):
    finding = serializers.CharField(max_length=1000)


class ProjectSerializer(Shape):
    """``paid`` is read from the fund ledger."""

    title = serializers.CharField(source="item.title", read_only=True)
    milestone_count = serializers.IntegerField(read_only=True)
    reached_count = serializers.IntegerField(read_only=True)
    paid = serializers.DecimalField(read_only=True, **AMOUNT)

    class Meta:
        model = Project
        fields = (
            "id", "state", "open_moves", "item", "idea", "title", "alliance", "region", "provider", "budget", "paid",
            "milestone_count", "reached_count", "fixed_on", "begun_on", "accepted_on", "synthetic", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class BidSerializer(serializers.Serializer):
    organization = Scoped(lambda user, project: choices.bidders_of(project, user), Organization)
    plan = serializers.CharField(max_length=1000)


class AppointSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=1000)
    budget = serializers.DecimalField(min_value=Decimal(0), default=Decimal("0.00"), **AMOUNT)


class CandidateSerializer(Shape):
    class Meta:
        model = Candidate
        fields = (
            "id", "state", "open_moves", "project", "organization", "plan", "applied_on", "answer", "synthetic",
            "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class NewMilestoneSerializer(serializers.ModelSerializer):
    class Meta:
        model = Milestone
        fields = ("title", "due_on")


class MilestoneSerializer(Shape):
    paid = serializers.DecimalField(read_only=True, **AMOUNT)

    class Meta:
        model = Milestone
        fields = (
            "id", "state", "open_moves", "project", "title", "due_on", "report", "reported_on", "accepted_on", "paid",
            "synthetic", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class DoneSerializer(serializers.Serializer):
    text = serializers.CharField(max_length=1000)


class PaySerializer(serializers.Serializer):
    amount = serializers.DecimalField(min_value=Decimal("0.01"), **AMOUNT)
    on = serializers.DateField()
    document = serializers.CharField(max_length=80, required=False, allow_blank=True)


class VisitSerializer(Shape):
    class Meta:
        model = Visit
        fields = (
            "id", "project", "visited_on", "seen", "findings", "follow_up", "answer", "answered_on", "synthetic",
            "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class NewVisitSerializer(serializers.ModelSerializer):
    class Meta:
        model = Visit
        fields = ("visited_on", "seen", "findings", "follow_up")
        extra_kwargs: ClassVar[dict[str, Any]] = {"findings": {"required": False}, "follow_up": {"required": False}}


class AccountSerializer(serializers.Serializer):
    """What the project came to; see ``listings.project_account``."""

    budget = serializers.DecimalField(**AMOUNT)
    paid = serializers.DecimalField(**AMOUNT)
    milestones = serializers.IntegerField()
    reached = serializers.IntegerField()
    in_time = serializers.IntegerField()
    visits = serializers.IntegerField()
    findings = serializers.IntegerField()
    asked = serializers.IntegerField()
    followed = serializers.IntegerField()
    days = serializers.IntegerField(allow_null=True)


class CallFiguresSerializer(serializers.Serializer):
    """What came of a call: counted, never typed in."""

    ideas = serializers.IntegerField()
    projects = serializers.IntegerField()
    organizations = serializers.IntegerField()
    paid = serializers.DecimalField(**AMOUNT)
