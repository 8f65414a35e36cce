"""First steps in a new office, ticked off by what is there and not by a click; who has gone them sees them no more."""

from __future__ import annotations

from datetime import date
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.translation import gettext as _

from alliances.models import Alliance
from listings.models import Listing
from members.models import Approval, Organization, Region, Role
from members.scope import rights_of, under_any


class FirstStep(NamedTuple):
    """What is to be done first, where, and whether it has been."""

    label: str
    about: str
    done: bool
    url: str = ""


def first_steps(user: Any, today: date) -> list[FirstStep]:
    """Of the system administrator until a department can work, of a department until its area has a list; else none."""
    if getattr(user, "duty", "") == "system":
        steps = _of_system(today)
    else:
        steps = _of_department(user, today) if rights_of(user).departments else []
    return [] if all(step.done for step in steps) else steps


def waiting_for(user: Any) -> str:
    """What there is to know for an account that can do nothing yet; empty for who holds a role."""
    if user.current_roles:
        return ""
    if Approval.objects.of(user).pending().filter(verb="roles.grant").exists():
        return _("您的角色正在等待安全管理员复核，同意后即可开始工作。")
    return _("您现在没有角色。请联系上级组织部门或系统管理员。")


def _of_system(today: date) -> list[FirstStep]:
    departments = Role.objects.filter(role__in=Role.DEPARTMENTS)
    asked = Approval.objects.filter(verb="roles.grant").exists()
    held = departments.as_of(today).exists()
    return [
        FirstStep(
            _("载入区划"), _("由运维执行 manage.py load_regions 和 load_rules；没有区划就没有辖区。"),
            Region.objects.exists(),
        ),
        FirstStep(
            _("为组织部门开设账号"), _("登记姓名和角色，填区划代码；建议开两个，因为有些事要两人复核。"), asked or held,
            reverse("accounts:new"),
        ),
        FirstStep(
            _("安全管理员复核角色"), _("复核同意后，由运维执行 manage.py issue_slip 出具激活单，当面交给本人。"), held
        ),
    ]  # fmt: skip


def _of_department(user: Any, today: date) -> list[FirstStep]:
    area = under_any(rights_of(user).departments, "organization__region")
    posts = Role.objects.as_of(today).filter(area, role=Role.Kind.BRANCH)
    return [
        FirstStep(
            _("登记党组织"), _("一个一个登记，或者从 Excel 成批导入。"),
            Organization.objects.directed_by(user).exists(), reverse("organizations:list"),
        ),
        FirstStep(
            _("给党组织负责人开设账号"), _("角色经安全管理员复核；激活单当面交给本人。"), posts.exists(),
            reverse("accounts:new"),
        ),
        FirstStep(
            _("设立联合体"), _("牵头党组织或上级申请，组织部门审批；成员隶属关系不变。"),
            Alliance.objects.directed_by(user).exists(), reverse("alliances:new"),
        ),
        FirstStep(
            _("拟定第一份清单"), _("在联合体的“清单”页列出问题、资源、供需和项目，成员会签后认领。"),
            Listing.objects.directed_by(user).exists(), reverse("alliances:list"),
        ),
    ]  # fmt: skip
