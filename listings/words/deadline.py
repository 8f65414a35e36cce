"""What the verbs of terms are called on pages, and the buttons that speak them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from members.buttons import Button

VERB_WORDS = {
    "pause": _("暂停计时"),
    "resume": _("恢复计时"),
    "extend": _("办理期限延长"),
    "escalate": _("逾期督办"),
    "reckon": _("办理期限重新推算"),
}

EXTENSION_WORDS = {
    "ask": _("申请延期"),
    "grant": _("同意延期"),
    "refuse": _("不同意延期"),
}

BUTTONS = (
    Button(_("恢复计时"), "items:resume", "resumable_by", "play", primary=True),
    Button(_("申请延期"), "items:extend", "extendable_by", "calendar-plus"),
    Button(_("暂停计时"), "items:pause", "pausable_by", "pause"),
)
