"""What the verbs of joint cases are called on pages, and the buttons that speak them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from members.buttons import Button

VERB_WORDS = {
    "begin": _("开始联动"),
    "take_in": _("增加部门"),
    "measure_by": _("增加成效项目"),
    "record": _("登记成效"),
    "correct": _("更正成效"),
    "reverse": _("冲正"),
    "close_case": _("结束联动"),
}

CASE_BUTTONS = (
    Button(_("登记成效"), "cases:record", "recordable_by", "clipboard-pen", primary=True),
    Button(_("增加成效项目"), "cases:measure_by", "extendable_by", "plus"),
    Button(_("增加部门"), "cases:take_in", "extendable_by", "user-plus", sheet=False),
    Button(_("结束联动"), "cases:close", "closable_by", "archive", danger=True),
)
