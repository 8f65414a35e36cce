"""What the verbs of calls, projects and services are called on pages, and the buttons that speak them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from members.buttons import Button

VERB_WORDS = {
    "open_call": _("发起征集"),
    "close_call": _("征集截止，开始评选"),
    "cancel_call": _("撤销征集"),
    "publish_call": _("公布结果"),
    "propose_idea": _("提交金点子"),
    "study_idea": _("研究"),
    "withdraw_idea": _("撤回"),
    "choose": _("选为项目"),
    "decline_idea": _("未入选"),
    "fix": _("立项，选承接方"),
    "bid": _("申请承接"),
    "withdraw_bid": _("撤回申请"),
    "appoint": _("选定承接方"),
    "decline_bid": _("未选定"),
    "give_up": _("承接方退出，重新选承接方"),
    "set_milestone": _("设定里程碑"),
    "drop_milestone": _("取消里程碑"),
    "report_milestone": _("报告里程碑完成"),
    "accept_milestone": _("验收里程碑"),
    "return_milestone": _("退回里程碑"),
    "pay": _("付款"),
    "visit": _("现场监督"),
    "follow_up": _("落实监督要求"),
    "accept_project": _("项目验收"),
    "send_back": _("提出方退回重办"),
    "stop": _("终止项目"),
    "list_service": _("列入目录"),
    "revise_service": _("修订"),
    "retire_service": _("停用"),
    "begin": _("发起事项"),
    "reveal_phone": _("查看完整电话"),
}

CALL_BUTTONS = (
    Button(_("提交金点子"), "ideas:propose", "answerable_by", "lightbulb", primary=True, sheet=False),
    Button(_("公布结果"), "ideas:publish", "publishable_by", "megaphone", primary=True),
    Button(_("截止并评选"), "ideas:close", "closable_by", "list-checks"),
    Button(_("撤销征集"), "ideas:cancel", "cancellable_by", "ban", danger=True),
)
IDEA_BUTTONS = (
    Button(_("选为项目"), "ideas:choose", "choosable_by", "circle-check", primary=True),
    Button(_("不入选"), "ideas:decline", "declinable_by", "undo-2"),
    Button(_("研究"), "ideas:study", "studyable_by", "search-check"),
    Button(_("撤回"), "ideas:withdraw", "withdrawable_by", "undo-2", danger=True),
)
PROJECT_BUTTONS = (
    Button(_("申请承接"), "projects:bid", "biddable_by", "hand-helping", primary=True),
    Button(_("项目验收"), "projects:accept", "acceptable_by", "circle-check", primary=True),
    Button(_("设里程碑"), "projects:set_milestone", "plannable_by", "calendar-days"),
    Button(_("记监督"), "projects:visit", "visitable_by", "eye"),
    Button(_("终止项目"), "projects:stop", "stoppable_by", "ban", danger=True),
)
MILESTONE_BUTTONS = (
    Button(_("报告完成"), "projects:report", "reportable_by", "pen-line", primary=True),
    Button(_("验收"), "projects:accept_milestone", "acceptable_by", "circle-check", primary=True),
    Button(_("退回"), "projects:return_milestone", "returnable_by", "undo-2"),
    Button(_("付款"), "projects:pay", "payable_by", "wallet"),
    Button(_("取消"), "projects:drop_milestone", "droppable_by", "ban"),
)
CANDIDATE_BUTTONS = (
    Button(_("选定"), "projects:appoint", "appointable_by", "circle-check", primary=True),
    Button(_("撤回申请"), "projects:withdraw_bid", "withdrawable_by", "undo-2"),
)
VISIT_BUTTONS = (Button(_("答复落实情况"), "projects:follow_up", "followable_by", "pen-line", primary=True),)
SERVICE_BUTTONS = (
    Button(_("发起事项"), "services:begin", "usable_by", "plus", primary=True, sheet=False),
    Button(_("修订"), "services:revise", "revisable_by", "pencil", sheet=False),
    Button(_("停用"), "services:retire", "retirable_by", "archive", danger=True),
)
