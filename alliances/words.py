"""What the deeds around alliances are called on pages, and the buttons that do them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from alliances.registration_words import REGISTRATION_WORDS
from members.buttons import Button
from members.models import Step

VERB_WORDS = {
    "found": _("拟定组建申请"),
    "submit": _("提交审批"),
    "approve": _("批准成立"),
    "return": _("退回申请"),
    "activate": _("启动运行"),
    "withdraw": _("撤回申请"),
    "edit": _("修改信息"),
    "hand_over": _("移交牵头"),
    "invite": _("发出邀请"),
    "record": _("登记原有联合体和成员"),
    "undo_import": _("撤销导入"),
    "apply": _("申请加入"),
    "revoke": _("撤回加入申请"),
    "vote_on": _("准入表决"),
    "admit": _("获准入，加入"),
    "not_admit": _("未获准入"),
    "accept": _("加入"),
    "decline": _("不加入"),
    "leave": _("退出"),
    "end": _("随联合体终止"),
    "rectify": _("下达规范整顿"),
    "prolong": _("复核未通过，延长整顿"),
    "reinstate": _("复核通过，恢复运行"),
    "reward": _("政策资金倾斜"),
    "dissolve": _("撤销"),
    "mark": _("登记落实清单"),
    "merge": _("并入其他联合体"),
    "split": _("分出新的联合体"),
    "place_under": _("变更上级党组织"),
    "designate": _("命名示范点"),
    "undesignate": _("撤销示范点"),
    "lay": _("命名"),
    "rename": _("改名"),
    "arrange": _("排列站点"),
    "end_belt": _("撤销命名"),
    "plan": _("计划活动"),
    "hold": _("开展活动"),
    "record_session": _("记录又一场次"),
    "serve": _("登记服务人员"),
    "cancel": _("取消活动"),
    "confirm_session": _("复核补录"),
    **REGISTRATION_WORDS,
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
    "plan_in_series": _("随计划排定"),
    "plan_year": _("排定年度活动"),
    "repeat": _("排定重复活动"),
    "adopt_templates": _("采用五个一模板"),
    "add_template": _("添加活动模板"),
    "edit_template": _("修改活动模板"),
    "drop_template": _("删去活动模板"),
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

MEETING_WORDS = {
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

ALLIANCE_BUTTONS = (
    Button(_("审批"), "alliances:approve", "approvable_by", "stamp", primary=True, sheet=False),
    Button(_("提交审批"), "alliances:submit", "submittable_by", "send", primary=True),
    Button(_("启动运行"), "alliances:activate", "activatable_by", "play", primary=True),
    Button(_("排活动"), "alliances:plan", "plannable_by", "calendar-plus"),
    Button(_("邀请成员"), "alliances:invite", "editable_by", "user-plus", sheet=False),
    Button(_("设立下级联合体"), "alliances:nest", "nestable_by", "list-tree", sheet=False),
    Button(_("修改"), "alliances:edit", "editable_by", "pencil", sheet=False),
    Button(_("撤回申请"), "alliances:withdraw", "withdrawable_by", "undo-2"),
)

STANDING_BUTTONS = (
    Button(_("复核整顿"), "alliances:reinstate", "reinstatable_by", "circle-check", primary=True),
    Button(_("提出规范整顿"), "alliances:rectify", "rectifiable_by", "triangle-alert", danger=True),
    Button(_("提出政策资金倾斜"), "alliances:reward", "rewardable_by", "award"),
    Button(_("命名示范点"), "alliances:designate", "designatable_by", "map-pin"),
    Button(_("撤销示范点"), "alliances:undesignate", "undesignatable_by", "map-pin-off", danger=True),
    Button(_("移交牵头"), "alliances:hand_over", "editable_by", "repeat"),
    Button(_("变更上级党组织"), "alliances:place_under", "placeable_by", "git-branch"),
    Button(_("分出新的联合体"), "alliances:split", "splittable_by", "split", sheet=False),
    Button(_("提出并入"), "endings:merge", "mergeable_by", "merge", danger=True, sheet=False),
    Button(_("提出撤销"), "endings:dissolve", "dissolvable_by", "archive", danger=True),
)

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

BELT_BUTTONS = (
    Button(_("排列站点"), "belts:arrange", "arrangeable_by", "list-ordered"),
    Button(_("改名"), "belts:rename", "arrangeable_by", "pencil"),
    Button(_("撤销命名"), "belts:end", "arrangeable_by", "archive", danger=True),
)

ACTIVITY_BUTTONS = (
    Button(_("记录开展情况"), "activities:hold", "holdable_by", "clipboard-pen", primary=True, sheet=False),
    Button(_("重复"), "activities:repeat", "repeatable_by", "repeat"),
    Button(_("取消活动"), "activities:cancel", "cancellable_by", "ban", danger=True),
)

ACTIVITIES_BUTTONS = (
    Button(_("排活动"), "alliances:plan", "plannable_by", "calendar-plus", primary=True),
    Button(_("排年度计划"), "alliances:plan_year", "arrangeable_by", "calendar-range", sheet=False),
)

PLANNING_BUTTONS = (
    Button(_("排年度计划"), "alliances:plan_year", "arrangeable_by", "calendar-range", primary=True, sheet=False),
    Button(_("添加模板"), "alliances:add_template", "arrangeable_by", "plus"),
)

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

LEADERSHIP_BUTTONS = (
    Button(_("提名"), "alliances:nominate", "nominable_by", "user-plus", primary=True, sheet=False),
    Button(_("推荐党员参加"), "alliances:put_forward", "fillable_by", "hand-heart"),
)

POST_BUTTONS = (
    Button(_("表态"), "posts:consent", "consentable_by", "vote", primary=True),
    Button(_("撤回提名"), "posts:retract", "retractable_by", "undo-2", danger=True),
    Button(_("提前卸任"), "posts:relieve", "relievable_by", "archive", danger=True),
)


@dataclass(frozen=True, slots=True)
class Event:
    """A deed as the timeline shows it."""

    what: str
    at: datetime
    who: str
    reason: str


def events_of(steps: Iterable[Step]) -> list[Event]:
    """The deeds in words, newest first."""
    ordered = sorted(steps, key=lambda step: (step.at, step.pk), reverse=True)
    return [Event(what_of(step), step.at, _who(step), step.reason) for step in ordered]


def meeting_events_of(steps: Iterable[Step]) -> list[Event]:
    """The same for a meeting and its decisions; a deed on the agenda names the topic."""
    ordered = sorted(steps, key=lambda step: (step.at, step.pk), reverse=True)
    return [Event(_deed(step), step.at, _who(step), step.reason) for step in ordered]


def _deed(step: Step) -> str:
    word = str(MEETING_WORDS.get(step.verb, step.verb))
    topic = step.detail.get("topic")
    return now_("%(word)s：%(topic)s") % {"word": word, "topic": topic} if topic else word


def what_of(step: Step) -> str:
    """The deed's word; an invitation by code names the code and nothing that it may or may not have found, a decision
    on a newcomer its numbers."""
    word = str(VERB_WORDS.get(step.verb, step.verb))
    if "code" in step.detail:
        return now_("%(word)s（组织代码 %(code)s）") % {"word": word, "code": step.detail["code"]}
    if "electors" in step.detail:
        numbers = now_("%(agreed)s 票同意，%(refused)s 票不同意，共 %(electors)s 个成员") % step.detail
        return f"{word}（{numbers}）"
    return word


def _who(step: Step) -> str:
    parts = [str(step.organization.label)] if step.organization else []
    return " · ".join([*parts, step.actor])
