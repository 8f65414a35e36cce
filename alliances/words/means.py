"""What the deeds on money, people, places and distributions are called on pages, and the buttons that do them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from members.buttons import Button

VERBS = {
    "receive": _("经费入账"),
    "spend": _("经费支出"),
    "draw": _("动用风险准备金"),
    "take_on": _("登记人员"),
    "enlist": _("列入产业化联合体"),
    "share": _("共享阵地"),
    "close": _("停止共享"),
    "book": _("预约"),
    "release": _("取消预约"),
    "refuse": _("不同意预约"),
    "draw_up_scheme": _("制定分配方案"),
    "retire_scheme": _("停用分配方案"),
    "distribute": _("拟定分配"),
    "confirm": _("成员确认"),
    "settle": _("结算"),
    "ask_reversal": _("申请撤回"),
    "reverse": _("撤回"),
    "keep": _("不同意撤回"),
}

FUND_BUTTONS = (
    Button(_("记收入"), "alliances:receive", "providable_by", "plus", primary=True),
    Button(_("记支出"), "alliances:spend", "providable_by", "minus"),
)

STAFF_BUTTONS = (Button(_("登记人员"), "alliances:take_on", "providable_by", "user-plus", primary=True),)

VENUE_BUTTONS = (Button(_("共享阵地"), "alliances:share", "sharable_by", "plus", primary=True),)

CONSORTIUM_BUTTONS = (Button(_("列入成员"), "alliances:enlist", "providable_by", "plus", primary=True),)

DISTRIBUTION_BUTTONS = (
    Button(_("制定分配方案"), "alliances:draw_up_scheme", "providable_by", "file-plus", sheet=False),
)

RESERVE_BUTTONS = (Button(_("动用准备金"), "alliances:draw", "providable_by", "minus"),)

DIVIDED_BUTTONS = (
    Button(_("确认无误"), "distributions:confirm", "confirmable_by", "circle-check", primary=True),
    Button(_("结算"), "distributions:settle", "settlable_by", "stamp", primary=True),
    Button(_("同意撤回"), "distributions:agree_reversal", "reversal_decidable_by", "undo-2", primary=True),
    Button(_("不同意撤回"), "distributions:keep", "reversal_decidable_by", "x"),
    Button(_("作废"), "distributions:cancel", "cancellable_by", "ban", danger=True),
    Button(_("申请撤回"), "distributions:ask_reversal", "reversible_by", "undo-2", danger=True),
)

VENUE_OWN_BUTTONS = (
    Button(_("预约"), "venues:book", "bookable_by", "calendar-plus", primary=True),
    Button(_("修改"), "venues:edit", "editable_by", "pencil"),
    Button(_("停止共享"), "venues:close", "editable_by", "archive", danger=True),
)
