"""What the deeds on activities are called on pages, and the buttons that do them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from members.buttons import Button

VERBS = {
    "plan": _("计划活动"),
    "hold": _("开展活动"),
    "record_session": _("记录又一场次"),
    "serve": _("登记服务人员"),
    "cancel": _("取消活动"),
    "confirm_session": _("复核补录"),
    "plan_in_series": _("随计划排定"),
    "plan_year": _("排定年度活动"),
    "repeat": _("排定重复活动"),
    "adopt_templates": _("采用五个一模板"),
    "add_template": _("添加活动模板"),
    "edit_template": _("修改活动模板"),
    "drop_template": _("删去活动模板"),
    "open_feed": _("订阅日历"),
    "close_feed": _("取消日历订阅"),
}

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
