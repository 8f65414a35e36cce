"""The way around the house: what the side bar and the phone's tab bar offer, by what a person's roles amount to."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from alliances.models import Alliance, OrganLink
from alliances.views.dual import organs_of
from listings import points
from listings.models import Call, Item, Match, Whistle
from members.models import Approval, User
from members.scope import Rights, rights_of

Who = Callable[[User, Rights], bool]
Count = Callable[[User], int]

TOGETHER, JUDGED, KEPT = _("共建"), _("考核与统计"), _("资料与账号")
FOLDED = (TOGETHER, KEPT)
"""Groups that open on their heading only, so that the bar fits a screen of 768 pixels."""


def staff(user: User, rights: Rights) -> bool:
    return bool(rights.codes)


def working(user: User, rights: Rights) -> bool:
    """Who takes part in alliances: staff, organisations, Party members."""
    return bool(rights.codes or rights.organizations or rights.membership)


def organizations(user: User, rights: Rights) -> bool:
    return bool(rights.organizations)


def registering(user: User, rights: Rights) -> bool:
    """Who takes part in double registration: staff, communities, organs, Party members."""
    return bool(rights.codes or rights.places or rights.membership or organs_of(user))


def reading_figures(user: User, rights: Rights) -> bool:
    return bool(rights.codes or rights.organizations)


def approving(user: User, rights: Rights) -> bool:
    """Whose second pair of eyes is asked: organisation departments."""
    return bool(rights.departments)


def earning(user: User, rights: Rights) -> bool:
    """Where the region's rules have points: Party members and those who speak for their branch."""
    return bool(rights.organizations or rights.membership) and points.hold_for(user)


def keeping_accounts(user: User, rights: Rights) -> bool:
    return bool(rights.codes) or user.duty != "business"


def keeping_keys(user: User, rights: Rights) -> bool:
    """Who asks for keys or watches over them."""
    return bool(rights.codes or rights.organizations) or user.duty != "business"


def watching(user: User, rights: Rights) -> bool:
    """The security administrator approves grants and watches, the audit administrator reads."""
    return user.duty in {"security", "audit"}


def everybody(user: User, rights: Rights) -> bool:
    return True


def applications(user: User) -> int:
    """Founding applications that wait for the user; only who governs a region has any."""
    return Alliance.objects.approvable_by(user).count() if rights_of(user).codes else 0


def confirmations(user: User) -> int:
    """Items that wait for the user's word; only who speaks for an organisation has any."""
    return Item.objects.confirmable_by(user).count() if rights_of(user).organizations else 0


def whistles(user: User) -> int:
    """Whistles that wait for the user's word as the caller's head, and calls of the user's departments."""
    rights = rights_of(user)
    called = Call.objects.signable_by(user).count() if rights.organizations else 0
    return called + Whistle.objects.approvable_by(user).count() if rights.organizations or rights.codes else 0


def matches_asked(user: User) -> int:
    """Resources that others ask of the user's organisations."""
    return Match.objects.acceptable_by(user).count() if rights_of(user).organizations else 0


def organs_asking(user: User) -> int:
    """Organs that wait for a community's answer; only who speaks for one has any."""
    return OrganLink.objects.acceptable_by(user).count() if rights_of(user).places else 0


def second_opinions(user: User) -> int:
    """Proposals of others that wait for the user."""
    return Approval.objects.approvable_by(user).count()


@dataclass(frozen=True)
class Way:
    """One line of the table: the address's name, its word and icon, who may go there, and what waits there."""

    name: str
    label: Any
    icon: str
    who: Who
    group: Any = ""
    tab: Any = ""
    count: Count | None = None


