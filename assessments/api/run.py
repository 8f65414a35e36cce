"""REST over the runs of the review, its rules, and trials of both. For browser sessions only."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from alliances.models import Alliance
from assessments.filters import RunFilter
from assessments.forms.review import CONDITIONS, RehearsalForm
from assessments.gauges import GAUGES
from assessments.models import Condition, Proposal, ReviewRun
from assessments.rehearsals import rehearsed, tried
from assessments.rules import rules_in
from assessments.thresholds import propose_change
from members.models import Region
from members.mouths import demand
from members.rest import ApprovalSerializer, ReasonSerializer, ScopedViewSet
from members.scope import rights_of, under_any
from members.shapes import Shape

SHOWN = 200


class RunSerializer(Shape):
    open_moves = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = ReviewRun
        fields = (
            "id", "state", "open_moves", "as_of", "period_from", "started_at", "completed_at", "digest", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class ChangeSerializer(serializers.Serializer):
    alliance = serializers.IntegerField(source="alliance.pk")
    before = serializers.JSONField()
    after = serializers.JSONField()


class RehearsalFindingSerializer(serializers.Serializer):
    alliance = serializers.IntegerField(source="alliance.pk")
    light = serializers.CharField()
    values = serializers.JSONField()
    suggestions = serializers.JSONField()


class RehearsalSerializer(serializers.Serializer):
    """At most 200 findings and changes; the counts are of all."""

    reviewed = serializers.IntegerField()
    hit = serializers.IntegerField()
    findings: Any = RehearsalFindingSerializer(many=True)
    changed = serializers.IntegerField()
    changes: Any = ChangeSerializer(many=True)


class ReviewViewSet(ScopedViewSet):
    """Runs of the dynamic review (动态管理分析)."""

    queryset = ReviewRun.objects.all()
    serializer_class = RunSerializer
    filterset_class = RunFilter
    ordering = ("-id",)
    ordering_fields = ("id", "as_of")

    @extend_schema(responses=RehearsalSerializer)
    @action(detail=False, methods=["get"], pagination_class=None, filter_backends=())
    def rehearsal(self, request: Request) -> Response:
        """A dry run: ``as_of`` a past day (yesterday where none is given), of a ``region`` and a ``kind`` if wished."""
        departments = rights_of(request.user).departments
        if not departments:
            raise PermissionDenied
        who: Any = request.user
        today = timezone.localdate()
        said = {"as_of": today - timedelta(days=1)} | request.query_params.dict()
        form = RehearsalForm(said, user=who, today=today)
        if not form.is_valid():
            raise ValidationError(dict(form.errors.as_data()))
        asked, mine = form.cleaned_data, Alliance.objects.filter(under_any(departments))
        place, kind = asked["region"], asked["kind"]
        found, changes, _run = rehearsed(asked["as_of"], mine.within(place.pk) if place else mine)
        hit = [one for one in found if (kind in one.suggestions if kind else one.suggestions)]
        changes = [one for one in changes if not kind or kind in one.before or kind in one.after]
        told = {"reviewed": len(found), "hit": len(hit), "findings": hit[:SHOWN], "changed": len(changes)}
        return Response(RehearsalSerializer(told | {"changes": changes[:SHOWN]}).data)


class ConditionSerializer(serializers.Serializer):
    metric = serializers.ChoiceField(choices=[(key, str(gauge.label)) for key, gauge in GAUGES.items()])
    comparison = serializers.ChoiceField(choices=Condition.Comparison.choices)
    threshold = serializers.DecimalField(max_digits=12, decimal_places=4)

    def validate_threshold(self, value: Any) -> str:
        """As text: what waits for a second person is kept as JSON."""
        return f"{value.normalize():f}"


class ReviewRuleSerializer(serializers.Serializer):
    word = serializers.CharField(max_length=40)
    kind = serializers.ChoiceField(choices=Proposal.Kind.choices)
    active = serializers.BooleanField(default=True)
    conditions: Any = ConditionSerializer(many=True, allow_empty=False, max_length=CONDITIONS)  # type: ignore[call-arg]


class TrySerializer(serializers.Serializer):
    """All the rules that are to hold in the region."""

    rules: Any = ReviewRuleSerializer(many=True, allow_empty=False, max_length=50)  # type: ignore[call-arg]


class ChangeReviewRulesSerializer(ReasonSerializer, TrySerializer):
    """With the reason."""


class RulesOfRegionSerializer(serializers.Serializer):
    """The rules that hold in a region, its own or those of the nearest place above with its own."""

    code = serializers.CharField(source="pk")
    name = serializers.CharField()
    rules: Any = serializers.SerializerMethodField()

    @extend_schema(responses=ReviewRuleSerializer(many=True))
    def get_rules(self, region: Region) -> list[dict[str, Any]]:
        return [{name: value for name, value in rule.items() if name != "region"} for rule in rules_in(region.pk)]


class TrialSerializer(serializers.Serializer):
    as_of = serializers.DateField()
    reviewed = serializers.IntegerField()
    changes: Any = ChangeSerializer(many=True)


class ReviewRuleViewSet(ScopedViewSet):
    """The rules of the dynamic review (动态管理规则), by region; the list names the regions that have their own."""

    queryset = Region.objects.all()
    serializer_class = RulesOfRegionSerializer
    lookup_field = "code"
    lookup_value_regex = "[0-9]{1,12}"
    ordering = ("code",)
    ordering_fields = ("code",)
    moved_at = None

    def get_queryset(self) -> QuerySet:
        regions = super().get_queryset()
        return regions.filter(review_rules__isnull=False).distinct() if self.action == "list" else regions

    def get_object(self) -> Region:
        region: Region | None = self.get_queryset().filter(pk=self.kwargs["code"]).first()
        if region is None:
            raise Http404
        self.demand_unchanged(region)
        return region

    @extend_schema(request=ChangeReviewRulesSerializer, responses={202: ApprovalSerializer})
    @action(detail=True, methods=["post"])
    def change(self, request: Request, code: str) -> Response:
        """A department proposes rules; another person approves."""
        region = self.get_object()
        demand(region, request.user, "directed_by")
        words = self.said(ChangeReviewRulesSerializer)
        rules, who = [as_rule(rule) for rule in words["rules"]], request.user
        asked = propose_change(region, rules, by=who, at=timezone.now(), reason=words["reason"])  # type: ignore[arg-type]
        return Response(ApprovalSerializer(asked).data, status=status.HTTP_202_ACCEPTED)

    @extend_schema(request=TrySerializer, responses=TrialSerializer)
    @action(detail=True, methods=["post"], url_path="try", url_name="try")
    def try_(self, request: Request, code: str) -> Response:
        """What these rules would have suggested in the last quarter, where it differs; nothing is written."""
        region = self.get_object()
        demand(region, request.user, "directed_by")
        trial = tried(region.pk, [as_rule(rule) for rule in self.said(TrySerializer)["rules"]])
        if trial is None:
            return Response({"as_of": None, "reviewed": 0, "changes": []})
        return Response(TrialSerializer(trial).data)


def as_rule(said: dict[str, Any]) -> dict[str, Any]:
    """A rule as JSON keeps it."""
    return {**said, "conditions": [dict(condition) for condition in said["conditions"]]}


