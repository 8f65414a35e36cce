"""Deeds and proposals of the ground in words, for people who read histories."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from members.models import ApiClient, Approval, Organization, Region, Role, Step

DEEDS = {
    "open_account": _("开设账号"),
    "issue_slip": _("出具激活单"),
    "activate": _("激活"),
    "reset": _("重置密码"),
    "set_password": _("修改密码"),
    "set_up_factor": _("设置第二因素"),
    "give_up_factor": _("停用第二因素"),
    "remove_factor": _("解除第二因素"),
    "renew_recovery_codes": _("更换恢复码"),
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
    "upload_import": _("上传表格"),
    "check_import": _("开始核对"),
    "checked_import": _("核对完成"),
    "order_import": _("确认导入"),
    "apply_import": _("导入完成"),
    "fail_import": _("未能导入"),
    "undo_import": _("撤销导入"),
    "set_rules": _("调整地区规则"),
    "fill_checklist": _("设定检查清单"),
    "save_view": _("保存视图"),
    "drop_view": _("删除视图"),
    "keep_skills": _("填写专长"),
    "load_demo": _("载入演示数据"),
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


@cache
def vocabulary(app: str, model: str) -> Mapping[str, Any]:
    """What a storey calls the deeds on a kind of thing. Its AppConfig names the words in ``deeds``: by model, and
    under ``""`` for all models that have none of their own."""
    named = getattr(apps.get_app_config(app), "deeds", "")
    words: Mapping[str, Mapping[str, Any]] = import_string(named) if named else {}
    return words.get(model) or words.get("", {})


def deed(step: Step) -> str:
    """The word of the deed in the storey of its thing, or on the ground; else that of the state that it led to."""
    kind = ContentType.objects.get_for_id(step.thing_type_id)
    word = vocabulary(kind.app_label, kind.model).get(step.verb) or DEEDS.get(step.verb)
    if word:
        return str(word)
    model: Any = kind.model_class()
    states = dict(model.State.choices) if hasattr(model, "State") else {}
    return str(states.get(step.to_state) or step.verb)


def of_a_role(step: Step) -> str:
    """The deed, and the role that it was about."""
    role = step.detail.get("role", "") if isinstance(step.detail, dict) else ""
    return f"{deed(step)}：{role}" if role else deed(step)


def by_whom(step: Step) -> str:
    """In whose name, and who: 妇联 · 王芳."""
    parts = [str(step.organization.label)] if step.organization else []
    return " · ".join([*parts, step.actor])


def events_of(steps: Iterable[Step], what: Callable[[Step], str] = deed) -> list[Event]:
    """The deeds in words, newest first. Whoever fetches them fetches ``by``, ``client`` and ``organization`` too."""
    ordered = sorted(steps, key=lambda step: (step.at, step.pk), reverse=True)
    return [Event(what(step), step.at, by_whom(step), step.reason) for step in ordered]


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