WAYS = (
    Way("workbench", _("工作台"), "layout-dashboard", everybody, tab=_("首页")),
    Way("alliances:list", _("联合体"), "network", working, count=applications),
    Way("listings:list", _("清单"), "scroll-text", working),
    Way("items:list", _("事项"), "list-checks", working, count=confirmations),
    Way("claims:list", _("认领办理"), "hand-helping", organizations, tab=_("认领")),
    Way("matches:list", _("供需对接"), "handshake", working, count=matches_asked),
    Way("activities:list", _("活动"), "calendar-days", working, tab=_("活动")),
    Way("meetings:list", _("会议"), "messages-square", working),
    Way("whistles:list", _("吹哨与联办"), "megaphone", working, group=TOGETHER, count=whistles),
    Way("forwardings:list", _("转办"), "forward", working, group=TOGETHER),
    Way("disputes:list", _("争议裁定"), "gavel", working, group=TOGETHER),
    Way("ideas:list", _("金点子项目"), "lightbulb", working, group=TOGETHER),
    Way("services:list", _("服务目录"), "book-open", working, group=TOGETHER),
    Way("agreements:list", _("共建协议"), "file-check", working, group=TOGETHER),
    Way("registrations:home", _("双报到"), "house-plus", registering, group=TOGETHER, count=organs_asking),
    Way("venues:list", _("阵地"), "map-pin", organizations, group=TOGETHER),
    Way("points:list", _("积分"), "sprout", earning, group=TOGETHER),
    Way("posts:list", _("班子任职"), "user-round-check", working, group=TOGETHER),
    Way("instructors:list", _("党建指导员"), "graduation-cap", staff, group=TOGETHER),
    Way("assessments:list", _("考核评价"), "clipboard-check", reading_figures, group=JUDGED),
    Way("reviews:list", _("动态管理"), "activity", staff, group=JUDGED),
    Way("approvals:list", _("双人复核"), "users", approving, group=JUDGED, count=second_opinions),
    Way("statistics:detail", _("统计分析"), "chart-column", reading_figures, group=JUDGED),
    Way("reports:report", _("月报与看板"), "newspaper", reading_figures, group=JUDGED),
    Way("organizations:list", _("党组织"), "building-2", working, group=KEPT),
    Way("rules:list", _("地区规则"), "scale", staff, group=KEPT),
    Way("imports:list", _("导入导出"), "file-spreadsheet", reading_figures, group=KEPT),
    Way("accounts:list", _("账号管理"), "user-cog", keeping_accounts, group=KEPT),
    Way("accounts:grants", _("授权复核"), "key-round", watching, group=KEPT, count=second_opinions),
    Way("keys:list", _("接口密钥"), "plug", keeping_keys, group=KEPT),
    Way("audit:steps", _("操作记录"), "history", everybody, group=KEPT),
    Way("audit:denials", _("拒绝记录"), "shield-alert", watching, group=KEPT),
    Way("burden:list", _("负担台账"), "gauge", reading_figures, group=KEPT),
    Way("complaints:list", _("投诉与建议"), "message-square-text", everybody, group=KEPT),
    Way("accounts:settings", _("设置"), "user", everybody, group=KEPT, tab=_("我的")),
)


@dataclass(frozen=True)
class Link:
    """A way as the frame shows it."""

    label: Any
    url: str
    icon: str
    current: bool
    count: int
    group: Any
    tab: Any
    folds: bool


def nav(request: HttpRequest) -> dict[str, Any]:
    """The frame's context: the ways that are open to the person, with what waits on them; nothing for a stranger."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return {}
    rights = rights_of(user)
    return {
        "nav": [link_of(way, user, request.path, working(user, rights)) for way in WAYS if way.who(user, rights)],
        "search_url": reverse("search") if working(user, rights) else "",
    }


def link_of(way: Way, user: User, path: str, folding: bool) -> Link:
    """One link: current on its own pages and those beneath; administrators, who have few, see every group open."""
    url = reverse(way.name)
    current = path == url or (url != "/" and path.startswith(url))
    count = way.count(user) if way.count else 0
    return Link(way.label, url, way.icon, current, count, way.group, way.tab, folding and way.group in FOLDED)
