"""What the alliance is: its name and kind, why it is there, who is in it, who leads it, what it is nested with."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from alliances.models import Agreement, Alliance, Charter, HostTurn, Post
from assessments.sections.bodies import LATEST, LONGEST, Body, Facts, Table, Words, cut, day_word

DAY = timedelta(days=1)

def identity(alliance: Alliance, user: Any, today: date) -> Body:
    """What it is called and what it is; ``alliance`` comes ``with_counts``."""
    around = Alliance.objects.visible_to(user).around(alliance).first()
    chains = now_("、").join(str(chain) for chain in alliance.chains.all())
    pairs = [
        (_("编号"), alliance.code or "—"),
        (_("状态"), alliance.get_state_display()),
        (_("组织形式"), alliance.get_form_display()),
        (_("组建方式"), alliance.get_formation_display()),
        (_("模式"), alliance.get_mode_display() or "—"),
        (_("链"), chains or "—"),
        (_("联建方式"), now_("、").join(alliance.crossings) or "—"),
        (_("服务区划"), alliance.region.name),
        (_("牵头党组织"), alliance.lead.name),
        (_("上级党组织"), alliance.supervising.name),
        (_("设立日期"), day_word(alliance.activated_on)),
        (_("批复文号"), alliance.document_number or "—"),
    ]
    if around is not None:
        pairs.append((_("上级联合体"), around.name))
    if alliance.established:
        pairs.append((_("成立时间（报道）"), alliance.established))
    if alliance.ended_on:
        pairs.append((_("终止日期"), day_word(alliance.ended_on)))
    return Facts(pairs)


def purpose(alliance: Alliance, user: Any, today: date) -> Body:
    return Words([alliance.purpose]) if alliance.purpose else None


def members(alliance: Alliance, user: Any, today: date) -> Body:
    """The current members, the lead first."""
    rows = list(alliance.memberships.current().select_related("organization__region").order_by("joined_on", "pk"))
    rows.sort(key=lambda m: m.organization_id != alliance.lead_id)
    cells = [
        (
            m.organization.name,
            now_("牵头") if m.organization_id == alliance.lead_id else now_("成员"),
            m.organization.get_sector_display(),
            m.organization.get_level_display(),
            m.organization.region.name,
            day_word(m.joined_on),
        )
        for m in rows[:LONGEST]
    ]
    heads = (_("成员党组织"), _("身份"), _("领域"), _("层级"), _("区划"), _("加入"))
    return Table(heads, cells, cut(len(rows), LONGEST)) if rows else None


def leadership(alliance: Alliance, user: Any, today: date) -> Body:
    """Who holds a post now, by the members' consent or by report."""
    posts = Post.objects.visible_to(user).filter(alliance=alliance).standing().select_related("organization")
    rows = [
        (post.person, post.label, post.organization.name if post.organization else "—", post.own_post or "—",
         f"{day_word(post.since)} – {day_word(post.until)}" if post.since else "—")
        for post in posts.order_by("pk")[:LONGEST]
    ]  # fmt: skip
    return Table((_("姓名"), _("在联合体任职"), _("所在党组织"), _("本单位职务"), _("任期")), rows) if rows else None


def papers(alliance: Alliance, user: Any, today: date) -> Body:
    """The charter in force and the agreements that hold."""
    charters = Charter.objects.visible_to(user).filter(alliance=alliance, state=Charter.State.IN_FORCE)
    rows = [(now_("工作章程"), now_("第 %(n)s 版") % {"n": one.version}, day_word(one.agreed_on)) for one in charters]
    signed = Agreement.objects.visible_to(user).filter(alliance=alliance, state=Agreement.State.SIGNED)
    for one in signed.order_by("-valid_to")[:LATEST]:
        words = now_("%(title)s（有效期至 %(day)s）") % {"title": one.title, "day": day_word(one.valid_to)}
        rows.append((now_("共建协议"), words, day_word(one.agreed_on)))
    return Table((_("文本"), _("版本与名称"), _("生效")), rows) if rows else None


def rotation(alliance: Alliance, user: Any, today: date) -> Body:
    """Whose turn it is to host, and whose come next."""
    turns = HostTurn.objects.visible_to(user).filter(alliance=alliance, rotation__state="running", until__gt=today)
    rows = [
        (f"{day_word(turn.since)} – {day_word(turn.until - DAY)}", turn.organization.name)
        for turn in turns.select_related("organization").order_by("since")[:LATEST]
    ]
    return Table((_("轮值时段"), _("主持")), rows) if rows else None


def nested(alliance: Alliance, user: Any, today: date) -> Body:
    rows: Any = alliance.nested.visible_to(user).with_counts().select_related("lead").order_by("pk")[:LONGEST]
    cells = [(a.name, a.get_form_display(), a.lead.name, a.members_now or 0, a.get_state_display()) for a in rows]
    return Table((_("所含联合体"), _("组织形式"), _("牵头"), _("成员"), _("状态")), cells) if cells else None
