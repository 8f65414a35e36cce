"""Deeds and proposals of the ground in words, for people who read histories."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from members.models import ApiClient, Approval, Organization, Region, Role, Step

DEEDS = {
    "open_account": _("开设账号"),
    "issue_slip": _("出具激活单"),
    "activate": _("激活"),
    "reset": _("重置密码"),
    "set_password": _("修改密码"),
    "grant_role": _("授予角色"),
    "end_role": _("终止角色"),
    "hand_over": _("更换书记，移交岗位"),
    "disable": _("停用"),
    "enable": _("启用"),
    "revoke_session": _("退出一处登录"),
    "edit": _("修改资料"),
    "register": _("登记党组织"),
    "enrol": _("登记党员"),
    "merge": _("并入另一党组织（重复登记）"),
    "absorb": _("并入一条重复登记"),
    "reaffiliate": _("隶属上级因合并登记而变更"),
    "edit_contact": _("修改联系方式"),
    "reveal_phone": _("查看完整电话"),
    "propose": _("提出，待复核"),
    "approved": _("复核同意"),
    "refused": _("复核不同意"),
    "complain": _("投诉与建议"),
    "answer": _("答复"),
    "create_key": _("签发密钥"),
    "grant_key": _("同意签发密钥"),
    "draw_key": _("领取密钥"),
    "revoke_key": _("吊销密钥"),
    "undo_import": _("撤销导入"),
    "export_people": _("导出党员名单"),
    "set_robot": _("设置群机器人"),
    "end_robot": _("停用群机器人"),
    "test": _("发测试消息"),
    "test_mail": _("发测试邮件"),
    "set_preference": _("修改消息设置"),
    "subscribe": _("订阅事件"),
    "rotate_secret": _("更换订阅密钥"),
    "ping": _("测试订阅"),
    "unsubscribe": _("停用订阅"),
    "replay": _("重发"),
    "set_ceiling": _("设定减负上限"),
    "pass_ceiling": _("超出减负上限"),
    "grant_export": _("同意导出党员名单"),
}


class Event(NamedTuple):
    """A line of a history, as the timeline shows it."""

    what: str
    at: datetime
    who: str
    reason: str


def said(step: Step) -> Event:
    """One deed in words: its own word, else the state that it led to."""
    detail = str(step.detail.get("role", "")) if isinstance(step.detail, dict) else ""
    return Event(f"{deed(step)}{'：' if detail else ''}{detail}", step.at, step.actor, step.reason)


def deed(step: Step) -> str:
    """The word of the deed; for moves of the storeys above the word of the state that they led to."""
    word = DEEDS.get(step.verb)
    if word:
        return str(word)
    model: Any = step.thing_type.model_class()
    states = dict(model.State.choices) if hasattr(model, "State") else {}
    return str(states.get(step.to_state) or step.verb)


def role_words(approvals: Iterable[Approval]) -> dict[int, str]:
    """What each approval would grant: 巴林左旗 · 旗县区委组织部, or a key and its scopes; two queries for all."""
    rows = list(approvals)
    regions = Region.objects.in_bulk({row.arguments.get("region") for row in rows} - {None})
    organizations = Organization.objects.in_bulk({row.arguments.get("organization") for row in rows} - {None})
    kinds = dict(Role.Kind.choices)
    words = {}
    scopes = dict(ApiClient.Scope.choices)
    for row in rows:
        if row.verb == "keys.grant":
            named = "、".join(str(scopes[scope]) for scope in row.arguments["scopes"])
            words[row.pk] = _("接口密钥 · %(name)s（%(scopes)s）") % {"name": row.arguments["name"], "scopes": named}
            continue
        where = regions.get(row.arguments.get("region")) or organizations.get(row.arguments.get("organization"))
        kind = kinds.get(row.arguments.get("role"), "")
        words[row.pk] = f"{where} · {kind}" if where else str(kind)
    return words


def device_of(agent: str) -> str:
    """A browser and its system in two words, from what it says of itself: Chrome 108 · Windows."""
    browser = re.search(r"(MicroMessenger|Edg|Firefox|OPR|Chrome|Version)/(\d+)", agent)
    system = next((name for name in ("Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux") if name in agent), "")
    names = {"MicroMessenger": str(_("微信")), "Edg": "Edge", "OPR": "Opera", "Version": "Safari"}
    first = f"{names.get(browser[1], browser[1])} {browser[2]}" if browser else str(_("其他浏览器"))
    return f"{first} · {system}" if system else first
