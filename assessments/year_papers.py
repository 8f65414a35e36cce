"""The results of a year as papers and sheets tell them: by grade and code, never by score."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from alliances.models import Alliance
from assessments import results
from assessments.models import AllianceScore, MemberScore, Scheme
from members.models import Region
from members.spreadsheets import Sheet

AT_ONCE = 500


def authority_of(region: Region) -> str:
    """The organisation department that issues the notice."""
    return _("中共%(region)s委员会组织部") % {"region": region.name}


def graded(scheme: Scheme, user: Any) -> list[tuple[str, list[Alliance]]]:
    """Grade -> the alliances that got it, grades from the best down, alliances in the order of codes."""
    seen = AllianceScore.objects.visible_to(user).filter(scheme=scheme).select_related("alliance")
    found: dict[str, list[Alliance]] = {word: [] for word, _count in results.grades(scheme, user)}
    unnamed = _("未定等次")
    for score in seen.order_by("alliance__code", "alliance_id"):
        found.setdefault(score.grade or unnamed, []).append(score.alliance)
    return [(word, alliances) for word, alliances in found.items() if alliances]


def sheets_of(scheme: Scheme, alliances: QuerySet[Alliance], user: Any) -> tuple[Sheet, Sheet, Sheet]:
    """The results, every line of their workings, and the results of members that the user may read."""
    heads = [_("编号"), _("联合体"), _("区划代码"), _("区划"), _("得分"), _("等次"), _("成员评价"), _("结果摘要")]
    heads += [_("演示数据")] if scheme.synthetic else []
    lines = [
        _("编号"), _("联合体"), _("指标"), _("来源"), _("数值"), _("分子"), _("分母"), _("评价数"), _("指标分"),
        _("原权重"), _("实际权重"), _("计入"), _("缺口"), _("更正前"), _("更正理由"),
    ]  # fmt: skip
    members = [_("编号"), _("联合体"), _("组织代码"), _("成员党组织"), _("得分"), _("计算过程")]
    return (
        Sheet(_("考核结果"), heads, _result_rows(scheme, alliances), widths={1: 36, 7: 24}),
        Sheet(_("计算过程"), lines, _line_rows(scheme, alliances), widths={1: 36, 14: 36}),
        Sheet(_("成员结果"), members, _member_rows(scheme, alliances, user), widths={1: 36, 3: 30, 5: 60}),
    )


def _scores(scheme: Scheme, alliances: QuerySet[Alliance]) -> Iterator[AllianceScore]:
    """In code order, a few hundred at a time, so that memory stays flat."""
    ids = list(alliances.values_list("pk", flat=True))
    for begin in range(0, len(ids), AT_ONCE):
        some = Alliance.objects.filter(pk__in=ids[begin : begin + AT_ONCE])
        chunk = some.select_related("region").order_by("code", "pk")
        yield from results.of_alliances(scheme, chunk)


def _result_rows(scheme: Scheme, alliances: QuerySet[Alliance]) -> Iterator[list[Any]]:
    for score in _scores(scheme, alliances):
        one = score.alliance
        yield [
            one.code or "", one.name, one.region_id, one.region.name, _number(score.score), score.grade,
            _number(score.evaluation), score.digest,
        ]  # fmt: skip


def _line_rows(scheme: Scheme, alliances: QuerySet[Alliance]) -> Iterator[list[Any]]:
    for score in _scores(scheme, alliances):
        for line in results.lines_of(score):
            corrected = line.get("corrected") or {}
            yield [
                score.alliance.code or "", score.alliance.name, line["name"], line["source_word"],
                _number(line.get("value")), line.get("numerator"), line.get("denominator"), line.get("raters"),
                _number(line["points"]), _number(line["weight"]), _number(line["used"]), line["contribution"],
                line["gap"], _number(corrected.get("from")), corrected.get("reason", ""),
            ]  # fmt: skip


def _member_rows(scheme: Scheme, alliances: QuerySet[Alliance], user: Any) -> Iterator[list[Any]]:
    seen = MemberScore.objects.visible_to(user).filter(scheme=scheme).select_related("alliance", "organization")
    for score in seen.order_by("alliance__code", "alliance_id", "organization__code").iterator(chunk_size=AT_ONCE):
        told = "；".join(_half(line) for line in score.working["lines"])
        yield [
            score.alliance.code or "", score.alliance.name, score.organization.code, score.organization.name,
            _number(score.score), told,
        ]  # fmt: skip


def _half(line: dict[str, Any]) -> str:
    said = line["gap"] if line["points"] is None else f"{line['points']} × {line['used']}%"
    return f"{line['name']} {said}"


def _number(value: Any) -> Any:
    """What is a number, as one."""
    return None if value in (None, "") else Decimal(str(value))
