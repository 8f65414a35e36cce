"""Figures and statistics for programs and browsers: one definition, one answer, one fingerprint."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from typing import Any, ClassVar, NoReturn

from django.http import Http404
from django.utils import timezone
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import APIException, ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from alliances.measures import GROUPS, Metric, Period
from assessments.statistics import METRICS, Figures, Question, Reach, hide_few, reach_of, whole, whole_and_rows
from members.models import Region
from members.scope import rights_of

MOST_MONTHS = 240
DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Unreadable(APIException):
    """A parameter that cannot be read at all."""

    status_code = status.HTTP_400_BAD_REQUEST
    default_code = "unreadable"


class FigureSerializer(serializers.Serializer):
    """What a figure means."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    unit = serializers.CharField(allow_blank=True)
    definition = serializers.CharField()
    nature = serializers.ChoiceField(choices=["stock", "flow", "rate", "median"])
    additive = serializers.BooleanField()


class GroupSerializer(serializers.Serializer):
    code = serializers.CharField(allow_null=True)
    label = serializers.CharField()  # type: ignore[assignment]


class RowSerializer(serializers.Serializer):
    group = GroupSerializer()
    figures = serializers.DictField(child=serializers.FloatField(allow_null=True))
    suppressed = serializers.ListField(child=serializers.CharField(), required=False)


class StatisticsSerializer(serializers.Serializer):
    """``rows`` only with ``by``; ``suppressed`` names figures hidden because they count fewer than five persons."""

    region = serializers.CharField()
    to = serializers.DateField()
    as_of = serializers.DateField()
    figures = serializers.DictField(child=serializers.FloatField(allow_null=True))
    suppressed = serializers.ListField(child=serializers.CharField(), required=False)
    rows = RowSerializer(many=True, required=False)

    def get_fields(self) -> dict[str, serializers.Field]:
        return {"from": serializers.DateField(), **super().get_fields()}


class FigureViewSet(ViewSet):
    """The definitions of all figures, in their order."""

    scopes: ClassVar[dict[str, str]] = {"*": "statistics:read", "list": "statistics:read"}

    @extend_schema(operation_id="figures_list", responses=FigureSerializer(many=True))
    def list(self, request: Request) -> Response:
        return fingerprinted(request, FigureSerializer(METRICS.values(), many=True).data)


class StatisticsViewSet(ViewSet):
    """The figures of a region over a period, whole and by group."""

    scopes: ClassVar[dict[str, str]] = {"*": "statistics:read", "list": "statistics:read"}

    @extend_schema(
        operation_id="statistics_retrieve",
        parameters=[
            OpenApiParameter("region", str, description="区划代码，缺省为调用方自己的区划"),
            OpenApiParameter("from", date, description="起始日，缺省为截止日当年 1 月 1 日"),
            OpenApiParameter("to", date, description="截止日，缺省为今天"),
            OpenApiParameter("figures", str, description="指标代码，以逗号分隔，缺省为全部"),
            OpenApiParameter("by", str, enum=GROUPS, description="分组"),
        ],
        responses=forced_singular_serializer(StatisticsSerializer),
    )
    def list(self, request: Request) -> Response:
        today = timezone.localdate()
        asked = Asked(request.query_params, reach_of(request.user), today)
        return fingerprinted(request, asked.answer(few_hidden=rights_of(request.user).scopes is not None))


class Asked:
    """The parameters of a question, read one by one; each refusal names its parameter and the way to mend it."""

    def __init__(self, params: Any, reach: Reach, today: date) -> None:
        self.params, self.reach = params, reach
        self.to = self._day("to") or today
        self.first = self._day("from") or date(self.to.year, 1, 1)
        self.as_of = min(self.to, today)
        if self.first > self.to:
            refuse("from", _("起始日不能晚于截止日，请调整 from 或 to。"))
        self.group = self._group()
        self.metrics = self._metrics()
        self.code = self._region()

    def answer(self, *, few_hidden: bool) -> dict[str, Any]:
        """The whole body of the answer."""
        question = Question(self.code, Period(self.first, self.as_of), self.metrics, self.reach.alliances)
        figures, rows = whole_and_rows(question, self.group) if self.group else (whole(question), None)
        said: dict[str, Any] = {"region": self.code, "from": self.first.isoformat(), "to": self.to.isoformat()}
        said |= {"as_of": self.as_of.isoformat(), **shown(figures, few_hidden)}
        if rows is not None:
            said["rows"] = [
                {"group": {"code": row.code, "label": row.label}, **shown(row.figures, few_hidden)} for row in rows
            ]
        return said

    def _day(self, name: str) -> date | None:
        text = self.params.get(name, "")
        if not text:
            return None
        try:
            return date.fromisoformat(text) if DAY.fullmatch(text) else unreadable(name)
        except ValueError:
            unreadable(name)

    def _group(self) -> str | None:
        group = self.params.get("by") or None
        if group is not None and group not in GROUPS:
            refuse("by", _("没有这种分组，请用 %(groups)s 之一。") % {"groups": "、".join(GROUPS)})
        if group == "month" and (self.as_of.year - self.first.year) * 12 > MOST_MONTHS:
            refuse("from", _("按月统计最多 %(months)s 个月，请缩短期间。") % {"months": MOST_MONTHS})
        return group

    def _metrics(self) -> tuple[Metric, ...]:
        names = [name for name in self.params.get("figures", "").split(",") if name]
        unknown = [name for name in names if name not in METRICS]
        if unknown:
            refuse("figures", _("没有这些指标：%(names)s。可用的见 figures/。") % {"names": "、".join(unknown)[:200]})
        return tuple(METRICS[name] for name in dict.fromkeys(names)) or tuple(METRICS.values())

    def _region(self) -> str:
        code = self.params.get("region") or self.reach.home
        known = code.isascii() and code.isdigit() and self.reach.covers(code)
        if not (known and Region.objects.filter(code=code).exists()):
            raise Http404
        return code


def unreadable(name: str) -> NoReturn:
    """Refuse a date that is none."""
    raise Unreadable({name: [_("看不懂这个日期，请写成 2019-04-30 这样的形式。")]})


def refuse(name: str, message: str) -> NoReturn:
    """Refuse a parameter that is readable but invalid."""
    raise ValidationError({name: [message]})


def shown(figures: Figures, few_hidden: bool) -> dict[str, Any]:
    """Figures as they go out, to programs without those of few persons."""
    if not few_hidden:
        return {"figures": figures}
    figures, hidden = hide_few(figures)
    return {"figures": figures, "suppressed": hidden} if hidden else {"figures": figures}


def fingerprinted(request: Request, body: Any) -> Response:
    """The body under its ETag; 304 without a body for a caller who has it already."""
    tag = f'"{hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()[:32]}"'
    held = parse_etags(request.headers.get("If-None-Match", ""))
    if "*" in held or tag in {name.removeprefix("W/") for name in held}:
        return Response(status=status.HTTP_304_NOT_MODIFIED, headers={"ETag": tag})
    return Response(body, headers={"ETag": tag})
