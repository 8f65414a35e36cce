"""What the verbs of the closed loop's hard cases are called, and the buttons that speak them."""

from django.utils.translation import gettext_lazy as _

from members.buttons import Button

VERB_WORDS = {
    "confirm_for": _("代提出方确认"),
    "correct": _("更正确认"),
    "force_release": _("收回认领"),
    "name_helpers": _("登记出力党员"),
    "strike_helper": _("删去误登的出力党员"),
    "dispute": _("提请裁定"),
    "withdraw": _("撤回争议"),
    "settled": _("争议自行解决"),
    "ruled_done": _("裁定已办成"),
    "ruled_back": _("裁定继续办理"),
    "ruled_out": _("裁定收回认领"),
    "carried_out": _("裁定已落实"),
    "reopen": _("问题又出现，重提"),
    "attach": _("归入更大的事项"),
    "detach": _("移出所属事项"),
    "forward": _("提出转办"),
    "take_over": _("接收转办"),
    "pass_back": _("退回转办"),
    "call_back": _("撤回转办"),
}

ITEM_BUTTONS = (
    Button(_("代提出方确认"), "items:confirm_for", "confirmable_for_by", "stamp", primary=True),
    Button(_("转办"), "items:forward", "forwardable_by", "forward"),
    Button(_("问题又出现，重提"), "items:reopen", "reopenable_by", "rotate-ccw"),
    Button(_("更正确认"), "items:correct", "correctable_by", "undo-2", danger=True, seconded="items.correct"),
)

TIE_BUTTONS = (
    Button(_("归入更大的事项"), "items:attach", "attachable_by", "folder-tree"),
    Button(_("移出所属事项"), "items:detach", "detachable_by", "log-out"),
)

CLAIM_BUTTONS = (
    Button(_("登记出力党员"), "claims:name_helpers", "helper_nameable_by", "users", sheet=False),
    Button(_("删去误登"), "claims:strike_helper", "helper_strikable_by", "user-x"),
    Button(_("收回认领"), "claims:force_release", "force_releasable_by", "ban", danger=True),
)

DISPUTE_BUTTONS = (
    Button(_("作出裁定"), "disputes:decide", "decidable_by", "scale", primary=True),
    Button(_("撤回争议"), "disputes:withdraw", "withdrawable_by", "undo-2"),
)

FORWARDING_BUTTONS = (
    Button(_("接收"), "forwardings:take_over", "answerable_by", "circle-check", primary=True),
    Button(_("退回"), "forwardings:pass_back", "answerable_by", "undo-2"),
    Button(_("撤回转办"), "forwardings:call_back", "recallable_by", "undo-2"),
)
