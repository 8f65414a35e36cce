"""What the deeds of double registration are called on pages, and the buttons that do them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from members.buttons import Button

VERBS = {
    "ask": _("向社区报到"),
    "accept_link": _("接收并结对"),
    "decline_link": _("不接收"),
    "withdraw_link": _("撤回报到"),
    "end_link": _("结束结对"),
    "register_member": _("党员报到"),
    "end_registration": _("结束报到"),
    "offer": _("发布岗位"),
    "take": _("领岗"),
    "leave_post": _("离岗"),
    "thank": _("致谢"),
    "close_post": _("结束岗位"),
    "form_team": _("组建志愿服务队"),
    "join_team": _("加入志愿服务队"),
    "leave_team": _("退出志愿服务队"),
    "end_team": _("解散志愿服务队"),
}

LINK_BUTTONS = (
    Button(_("接收"), "registrations:accept", "acceptable_by", "circle-check", primary=True),
    Button(_("不接收"), "registrations:decline", "acceptable_by", "undo-2"),
    Button(_("撤回"), "registrations:withdraw", "withdrawable_by", "undo-2"),
    Button(_("结束结对"), "registrations:end_link", "endable_by", "ban", danger=True),
)

SERVICE_POST_BUTTONS = (
    Button(_("领岗"), "registrations:take", "takeable_by", "hand-helping", primary=True),
    Button(_("结束岗位"), "registrations:close", "closable_by", "ban", danger=True),
)

TEAM_BUTTONS = (
    Button(_("加入"), "registrations:join", "joinable_by", "user-plus", primary=True),
    Button(_("解散"), "registrations:end_team", "endable_by", "ban", danger=True),
)
