"""What the deeds on charters, agreements and rotation are called on pages, and the buttons that do them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from members.buttons import Button

VERBS = {
    "draft": _("拟定"),
    "amend": _("修改"),
    "put": _("提交成员"),
    "assent": _("同意"),
    "object": _("提出异议"),
    "sign": _("签署"),
    "renew": _("拟定续签"),
    "remind": _("到期提醒"),
    "withdraw": _("撤回"),
    "in_force": _("生效"),
    "signed": _("全部签署，签订"),
    "superseded": _("由新版接替"),
    "expired": _("到期"),
    "draw_up": _("起草轮值表"),
    "arrange": _("调整次序"),
    "set": _("排定轮值表"),
    "close_up": _("有成员退出，后面的顺次提前"),
    "take_in": _("新成员排在最后"),
    "end": _("结束轮值表"),
    "lay_out": _("排入轮值"),
    "begin": _("开始轮值"),
    "give": _("指定轮值"),
    "ask": _("提出换轮"),
    "accept": _("同意换轮"),
    "refuse": _("不同意换轮"),
    "swap": _("换轮"),
}

CHARTER_TAB_BUTTONS = (
    Button(_("起草章程"), "alliances:draft_charter", "charterable_by", "pencil", sheet=False),
    Button(_("起草协议"), "alliances:draft_agreement", "agreeable_by", "file-plus", sheet=False),
)
ROTATION_TAB_BUTTONS = (Button(_("排轮值表"), "alliances:draw_up_rotation", "rotatable_by", "repeat", primary=True),)
CHARTER_BUTTONS = (
    Button(_("提交成员"), "charters:put", "puttable_by", "send", primary=True),
    Button(_("同意"), "charters:assent", "assentable_by", "check", primary=True),
    Button(_("提出异议"), "charters:object", "objectable_by", "message-square-warning"),
    Button(_("修改"), "charters:amend", "amendable_by", "pencil", sheet=False),
    Button(_("撤回"), "charters:withdraw", "withdrawable_by", "undo-2"),
)
AGREEMENT_BUTTONS = (
    Button(_("发起会签"), "agreements:put", "puttable_by", "send", primary=True),
    Button(_("签署"), "agreements:sign", "signable_by", "pen-line", primary=True),
    Button(_("续签"), "agreements:renew", "renewable_by", "repeat", sheet=False),
    Button(_("修改"), "agreements:amend", "amendable_by", "pencil", sheet=False),
    Button(_("撤回"), "agreements:withdraw", "withdrawable_by", "undo-2"),
)
ROTATION_BUTTONS = (
    Button(_("排定并通知成员"), "rotations:set", "settable_by", "check", primary=True),
    Button(_("调整次序"), "rotations:arrange", "arrangeable_by", "arrow-up-down", sheet=False),
    Button(_("结束轮值表"), "rotations:end", "endable_by", "ban", danger=True),
)
