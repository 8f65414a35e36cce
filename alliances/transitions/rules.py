"""The rules of a region (地区规则): who may head an alliance, and how a department changes them, by two people."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from alliances.models import Alliance, ChecklistMark, ChecklistRow, RuleSet
from alliances.transitions.alliance import SUPERVISING_KINDS, refuse_idle
from members.lifecycle import lock, note
from members.models import Approval, Organization, Region, User
from members.states import Refused
from members.transitions import propose

RULES = tuple(field.name for field in RuleSet._meta.fields if field.name not in {"id", "region", "updated_at"})
"""The fields that a department may set."""

JOINT_COMMITTEES = (Alliance.Form.JOINT_WORKING_COMMITTEE, Alliance.Form.JOINT_COMMITTEE)
JOINT_BRANCHES = (Alliance.Form.JOINT_GENERAL_BRANCH, Alliance.Form.JOINT_BRANCH)


def refuse_head(alliance: Alliance, organization: Organization, reason: str = "") -> None:
    """Raise Refused ``head_reserved`` where the region lets nobody of this organisation head the alliance.

    Where the rule holds, a joint committee and what is nested in one is headed by the responsible leader (of a
    committee over the place) or by the lead unit's first person, never from the enterprise or project side. Nested
    branches are exempt where ``reason`` says why. Other forms choose freely.
    """
    nested = alliance.parent_id is not None and alliance.form in JOINT_BRANCHES
    if not RuleSet.objects.for_region(alliance.region_id).head_reserved or (nested and reason.strip()):
        return
    if (nested or alliance.form in JOINT_COMMITTEES) and not _may_head(alliance, organization):
        words = _("本地规则：联合党委书记由包联责任领导或牵头单位主要负责人担任，企业方、项目方负责人不能担任。")
        raise Refused("head_reserved", words + (_("嵌套的党总支、党支部确需例外的，请写明理由。") if nested else ""))


def propose_rules(region: Region, rules: Mapping[str, Any], *, by: User, at: datetime, reason: str) -> Approval:
    """Ask a second person to let these rules hold in the region. Raises ValidationError where nothing would change."""
    if not difference(region, rules):
        raise ValidationError(_("没有改动。"))
    return propose(
        "rule_sets.set", region, by=by, at=at, reason=reason, region_id=region.pk, arguments={"rules": dict(rules)}
    )


@transaction.atomic
def set_rules(region: Region, *, by: Any, at: datetime, reason: str, rules: Mapping[str, Any]) -> RuleSet:
    """From now on the region has these rules of its own; what they do not name it keeps. Votes that are under way
    keep their term."""
    lock(region)
    held = _own_or_new(region)
    for name in RULES:
        if name in rules:
            setattr(held, name, rules[name])
    held.full_clean()
    held.save()
    note(region, "set_rules", at=at, by=by, reason=reason, detail={"rules": dict(rules)})
    return held


def difference(region: Region, rules: Mapping[str, Any]) -> list[dict[str, str]]:
    """What would change against the rules that hold now, in words: the rule's name, before and after."""
    now = RuleSet.objects.for_region(region.pk)
    then = RuleSet(**{name: rules.get(name, getattr(now, name)) for name in RULES})
    return [
        {"word": label, "before": before, "after": after}
        for (label, before), (_label, after) in zip(in_words(now), in_words(then), strict=True)
        if before != after
    ]


def in_words(rules: RuleSet) -> list[tuple[str, str]]:
    """Each rule's name and what it says."""
    return [(str(RuleSet._meta.get_field(name).verbose_name), _word_of(rules, name)) for name in RULES]  # type: ignore[union-attr]


def propose_checklist(region: Region, texts: Mapping[str, str], *, by: User, at: datetime, reason: str) -> Approval:
    """Ask a second person to let the checklist read so (position as text -> words)."""
    if not checklist_difference(region, texts):
        raise ValidationError(_("没有改动。"))
    return propose(
        "checklists.fill", region, by=by, at=at, reason=reason, region_id=region.pk, arguments={"texts": dict(texts)}
    )


@transaction.atomic
def fill_checklist(region: Region, *, by: Any, at: datetime, reason: str, texts: Mapping[str, str]) -> Region:
    """From now on the rows of the region's own checklist read so. Marks stay with their rows."""
    lock(region)
    for row in ChecklistRow.objects.filter(region=region):
        text = str(texts.get(str(row.position), row.text)).strip()
        if text != row.text:
            row.text = text
            row.full_clean()
            row.save()
    note(region, "fill_checklist", at=at, by=by, reason=reason)
    return region


def checklist_difference(region: Region, texts: Mapping[str, str]) -> list[dict[str, str]]:
    """Which rows would read otherwise: group and number, before and after."""
    rows = ChecklistRow.objects.filter(region=region)
    return [
        {"word": f"{row.group} {row.position}", "before": row.text, "after": texts[str(row.position)].strip()}
        for row in rows
        if str(row.position) in texts and texts[str(row.position)].strip() != row.text
    ]


@transaction.atomic
def mark(
    alliance: Alliance, row: ChecklistRow, *, standing: str, remark: str = "", by: Any, at: datetime
) -> ChecklistMark:
    """The lead says in words how the alliance stands with a row. Raises Refused ``not_running``."""
    lock(alliance)
    refuse_idle(alliance)
    there = ChecklistMark.objects.filter(alliance=alliance, row=row).first() or ChecklistMark(
        alliance=alliance, row=row
    )
    there.standing, there.remark, there.marked_at = standing, remark.strip(), at
    there.marked_by = by if hasattr(by, "duty") else None
    there.clean_fields(exclude=["alliance", "row", "marked_by"])
    there.save()
    note(alliance, "mark", at=at, by=by, organization=alliance.lead, detail={"row": row.pk, "standing": standing})
    return there


def _own_or_new(region: Region) -> RuleSet:
    """The region's own rules; else new ones that begin as those that hold there."""
    own: RuleSet | None = RuleSet.objects.filter(region=region).first()
    if own is not None:
        return own
    now = RuleSet.objects.for_region(region.pk)
    return RuleSet(region=region, **{name: getattr(now, name) for name in RULES})


def _word_of(rules: RuleSet, name: str) -> str:
    value = getattr(rules, name)
    if isinstance(value, bool):
        return _("是") if value else _("否")
    shown = getattr(rules, f"get_{name}_display", None)
    return str(shown() if shown else value)


def _may_head(alliance: Alliance, organization: Organization) -> bool:
    above = organization.kind in (*SUPERVISING_KINDS, Organization.Kind.GROUP) and alliance.region_id.startswith(
        organization.region_id
    )
    return not organization.is_enterprise and (organization.pk == alliance.lead_id or above)
