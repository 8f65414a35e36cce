"""REST over schemes as sheets: to draw up, edit, supplement, adopt, mark; for browser sessions only."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from assessments import transitions
from assessments.forms.scheme import ROW
from assessments.marking import alliances_to_mark
from assessments.models import Indicator, Mark, Scheme, Supplement
from assessments.trees import tree_of
from members.models import Region
from members.mouths import demand, fetch
from members.rest import ApprovalSerializer, ReasonSerializer, ScopedViewSet
from members.scope import rights_of
from members.shapes import Shape


class IndicatorStepSerializer(serializers.Serializer):
    """From ``at`` on (or down to it, where less is better) the indicator has so many ``points``."""

    at = serializers.DecimalField(max_digits=12, decimal_places=4)
    points = serializers.DecimalField(max_digits=5, decimal_places=2, min_value=0, max_value=100)


class IndicatorSerializer(Shape):
    """A leaf of the tree: ``group`` names its first-level indicator."""

    metric = serializers.CharField(max_length=40, required=False, allow_blank=True, default="")
    steps = IndicatorStepSerializer(many=True, required=False)

    class Meta:
        model = Indicator
        fields = ("id", *ROW, "steps")
        read_only_fields = ("id",)


class BranchSerializer(serializers.Serializer):
    """A first-level indicator; its weight is the sum of its leaves."""

    name = serializers.CharField()
    weight = serializers.DecimalField(max_digits=7, decimal_places=2)


class SupplementSerializer(Shape):
    """A region's own indicators beside those of the scheme above it."""

    indicators = IndicatorSerializer(many=True, read_only=True)
    open_moves = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = Supplement
        fields = ("id", "state", "open_moves", "scheme", "region", "share", "indicators", "updated_at")
        read_only_fields = fields


class MarkedSerializer(Shape):
    class Meta:
        model = Mark
        fields = ("id", "indicator", "alliance", "score", "reason", "at")
        read_only_fields = fields


class AssessmentDraftSerializer(serializers.Serializer):
    """The indicators are those of the year before."""

    region = serializers.CharField(max_length=12)
    year = serializers.IntegerField(min_value=2000, max_value=2199)
    title = serializers.CharField(max_length=80)
    cut_off = serializers.DateField()


class SheetSerializer(serializers.Serializer):
    """The whole sheet: indicators that are not in it are dropped."""

    indicators = IndicatorSerializer(many=True, allow_empty=False, max_length=20)  # type: ignore[call-arg]


class EditSchemeSerializer(SheetSerializer):
    title = serializers.CharField(max_length=80, required=False)
    cut_off = serializers.DateField(required=False)
    member_weight = serializers.DecimalField(max_digits=5, decimal_places=2, min_value=0, max_value=100, required=False)
    supplement_share = serializers.DecimalField(
        max_digits=5, decimal_places=2, min_value=0, max_value=100, required=False
    )
    excellent_from = serializers.DecimalField(
        max_digits=5, decimal_places=2, min_value=0, max_value=100, required=False
    )
    good_from = serializers.DecimalField(max_digits=5, decimal_places=2, min_value=0, max_value=100, required=False)
    fair_from = serializers.DecimalField(max_digits=5, decimal_places=2, min_value=0, max_value=100, required=False)
    report_days = serializers.IntegerField(min_value=1, max_value=120, required=False)
    appeal_days = serializers.IntegerField(min_value=1, max_value=60, required=False)


class ShareSerializer(serializers.Serializer):
    share = serializers.DecimalField(max_digits=5, decimal_places=2, min_value=0, max_value=100)


class DrawUpSupplementSerializer(ShareSerializer):
    region = serializers.CharField(max_length=12)


class EditSupplementSerializer(SheetSerializer, ShareSerializer):
    pass


class MarkingSerializer(serializers.Serializer):
    alliance = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    indicator = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    score = serializers.DecimalField(max_digits=5, decimal_places=2, min_value=0, max_value=100)
    reason = serializers.CharField(max_length=500)


def branches_of(scheme: Scheme) -> list[Any]:
    """The first-level indicators of a scheme, with their sums."""
    return [branch for branch in tree_of(scheme.indicators.all()) if branch.name]


