"""REST over what happens between the opening of a year and its publication: browser sessions only."""

from __future__ import annotations

from collections.abc import Callable
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

from alliances.models import Alliance
from assessments import scoring, transitions
from assessments.models import Appeal, Indicator, Scheme, SelfReport, SlipBatch
from assessments.models.self_report import LONGEST
from assessments.models.slip import MOST_AT_ONCE
from assessments.transitions.slip import issuers_for
from assessments.year_filters import AppealFilter, SelfReportFilter
from members.models import Organization
from members.mouths import LARGEST_ID, demand, fetch
from members.rest import NothingSerializer, ReasonSerializer, ScopedViewSet
from members.scope import rights_of
from members.shapes import Shape


class AllianceOfScheme(serializers.Serializer):
    alliance = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)


class WriteSerializer(AllianceOfScheme):
    """Three short texts; no number is asked for."""

    went_well = serializers.CharField(max_length=LONGEST, required=False, allow_blank=True, default="")
    fell_short = serializers.CharField(max_length=LONGEST, required=False, allow_blank=True, default="")
    plans = serializers.CharField(max_length=LONGEST, required=False, allow_blank=True, default="")


class SelfReportSerializer(Shape):
    open_moves = serializers.ListField(child=serializers.CharField(), read_only=True)
    region = serializers.CharField(source="alliance.region_id", read_only=True)
    late = serializers.BooleanField(read_only=True)

    class Meta:
        model = SelfReport
        fields = (
            "id", "state", "open_moves", "scheme", "alliance", "region", "went_well", "fell_short", "plans",
            "submitted_on", "late", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class RaiseSerializer(AllianceOfScheme):
    indicator = serializers.IntegerField(min_value=1, max_value=LARGEST_ID)
    reason = serializers.CharField(max_length=500)


class AppealSerializer(Shape):
    """``before``: the points at the time of the appeal; ``points``: those of the correction, where it was upheld."""

    open_moves = serializers.ListField(child=serializers.CharField(), read_only=True)
    region = serializers.CharField(source="alliance.region_id", read_only=True)

    class Meta:
        model = Appeal
        fields = (
            "id", "state", "open_moves", "scheme", "alliance", "region", "indicator", "reason", "before", "opinion",
            "points", "answer", "raised_at", "decided_at", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class AppealForwardSerializer(serializers.Serializer):
    opinion = serializers.CharField(max_length=500)


class UpholdSerializer(ReasonSerializer):
    points = serializers.DecimalField(max_digits=5, decimal_places=2, min_value=0, max_value=100)


class AppealWithdrawSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=500, required=False, allow_blank=True, default="")


class SlipsSerializer(AllianceOfScheme):
    """``organization``: in whose name; without it the lead's, or that of one's own community."""

    organization = serializers.IntegerField(min_value=1, max_value=LARGEST_ID, required=False)
    count = serializers.IntegerField(min_value=1, max_value=MOST_AT_ONCE)


class IssuedSerializer(Shape):
    """The codes are told once and stored nowhere."""

    codes = serializers.ListField(child=serializers.CharField(), read_only=True)

    class Meta:
        model = SlipBatch
        fields = ("id", "scheme", "alliance", "organization", "count", "at", "codes")
        read_only_fields = fields


class YearActions(ScopedViewSet):
    """What a scheme's route also does while it is open or being scored."""

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def remind(self, request: Request, pk: str) -> Response:
        """One message for each who has something left to do. 409 ``already_reminded`` on the same day."""
        return self.act("remindable_by", transitions.remind, who="directed_by")

    @extend_schema(request=WriteSerializer, responses={201: SelfReportSerializer})
    @action(detail=True, methods=["post"], url_path="self-reports")
    def self_reports(self, request: Request, pk: str) -> Response:
        """Write the self-report of an alliance of one's own; it stays a draft until it is submitted."""
        scheme, words, alliance = self.about("reportable_by", WriteSerializer, lead_of)
        report = transitions.write(scheme, alliance, **words, by=request.user, at=timezone.now())
        return Response(SelfReportSerializer(report).data, status.HTTP_201_CREATED)

    @extend_schema(request=RaiseSerializer, responses={201: AppealSerializer})
    @action(detail=True, methods=["post"])
    def appeals(self, request: Request, pk: str) -> Response:
        """Appeal against one indicator. 409 ``term_over``, ``already_appealed``."""
        scheme, words, alliance = self.about("appealable_by", RaiseSerializer, lead_of)
        indicator = fetch(Indicator.objects.filter(scheme=scheme) | of_supplements(scheme), words.pop("indicator"))
        case = transitions.appeal(scheme, alliance, indicator, **words, by=request.user, at=timezone.now())
        return Response(AppealSerializer(case).data, status.HTTP_201_CREATED)

    @extend_schema(request=SlipsSerializer, responses={201: IssuedSerializer})
    @action(detail=True, methods=["post"])
    def slips(self, request: Request, pk: str) -> Response:
        """Hand out slips for the masses; the codes are in this answer and nowhere else."""
        scheme, words, alliance = self.about("issuable_by", SlipsSerializer, issuers_for)
        issuers = issuers_for(alliance, request.user)
        wanted = words.pop("organization", None)
        organization: Any = fetch(issuers, wanted) if wanted else issuers.first()
        batch, codes = transitions.issue(scheme, alliance, organization, **words, by=request.user, at=timezone.now())
        batch.codes = codes  # type: ignore[attr-defined]
        answer = Response(IssuedSerializer(batch).data, status.HTTP_201_CREATED)
        answer.told_once = True  # type: ignore[attr-defined]
        return answer

    def about(
        self, able: str, takes: type[serializers.Serializer], speakers: Callable[[Alliance, Any], QuerySet]
    ) -> tuple[Scheme, dict[str, Any], Alliance]:
        """The scheme, what was said, and the alliance that it is about, as far as the caller sees it; 403 where none
        of the ``speakers`` is the caller's."""
        scheme = self.get_object()
        words = self.said(takes)
        alliance = fetch(scoring.assessed_by(scheme).visible_to(self.request.user), words.pop("alliance"))
        if not speakers(alliance, self.request.user).exists():
            raise PermissionDenied(_("您可以查看，但不能办理这件事。"))
        demand(scheme, self.request.user, able, "visible_to")
        return scheme, words, alliance


def lead_of(alliance: Alliance, user: Any) -> QuerySet[Organization]:
    """The lead, where the user speaks for it."""
    return Organization.objects.filter(pk=alliance.lead_id).filter(pk__in=rights_of(user).organizations)


def of_supplements(scheme: Scheme) -> Any:
    return Indicator.objects.filter(supplement__scheme=scheme)


class SelfReportViewSet(ScopedViewSet):
    """Self-reports (自评) that the caller may read."""

    queryset = SelfReport.objects.select_related("scheme", "alliance")
    serializer_class = SelfReportSerializer
    filterset_class = SelfReportFilter
    ordering = ("-id",)
    ordering_fields = ("id", "updated_at")

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def submit(self, request: Request, pk: str) -> Response:
        return self.act("submittable_by", transitions.submit, who="of_own")

    @extend_schema(request=ReasonSerializer)
    @action(detail=True, methods=["post"], url_path="return", url_name="return")
    def return_(self, request: Request, pk: str) -> Response:
        return self.act("returnable_by", transitions.return_, who="overseen_by", takes=ReasonSerializer)


class AppealViewSet(ScopedViewSet):
    """Appeals (申诉) against preliminary results."""

    queryset = Appeal.objects.select_related("scheme", "alliance", "indicator")
    serializer_class = AppealSerializer
    filterset_class = AppealFilter
    ordering = ("-raised_at", "-id")
    ordering_fields = ("raised_at", "updated_at", "id")

    @extend_schema(request=AppealForwardSerializer)
    @action(detail=True, methods=["post"])
    def forward(self, request: Request, pk: str) -> Response:
        return self.act("forwardable_by", transitions.forward, who="between", takes=AppealForwardSerializer)

    @extend_schema(request=UpholdSerializer)
    @action(detail=True, methods=["post"])
    def uphold(self, request: Request, pk: str) -> Response:
        """The indicator gets these points by hand; who decides cannot approve the publication."""
        return self.act("upholdable_by", transitions.uphold, who="judged_by", takes=UpholdSerializer)

    @extend_schema(request=ReasonSerializer)
    @action(detail=True, methods=["post"])
    def dismiss(self, request: Request, pk: str) -> Response:
        return self.act("dismissable_by", transitions.dismiss, who="judged_by", takes=ReasonSerializer)

    @extend_schema(request=AppealWithdrawSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: str) -> Response:
        return self.act("withdrawable_by", transitions.withdraw, who="of_own", takes=AppealWithdrawSerializer)
