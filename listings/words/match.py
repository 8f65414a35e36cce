"""What the verbs of matches are called on pages, and the buttons that speak them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from members.buttons import Button

VERB_WORDS = {
    "match": _("提议对接"),
    "accept": _("同意对接"),
    "decline": _("不同意"),
    "withdraw": _("撤回"),
}

MATCH_BUTTONS = (
    Button(_("同意对接"), "matches:accept", "acceptable_by", "handshake", primary=True),
    Button(_("不同意"), "matches:decline", "declinable_by", "undo-2"),
    Button(_("撤回提议"), "matches:withdraw", "withdrawable_by", "undo-2"),
)
