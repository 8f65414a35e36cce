"""Figures and statistics for programs and browsers: one definition, one answer, one fingerprint."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.http import parse_etags
from drf_spectacular.helpers import forced_singular_serializer
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSet

from alliances.measures import GROUPS
from alliances.models import Alliance, Chain
from alliances.models.alliance import CROSSING_LABELS
from assessments.api.asked import LONGEST, Asked, AskedRows
from assessments.api.figures import DrilledSerializer, FigureSerializer, StatisticsSerializer
from assessments.api.recent import answer
from assessments.drilling import Drill
from assessments.questions import MONTHS, QUARTERS
from assessments.statistics import KEYS, METRICS
from listings.models.listing import Kind
from members.pagination import CursorPages
from members.scope import rights_of


class FigureViewSet(ViewSet):
    """The definitions of all figures, in their order."""

    scopes: ClassVar[dict[str, str]] = {"list": "statistics:read"}

    @extend_schema(operation_id="figures_list", responses=FigureSerializer(many=True))
    def list(self, request: Request) -> Response:
        return fingerprinted(request, FigureSerializer(METRICS.values(), many=True).data)


NARROWED = [
    OpenApiParameter("year", int, description="年份；不写 from、to 时有效"),
    OpenApiParameter("quarter", int, enum=[number for number, _label in QUARTERS], description="季度"),
    OpenApiParameter("month", int, enum=[number for number, _label in MONTHS], description="月份"),
    OpenApiParameter("mode", str, enum=Alliance.Mode.values, description="只统计这种模式的联合体"),
    OpenApiParameter("form", str, enum=Alliance.Form.values, description="只统计这种组织形式的联合体"),
    OpenApiParameter("chain", str, enum=Chain.Kind.values, description="只统计这种链上的联合体"),
    OpenApiParameter(
        "crossing", str, enum=list(CROSSING_LABELS), description="只统计截止日当天成员跨越这一方面的联合体"
    ),
    OpenApiParameter("alliance", int, description="只统计这一个联合体"),
    OpenApiParameter("kind", str, enum=Kind.values, description="只统计这类清单；不按清单统计的指标为 null"),
]
ASKED = [
    OpenApiParameter("region", str, description="区划代码，缺省为调用方自己的区划"),
    OpenApiParameter("from", date, description="起始日，缺省为截止日当年 1 月 1 日"),
    OpenApiParameter("to", date, description="截止日，缺省为今天"),
    *NARROWED,
]


class StatisticsViewSet(ViewSet):
    """The figures of a region over a period, whole and by group; in a browser session also the rows behind one."""

    scopes: ClassVar[dict[str, str]] = {"list": "statistics:read"}

    @extend_schema(
        operation_id="statistics_retrieve",
        parameters=[
            *ASKED,
            OpenApiParameter("figures", str, description="指标代码，以逗号分隔，缺省为全部"),
            OpenApiParameter("by", str, enum=GROUPS, description="分组"),
            OpenApiParameter("compare", str, enum=["year"], description="year：同时给出上年同期和增减"),
            OpenApiParameter(
                "max_age",
                {"type": "integer", "minimum": 0, "maximum": LONGEST},
                description="可接受多少秒以前统计的结果，此时 counted_at 说明何时统计；缺省为 0，当场统计",
            ),
        ],
        responses=forced_singular_serializer(StatisticsSerializer),
    )
    def list(self, request: Request) -> Response:
        asked = Asked(request.user, request.query_params, timezone.localdate())
        few_hidden = rights_of(request.user).scopes is not None
        return fingerprinted(request, answer(asked, few_hidden=few_hidden, now=timezone.now()))

    @extend_schema(
        operation_id="statistics_rows_list",
        parameters=[
            OpenApiParameter("figure", str, enum=KEYS, description="指标代码，缺省为第一个"),
            *ASKED,
            OpenApiParameter("own", bool, description="只列区划本级的记录"),
            OpenApiParameter("cursor", str, description="游标"),
            OpenApiParameter("page_size", int, description="每页行数，最多 100"),
        ],
        responses=DrilledSerializer,
    )
    @action(detail=False, url_path="rows")
    def rows(self, request: Request) -> Response:
        """Exactly the rows that the figure counts, without the names of persons. Browser sessions only."""
        asked = AskedRows(request.user, request.query_params, timezone.localdate())
        drill = asked.drill()
        pager = CursorPages()
        pager.ordering = (drill.ordering,)
        found = pager.paginate_queryset(drill.listed, request)
        told = pager.get_paginated_response([told_of(drill, row) for row in found or []])
        told.data |= {
            "figure": drill.metric.key, "value": drill.value, "counted": drill.size, "hidden": drill.hidden,
            "sentence": drill.sentence(),
        }  # fmt: skip
        return told


def told_of(drill: Drill, row: Any) -> dict[str, Any]:
    """A row for programs: which thing, and its columns by their names. A person has no id here."""
    named = dict(zip(drill.heads(coded=True), drill.cells(row, coded=True), strict=True))
    thing = row._meta.model_name
    return {
        "thing": thing, "id": None if thing == "partymember" else row.pk, "columns": named,
        "counts_as": float(getattr(row, "counts_as", 1)),
    }  # fmt: skip


def fingerprinted(request: Request, body: Any) -> Response:
    """The body under its ETag; 304 without a body for a caller who has it already."""
    tag = f'"{hashlib.sha256(json.dumps(body, sort_keys=True, default=str).encode()).hexdigest()[:32]}"'
    held = parse_etags(request.headers.get("If-None-Match", ""))
    if "*" in held or tag in {name.removeprefix("W/") for name in held}:
        return Response(status=status.HTTP_304_NOT_MODIFIED, headers={"ETag": tag})
    return Response(body, headers={"ETag": tag})
