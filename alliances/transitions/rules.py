"""What the rules of a region forbid (地区规则)."""

from __future__ import annotations

from django.utils.translation import gettext as _

from alliances.models import Alliance, RuleSet
from alliances.transitions.alliance import SUPERVISING_KINDS
from members.models import Organization
from members.states import Refused

JOINT_COMMITTEES = (Alliance.Form.JOINT_WORKING_COMMITTEE, Alliance.Form.JOINT_COMMITTEE)
JOINT_BRANCHES = (Alliance.Form.JOINT_GENERAL_BRANCH, Alliance.Form.JOINT_BRANCH)


def refuse_head(alliance: Alliance, organization: Organization, reason: str = "") -> None:
    """Raise Refused ``head_reserved`` where the region lets nobody of this organisation head the alliance.

    Where the rule holds, a joint committee and what is nested in one is headed by the responsible leader (of a
    committee over the place) or by the lead unit's first person, never from the enterprise or project side. Nested
    branches are exempt where ``reason`` says why. Other forms choose freely.
    """
    nested = alliance.parent_id is not None and alliance.form in JOINT_BRANCHES
    if not RuleSet.objects.for_region(alliance.region_id).head_reserved or (nested and reason.strip()):
        return
    if (nested or alliance.form in JOINT_COMMITTEES) and not _may_head(alliance, organization):
        words = _("本地规则：联合党委书记由包联责任领导或牵头单位主要负责人担任，企业方、项目方负责人不能担任。")
        raise Refused("head_reserved", words + (_("嵌套的党总支、党支部确需例外的，请写明理由。") if nested else ""))


def _may_head(alliance: Alliance, organization: Organization) -> bool:
    above = organization.kind in (*SUPERVISING_KINDS, Organization.Kind.GROUP) and alliance.region_id.startswith(
        organization.region_id
    )
    return not organization.is_enterprise and (organization.pk == alliance.lead_id or above)
