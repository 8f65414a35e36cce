"""What the deeds around an alliance and its members are called on pages, and the buttons that do them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from members.buttons import Button

VERBS = {
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
    "lift": _("申诉成立，撤销整顿"),
    "reward": _("政策资金倾斜"),
    "dissolve": _("撤销"),
    "mark": _("登记落实清单"),
    "merge": _("并入其他联合体"),
    "split": _("分出新的联合体"),
    "place_under": _("变更上级党组织"),
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
    Button(_("复核整顿"), "alliances:reinstate", "reinstatable_by", "circle-check", primary=True,
           seconded="alliances.reinstate"),
    Button(_("提出规范整顿"), "alliances:rectify", "rectifiable_by", "triangle-alert", danger=True,
           seconded="alliances.rectify"),
    Button(_("提出政策资金倾斜"), "alliances:reward", "rewardable_by", "award", seconded="alliances.reward"),
    Button(_("命名示范点"), "alliances:designate", "designatable_by", "map-pin"),
    Button(_("撤销示范点"), "alliances:undesignate", "undesignatable_by", "map-pin-off", danger=True),
    Button(_("移交牵头"), "alliances:hand_over", "editable_by", "repeat"),
    Button(_("变更上级党组织"), "alliances:place_under", "placeable_by", "git-branch"),
    Button(_("分出新的联合体"), "alliances:split", "splittable_by", "split", sheet=False),
    Button(_("提出并入"), "endings:merge", "mergeable_by", "merge", danger=True, sheet=False,
           seconded="alliances.merge"),
    Button(_("提出撤销"), "endings:dissolve", "dissolvable_by", "archive", danger=True, seconded="alliances.dissolve"),
)
