"""What the deeds of leadership and joint branches are called on pages, and the buttons that do them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from members.buttons import Button

VERBS = {
    "nominate": _("提名"),
    "consent": _("表态同意"),
    "object": _("表态不同意"),
    "begin": _("成员过半数同意，开始任职"),
    "not_agree": _("未获成员过半数同意"),
    "retract": _("撤回提名"),
    "relieve": _("提前卸任"),
    "succeed": _("由他人接替"),
    "expire": _("任期届满"),
    "term_ends": _("提醒任期即将届满"),
    "report": _("据报道登记"),
    "put_forward": _("推荐参加"),
    "take_in": _("接收参加"),
    "turn_down": _("不接收"),
    "step_out": _("退出"),
    "assign_instructor": _("派驻党建指导员"),
    "recall_instructor": _("召回党建指导员"),
}

LEADERSHIP_BUTTONS = (
    Button(_("提名"), "alliances:nominate", "nominable_by", "user-plus", primary=True, sheet=False),
    Button(_("推荐党员参加"), "alliances:put_forward", "fillable_by", "hand-heart"),
)

POST_BUTTONS = (
    Button(_("表态"), "posts:consent", "consentable_by", "vote", primary=True),
    Button(_("撤回提名"), "posts:retract", "retractable_by", "undo-2", danger=True),
    Button(_("提前卸任"), "posts:relieve", "relievable_by", "archive", danger=True),
)
