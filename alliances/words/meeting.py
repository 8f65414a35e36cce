"""What the deeds of meetings and decisions are called on pages, and the buttons that do them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from members.buttons import Button

VERBS = {
    "convene": _("召集会议"),
    "propose_topic": _("提出议题"),
    "advance_topic": _("上移议题"),
    "strike_topic": _("撤下议题"),
    "hold": _("会议召开"),
    "write_minutes": _("写纪要"),
    "cancel": _("取消会议"),
    "confirm_meeting": _("复核补录"),
    "decide": _("形成决议"),
    "vote": _("参加表决"),
    "adopt": _("过半数同意，表决通过"),
    "reject": _("不可能过半数，表决未通过"),
    "close_vote": _("结束表决"),
    "enact": _("列入清单"),
}

MEETINGS_BUTTONS = (
    Button(_("召集会议"), "alliances:convene", "convenable_by", "calendar-plus", primary=True, sheet=False),
)

MEETING_BUTTONS = (
    Button(_("提出议题"), "meetings:propose", "proposable_by", "list-plus", primary=True),
    Button(_("复核补录"), "meetings:confirm", "confirmable_by", "circle-check", primary=True),
    Button(_("记录召开情况"), "meetings:hold", "holdable_by", "clipboard-pen", sheet=False),
    Button(_("记下决议"), "meetings:decide", "decidable_by", "gavel"),
    Button(_("写纪要"), "meetings:minutes", "minutable_by", "pen-line", sheet=False),
    Button(_("取消会议"), "meetings:cancel", "cancellable_by", "ban", danger=True),
)

DECISION_BUTTONS = (
    Button(_("表决"), "meetings:vote", "votable_by", "vote", primary=True),
    Button(_("列入清单"), "meetings:enact", "enactable_by", "list-checks", sheet=False),
    Button(_("结束表决"), "meetings:close_vote", "closable_by", "ban", danger=True),
)
