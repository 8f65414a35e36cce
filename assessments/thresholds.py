"""The verb of rules: a region's thresholds of the dynamic review change, once a second person has agreed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from assessments.fingerprints import fingerprint
from assessments.gauges import GAUGES
from assessments.models import Condition, ReviewRule
from assessments.rules import Rule, rules_in
from assessments.words import rule_words
from members.lifecycle import lock, note
from members.models import Approval, Region, User
from members.states import Refused
from members.transitions import propose


def propose_change(region: Region, rules: list[Rule], *, by: User, at: datetime, reason: str) -> Approval:
    """Ask a second person to let these rules hold in the region. Raises ValidationError where nothing would change."""
    if not difference(region, rules):
        raise ValidationError(_("没有改动。"))
    if len({rule["word"] for rule in rules}) < len(rules):
        raise ValidationError(_("每条规则的提示语应各不相同。"))
    for rule in rules:
        asked = [(one["metric"], one["comparison"]) for one in rule["conditions"]]
        if len(set(asked)) < len(asked):
            raise ValidationError(_("同一个指标的同一种比较只写一次。"))
    return propose("rules.change", region, by=by, at=at, reason=reason, region_id=region.pk, arguments={"rules": rules})


def amended(rules: list[Rule], rule: Rule, number: int | None, was: str) -> list[Rule]:
    """The rules with one of them written anew, or (``number`` None) with one more. ``was`` is the mark of the rule that
    was on the sheet; Refused ``changed`` where another one stands there now."""
    if number is None:
        return [*rules, rule]
    if number >= len(rules) or mark_of(rules[number]) != was:
        raise Refused("changed", _("这条规则刚才已被改动，请重新打开。"))
    return [*rules[:number], rule, *rules[number + 1 :]]


def mark_of(rule: Rule) -> str:
    """By which a rule is known again, as long as nobody changes it."""
    return fingerprint({name: rule[name] for name in ("kind", "word", "active", "conditions")})[:16]


def mark_of_all(rules: list[Rule]) -> str:
    """By which a whole sheet of rules is known again."""
    return fingerprint([mark_of(rule) for rule in rules])[:16]


@transaction.atomic
def change(region: Region, *, by: Any, at: datetime, reason: str, rules: list[Rule]) -> Region:
    """From now on the region has exactly these rules of its own; runs already begun keep theirs."""
    lock(region)
    ReviewRule.objects.filter(region=region).delete()
    for position, said in enumerate(rules):
        rule = ReviewRule(region=region, position=position, kind=said["kind"], word=said["word"], active=said["active"])
        rule.full_clean()
        rule.save()
        for condition in said["conditions"]:
            _condition(rule, condition)
    note(region, "change_rules", at=at, by=by, reason=reason)
    return region


def difference(region: Region, rules: list[Rule]) -> list[dict[str, str]]:
    """What would change against the rules that hold now: the rule's word, before and after in words."""
    standing = {rule["word"]: _said(rule) for rule in rules_in(region.pk)}
    proposed = {rule["word"]: _said(rule) for rule in rules}
    return [
        {"word": word, "before": standing.get(word, ""), "after": proposed.get(word, "")}
        for word in {**standing, **proposed}
        if standing.get(word) != proposed.get(word)
    ]


def _said(rule: Rule) -> str:
    words = rule_words(rule)
    conditions = "；".join(words["conditions"])
    return f"{words['kind']}：{conditions}" if rule["active"] else _("停用：%(rule)s") % {"rule": conditions}


def _condition(rule: ReviewRule, said: dict[str, str]) -> None:
    condition = Condition(rule=rule, **said)
    condition.full_clean()
    if condition.metric not in GAUGES:
        raise ValidationError(_("没有这样的指标：%(metric)s") % {"metric": condition.metric})
    condition.save()
