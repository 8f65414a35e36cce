"""What the deeds between the opening of a year and its publication are called, and the buttons that speak them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from assessments.words import VERB_WORDS
from members.buttons import Button

VERBS = {
    **VERB_WORDS,
    "begin": _("开始起草"),
    "write": _("修改自评"),
    "submit": _("提交自评"),
    "return": _("退回"),
    "appeal": _("提出申诉"),
    "forward": _("转报"),
    "upheld": _("申诉成立，更正指标分"),
    "dismissed": _("申诉不成立"),
    "withdraw": _("撤回申诉"),
}

REPORT_BUTTONS = (
    Button(_("提交"), "self_reports:submit", "submittable_by", "send", primary=True),
    Button(_("退回补充"), "self_reports:return", "returnable_by", "undo-2"),
)

APPEAL_BUTTONS = (
    Button(_("申诉成立"), "appeals:uphold", "upholdable_by", "circle-check", primary=True),
    Button(_("申诉不成立"), "appeals:dismiss", "dismissable_by", "circle-x"),
    Button(_("转报"), "appeals:forward", "forwardable_by", "forward", primary=True),
    Button(_("撤回申诉"), "appeals:withdraw", "withdrawable_by", "undo-2"),
)
