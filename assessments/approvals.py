"""What needs two people (双人复核): one explicit table of verbs, and the second person's yes and no.

Pages and REST both speak through here, so that a refusal also puts back what waited for the answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from alliances.transitions import fill_checklist, rectify, reinstate, reward, set_rules
from assessments import decisions, exports, imports, merging, thresholds, transitions
from listings.transitions import close_down, correct, fold_into, force_release, rule_out
from listings.transitions.order import retried
from members import accounts
from members import transitions as second_person
from members.models import Approval, User
from members.transitions import Verb

VERBS: Mapping[str, Verb] = {
    **accounts.VERBS,
    "alliances.rectify": rectify,
    "alliances.reinstate": reinstate,
    "alliances.reward": reward,
    "alliances.dissolve": close_down,
    "alliances.merge": fold_into,
    "items.correct": correct,
    "claims.force_release": force_release,
    "disputes.rule_out": rule_out,
    "proposals.confirm": decisions.confirm,
    "proposals.overrule": decisions.overrule,
    "schemes.open": transitions.open_,
    "schemes.publish": transitions.publish,
    "supplements.adopt": transitions.adopt,
    "rules.change": thresholds.change,
    "organizations.merge": merging.merge,
    "imports.apply": imports.apply_now,
    "people.export": exports.grant_people,
    "rule_sets.set": set_rules,
    "checklists.fill": fill_checklist,
}
"""Key -> verb(thing, by, at, reason, **arguments)."""

PUT_BACK: Mapping[str, Verb] = {
    "proposals.confirm": decisions.reopen,
    "proposals.overrule": decisions.reopen,
}
"""What happens to the thing when the second person says no."""

WORDS = {
    "alliances.rectify": _("规范整顿"),
    "alliances.reinstate": _("整顿复核"),
    "alliances.reward": _("政策资金倾斜"),
    "alliances.dissolve": _("撤销联合体"),
    "alliances.merge": _("联合体并入"),
    "items.correct": _("更正确认"),
    "claims.force_release": _("收回认领"),
    "disputes.rule_out": _("裁定收回认领"),
    "proposals.confirm": _("采纳处置建议"),
    "proposals.overrule": _("不采纳处置建议"),
    "schemes.open": _("启动考核评价"),
    "schemes.publish": _("公布考核结果"),
    "supplements.adopt": _("补充指标生效"),
    "rules.change": _("调整动态管理规则"),
    "organizations.merge": _("合并重复登记的党组织"),
    "rule_sets.set": _("调整地区规则"),
    "checklists.fill": _("填写落实清单"),
    "roles.grant": _("授予角色"),
    "keys.grant": _("签发接口密钥"),
    "imports.apply": _("导入联合体"),
    "people.export": _("导出党员名单"),
}


def word_of(approval: Approval) -> str:
    """What the approval is about, in words."""
    return str(WORDS.get(approval.verb, approval.verb))


@retried
def approve(approval: Approval, *, by: User, at: datetime, answer: str = "") -> Any:
    """The second person agrees: the verb takes effect now. Where the verb raises, nothing has changed."""
    return second_person.approve(approval, by=by, at=at, verbs=VERBS, answer=answer)


def refuse(approval: Approval, *, by: User, at: datetime, answer: str) -> Approval:
    """The second person does not agree: nothing happens, and what waited stands as before."""
    with transaction.atomic():
        second_person.refuse(approval, by=by, at=at, answer=answer)
        put_back = PUT_BACK.get(approval.verb)
        if put_back and approval.thing is not None:
            put_back(approval.thing, by=by, at=at, reason=answer)
    return approval
