"""How the year and the quarter are put into words: figures, evidence, deeds, arguments."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from alliances.measures import Nature
from alliances.models import Reward
from alliances.models.standing import SOURCES
from assessments.gauges import GAUGES, SIGNED
from assessments.models import Condition, Proposal
from assessments.statistics import METRICS
from members.models import Organization

TONES = {"rectify": "late", "dissolve": "late", "merge": "open", "observe": "open", "reward": "done"}
ICONS = {"rectify": "triangle-alert", "dissolve": "archive", "merge": "network", "observe": "eye", "reward": "award"}

VERB_WORDS = {
    "suggest": gettext_lazy("系统提出建议"),
    "confirm_asked": gettext_lazy("提出采纳"),
    "overrule_asked": gettext_lazy("提出不采纳"),
    "confirm": gettext_lazy("复核同意采纳"),
    "overrule": gettext_lazy("复核同意不采纳"),
    "put_forward": gettext_lazy("成批提出"),
    "settle": gettext_lazy("成批复核"),
    "issue": gettext_lazy("发出通知书"),
    "lapse": gettext_lazy("没有研判，已失效"),
    "reopen": gettext_lazy("复核未同意，退回研判"),
    "draw_up": gettext_lazy("拟定方案"),
    "set_aside": gettext_lazy("多次中断，已搁置"),
    "take_up": gettext_lazy("重新分析"),
    "change_rules": gettext_lazy("调整规则"),
    "amend": gettext_lazy("修改指标和权重"),
    "open": gettext_lazy("启动评价"),
    "close": gettext_lazy("结束评价"),
    "publish": gettext_lazy("公布结果"),
    "adopt": gettext_lazy("补充指标生效"),
    "send_back": gettext_lazy("退回修改"),
    "mark": gettext_lazy("部门评分"),
    "rate": gettext_lazy("评价"),
    "remind": gettext_lazy("提醒未完成的单位"),
    "begin": gettext_lazy("开始分析"),
}

ARGUMENT_WORDS = {
    "measures": gettext_lazy("整顿措施"),
    "due_on": gettext_lazy("整顿期限"),
    "recheck_on": gettext_lazy("复核日"),
    "kind": gettext_lazy("方式"),
    "amount": gettext_lazy("金额（元）"),
    "source": gettext_lazy("资金来源"),
    "what": gettext_lazy("倾斜内容"),
    "into": gettext_lazy("并入"),
    "heir": gettext_lazy("并入"),
    "passed": gettext_lazy("复核结论"),
    "dissolve": gettext_lazy("建议"),
    "digest": gettext_lazy("结果摘要"),
    "document_number": gettext_lazy("通报文号"),
    "role": gettext_lazy("角色"),
    "region": gettext_lazy("区划代码"),
    "organization": gettext_lazy("组织编号"),
    "since": gettext_lazy("起"),
    "until": gettext_lazy("止"),
}

CHOICES: Mapping[str, Any] = {"kind": Reward.Kind.choices, "source": SOURCES}
"""Arguments that are a word of a choice."""

ITEM_FIGURES = ("items_", "problems_", "solve_rate", "median_days", "satisfied_rate")
ACTIVITY_FIGURES = ("activities_", "theme_days_")


def label_of(key: str) -> str:
    """The name of a figure."""
    return str(meaning_of(key).label)


def meaning_of(key: str) -> Any:
    """The figure or gauge of that key, with its label, unit and definition."""
    return METRICS.get(key) or GAUGES[key]


def figure(key: str, value: Any) -> str:
    """A figure with its unit; rates in per cent; a dash for none."""
    if value is None or value == "":
        return "—"
    metric = meaning_of(key)
    if metric.nature is Nature.RATE:
        return f"{float(value) * 100:{'+' if key in SIGNED else ''}.1f} %"
    return f"{plain(value)} {metric.unit}".strip()


def plain(value: Any) -> str:
    """A number without needless zeros."""
    return f"{float(value):g}"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One figure of a rule that was hit, beside its threshold, with the way to what it counts."""

    label: str
    value: str
    comparison: str
    threshold: str
    url: str


@dataclass(frozen=True, slots=True)
class Found:
    """A rule that was hit: its word and its figures."""

    word: str
    figures: list[Evidence]


def found_of(proposal: Proposal) -> list[Found]:
    """The rules that were hit."""
    return found_in(proposal.evidence, proposal.run_id, proposal.alliance_id)


def found_in(evidence: Iterable[Mapping[str, Any]], run: int, alliance: int) -> list[Found]:
    """Rules that were hit, from what a proposal or a letter keeps of them."""
    return [Found(rule["word"], [_evidence(c, run, alliance) for c in rule["conditions"]]) for rule in evidence]


def _evidence(condition: Mapping[str, Any], run: int, alliance: int) -> Evidence:
    key = condition["metric"]
    return Evidence(
        label_of(key), figure(key, condition["value"]), str(Condition.Comparison(condition["comparison"]).label),
        figure(key, condition["threshold"]), reverse("reviews:evidence", args=[run, alliance, key]),
    )  # fmt: skip


def rule_words(rule: Mapping[str, Any]) -> dict[str, Any]:
    """A rule as a page shows it: its word, what it suggests, and each condition in words."""
    conditions = [
        f"{label_of(c['metric'])} {Condition.Comparison(c['comparison']).label} {figure(c['metric'], c['threshold'])}"
        for c in rule["conditions"]
    ]
    kind = Proposal.Kind(rule["kind"])
    return {
        "word": rule["word"],
        "kind": kind.label,
        "tone": TONES[kind],
        "icon": ICONS[kind],
        "conditions": conditions,
    }


def counted_at(key: str, alliance: int, days: tuple[date, date]) -> str:
    """The page that lists what a figure counts; for figures of the alliance itself its own page."""
    if key.startswith(ITEM_FIGURES):
        asked: dict[str, str | int] = {"alliance": alliance}
        if not key.startswith(("items_", "satisfied_rate")):
            asked["kind"] = "problem"
        return f"{reverse('items:list')}?{urlencode(asked)}"
    if key.startswith(ACTIVITY_FIGURES):
        return f"{reverse('activities:list')}?{urlencode({'alliance': alliance})}"
    if key.startswith("listings_"):
        return f"{reverse('listings:list')}?{urlencode({'alliance': alliance})}"
    return reverse("alliances:detail", args=[alliance])


def arguments_of(arguments: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What exactly would be done, for the second person: names and values."""
    told = [
        (name, value)
        for name, value in arguments.items()
        if value not in ("", None) and not isinstance(value, list | dict) and name != "into"
    ]
    return [(str(ARGUMENT_WORDS.get(name, name)), _argument(name, value)) for name, value in told]


def _argument(name: str, value: Any) -> str:
    if name == "heir":
        return str(Organization.objects.filter(pk=value).first() or value)
    if name == "dissolve":
        return _("撤销联合体")
    if name in CHOICES:
        return str(dict(CHOICES[name]).get(value, value))
    if isinstance(value, bool):
        return _("通过，恢复运行") if value else _("未通过，延长整顿")
    return str(value)
