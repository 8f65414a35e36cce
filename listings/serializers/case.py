"""The shapes of joint cases, their measures and records."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from alliances.models import Alliance
from listings.models import JointCase, Measure, Record
from listings.serializers.fields import Visible
from members.models import Organization
from members.shapes import Shape


class MeasureSerializer(Shape):
    class Meta:
        model = Measure
        fields = ("id", "name", "unit", "exact")
        read_only_fields = fields


class TotalSerializer(serializers.Serializer):
    period_from = serializers.DateField()
    period_to = serializers.DateField()
    measure = serializers.IntegerField()
    total = serializers.DecimalField(max_digits=20, decimal_places=2)


class CaseSerializer(Shape):
    """``totals``: of all departments together, by period and measure; what was taken back does not count."""

    departments = serializers.SerializerMethodField()
    measures = MeasureSerializer(many=True, read_only=True)
    totals = serializers.SerializerMethodField()

    class Meta:
        model = JointCase
        fields = (
            "id", "state", "open_moves", "alliance", "region", "kind", "title", "detail", "begun_on", "closed_on",
            "outcome", "departments", "measures", "totals", "synthetic", "source", "updated_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_departments(self, case: JointCase) -> list[dict[str, Any]]:
        return [{"organization": one.organization_id, "leads": one.leads} for one in case.takings.all()]

    @extend_schema_field(TotalSerializer(many=True))
    def get_totals(self, case: JointCase) -> list[dict[str, Any]]:
        sums: dict[tuple[Any, Any, int], Any] = {}
        for measure in case.measures.all():
            for line in measure.records.all():
                if line.standing:
                    key = (line.period_from, line.period_to, measure.pk)
                    sums[key] = sums.get(key, 0) + line.value
        rows = [
            {"period_from": first, "period_to": last, "measure": pk, "total": total}
            for (first, last, pk), total in sorted(sums.items())
        ]
        return list(TotalSerializer(rows, many=True).data)


class NewMeasureSerializer(serializers.Serializer):
    name = serializers.CharField(max_length=40)
    unit = serializers.CharField(max_length=8)
    exact = serializers.BooleanField(default=False)


class BeginSerializer(serializers.Serializer):
    """``lead`` and ``departments`` are current members of the alliance."""

    alliance = Visible(Alliance)
    kind = serializers.ChoiceField(JointCase.Kind.choices)
    title = serializers.CharField(max_length=80)
    detail = serializers.CharField(max_length=1000, required=False, allow_blank=True)
    begun_on = serializers.DateField()
    lead = Visible(Organization)
    departments = serializers.ListField(child=Visible(Organization), required=False, max_length=200)
    measures = NewMeasureSerializer(many=True, required=False)


class TakeInSerializer(serializers.Serializer):
    departments = serializers.ListField(child=Visible(Organization), max_length=200)


class NewRecordSerializer(serializers.Serializer):
    """``value`` is a decimal string; ``measure`` the id of one of the case's."""

    measure = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    organization = Visible(Organization)
    period_from = serializers.DateField()
    period_to = serializers.DateField()
    value = serializers.DecimalField(max_digits=18, decimal_places=2, min_value=0)
    basis = serializers.CharField(max_length=200, required=False, allow_blank=True)


class CorrectSerializer(serializers.Serializer):
    value = serializers.DecimalField(max_digits=18, decimal_places=2, min_value=0, required=False, allow_null=True)
    reason = serializers.CharField(max_length=500)


class CloseCaseSerializer(serializers.Serializer):
    outcome = serializers.CharField(max_length=1000, required=False, allow_blank=True)


class RecordSerializer(Shape):
    case = serializers.IntegerField(source="measure.case_id", read_only=True)
    region = serializers.CharField(source="measure.case.region_id", read_only=True)

    class Meta:
        model = Record
        fields = (
            "id", "case", "region", "measure", "organization", "period_from", "period_to", "value", "note", "standing",
            "reverses", "reason", "at", "updated_at",
        )  # fmt: skip
        read_only_fields = fields