def amend(scheme: Scheme, *, indicators: list[dict[str, Any]], by: Any, at: Any, **terms: Any) -> Scheme:
    """The verb in the words of the body."""
    return transitions.amend(scheme, terms, indicators, by=by, at=at)


def amend_supplement(
    supplement: Supplement, *, indicators: list[dict[str, Any]], share: Any, by: Any, at: Any
) -> Supplement:
    return transitions.amend_supplement(supplement, share=share, rows=indicators, by=by, at=at)


class SchemeActions(ScopedViewSet):
    """What ``assessments/`` answers about the sheet of a scheme."""

    @extend_schema(request=AssessmentDraftSerializer)
    def create(self, request: Request) -> Response:
        """A draft for a region of one's organisation department, with last year's tree: 201."""
        who = request.user
        if not rights_of(who).departments:
            raise PermissionDenied(_("考核方案由组织部门拟定。"))
        words = self.said(AssessmentDraftSerializer)
        region = fetch(Region.objects.filter(code__in=who.rights.departments), words.pop("region"))  # type: ignore[union-attr]
        scheme = transitions.draw_up(region, by=who, at=timezone.now(), **words)
        return Response(self.get_serializer(self.anew(scheme)).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=EditSchemeSerializer)
    @action(detail=True, methods=["post"])
    def edit(self, request: Request, pk: str) -> Response:
        """Replace a draft's terms and its whole tree."""
        return self.act("editable_by", amend, who="directed_by", takes=EditSchemeSerializer)

    @extend_schema(request=DrawUpSupplementSerializer, responses={201: SupplementSerializer})
    @action(detail=True, methods=["post"])
    def supplements(self, request: Request, pk: str) -> Response:
        """Begin the supplement of a region of one's department."""
        scheme, who = self.get_object(), request.user
        demand(scheme, who, "supplementable_by", "reaching")
        words = self.said(DrawUpSupplementSerializer)
        region = fetch(Region.objects.filter(code__in=who.rights.departments), words.pop("region"))  # type: ignore[union-attr]
        made = transitions.draw_up_supplement(scheme, region, by=who, at=timezone.now(), **words)
        return Response(SupplementSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=MarkingSerializer, responses={201: MarkedSerializer})
    @action(detail=True, methods=["post"])
    def marks(self, request: Request, pk: str) -> Response:
        """Points for one alliance on an indicator that a department scores; a mark given before is replaced."""
        scheme = self.get_object()
        demand(scheme, request.user, "markable_by", "judged_by")
        words, who = self.said(MarkingSerializer), request.user
        alliance = fetch(alliances_to_mark(scheme, who), words.pop("alliance"))
        indicator = fetch(Indicator.objects.of(scheme), words.pop("indicator"))
        made = transitions.mark(scheme, indicator, alliance, by=who, at=timezone.now(), **words)  # type: ignore[arg-type]
        return Response(MarkedSerializer(made).data, status=status.HTTP_201_CREATED)


class SupplementViewSet(ScopedViewSet):
    """Regional supplements (补充指标)."""

    queryset = Supplement.objects.all()
    serializer_class = SupplementSerializer
    ordering = ("-id",)
    ordering_fields = ("id", "updated_at")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().prefetch_related("indicators")

    @extend_schema(request=EditSupplementSerializer, responses=SupplementSerializer)
    @action(detail=True, methods=["post"])
    def edit(self, request: Request, pk: str) -> Response:
        """Replace a draft's share and its whole tree."""
        return self.act("editable_by", amend_supplement, who="directed_by", takes=EditSupplementSerializer)

    @extend_schema(request=ReasonSerializer, responses={202: ApprovalSerializer})
    @action(detail=True, methods=["post"])
    def adopt(self, request: Request, pk: str) -> Response:
        """Ask a second person to let it count."""
        supplement = self.get_object()
        demand(supplement, request.user, "adoptable_by", "directed_by")
        transitions.adoptable_or_refuse(supplement)
        return self.ask_second_person("supplements.adopt", "adoptable_by", who="directed_by")
