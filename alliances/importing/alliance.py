"""Alliances from and to a spreadsheet: those that run already, with the organisations that are their members already.

An import is no way around 自主自愿. Of an alliance that it brings in as running (it says since when, and on which
paper), it records as members those organisations of the importer's own subtree for which nobody in the system can
speak yet; who comes to speak for one sees it and may leave. Whoever has a voice is asked: a lead that has one founds
by itself, all others, and all whom the file adds to an alliance that the system knows, are invited and decide; a code
outside the importer's scope is invited by code, known or not. And a second person agrees before anything is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import models
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from alliances.importing.recording import record
from alliances.models import Alliance, Chain, Membership
from alliances.synonyms import KINDS
from alliances.transitions.alliance import SUPERVISING_KINDS
from members.importing.columns import Column, chosen, chosen_many, code, codes, day, words
from members.importing.importer import UNKNOWN, Importer, differences, refuse_twins
from members.importing.rows import Row
from members.models import ImportRun, Organization, Region, Role
from members.scope import Rights, rights_of

Form, State = Alliance.Form, Alliance.State
EDITABLE = ("name", "form", "mode", "document_number", "purpose")
FIXED = (("region_id", "region_id"), ("formation", "formation"), ("lead", "lead_id"), ("supervising", "supervising_id"))
LOOSE = tuple(word for word in KINDS if word.endswith(("体", "联盟", "联建")))
"""Words that say alliance and name no form: a place's 联合党委 and its 联合党总支 stay two."""
FORM_SYNONYMS = {
    "大工委": Form.JOINT_WORKING_COMMITTEE, "联合党工委": Form.JOINT_WORKING_COMMITTEE, "大党委": Form.JOINT_COMMITTEE,
    "“大党委”": Form.JOINT_COMMITTEE, "联合总支": Form.JOINT_GENERAL_BRANCH, "联合支部": Form.JOINT_BRANCH,
    "党建联盟": Form.LEAGUE, "联盟党委": Form.JOINT_COMMITTEE,
    **dict.fromkeys((word for word in LOOSE if word.endswith("体")), Form.OTHER),
}  # fmt: skip


@dataclass(frozen=True)
class Known:
    """What the rows name, fetched once: organisations and regions by code, those of them for which somebody speaks,
    the alliances of the scope."""

    organizations: dict[str, Organization]
    voiced: frozenset[int]
    regions: set[str]
    by_code: dict[str, Alliance]
    by_name: dict[tuple[str, str], list[Alliance]]
    rights: Rights
    day: date


class AllianceImporter(Importer):
    """By whoever governs the place, with a second person. See the head of this file for whom it makes a member."""

    kind = "alliances"
    label = _("联合体及成员")
    icon = "network"
    hint = _("名称、形式、牵头和上级党组织、成员")
    second_person = True
    about = (
        _("用来登记已经成立的联合体；填了设立日期的登记为运行中，不填的登记为草稿。确认后还要另一位同志复核。"),
        _("填设立日期的，上级党组织要在您的区划内；设立非建制性联合党组织的，还要填批复文号。"),
        _(
            "成员写组织代码，用分号隔开。您区划内还没有开通账号的登记为原有成员，开通后可以退出；其余的发出邀请，由本组织自己决定。"
        ),
        _("系统里已有的联合体只改名称、形式、模式、文号和缘由；新写的成员一律发出邀请。导入不会让任何成员退出。"),
        _("名称照自己的叫法写：联合体、融合体、共同体、综合体、联盟都可以，同一地区只有叫法不同的视为同一个。"),
    )
    columns = (
        Column("code", _("编号"), _("系统给的编号；新登记的留空"), parse=code, longest=32),
        Column("name", _("名称"), required=True, longest=80),
        Column("region_id", _("服务区划代码"), _("为哪里服务"), required=True, parse=code, longest=12),
        Column("form", _("组织形式"), required=True, parse=chosen, choices=Form, synonyms=FORM_SYNONYMS),
        Column("mode", _("模式"), parse=chosen, choices=Alliance.Mode),
        Column("formation", _("组建方式"), required=True, parse=chosen, choices=Alliance.Formation),
        Column("lead_code", _("牵头组织代码"), required=True, parse=code, longest=32),
        Column("supervising_code", _("上级组织代码"), _("牵头之上的党委"), required=True, parse=code, longest=32),
        Column("document_number", _("批复文号"), longest=60),
        Column("activated_on", _("设立日期"), _("已经成立的填写"), parse=day, empty=None),
        Column("chains", _("链"), _("可以写几个，用分号隔开"), parse=chosen_many, choices=Chain.Kind, empty=()),
        Column("purpose", _("为什么单个组织办不成"), parse=words, longest=2000),
        Column("member_codes", _("成员组织代码"), _("用分号隔开，不含牵头"), parse=codes, longest=32, empty=()),
        Column("state", _("状态"), shown=True, choices=State),
    )  # fmt: skip

    def open_to(self, user: Any) -> bool:
        return bool(rights_of(user).codes)

    def judge(self, rows: Sequence[Row], *, user: Any, day: date) -> None:
        known = _known(rows, user, day)
        refuse_twins(rows, lambda row: row.values.get("code") or None, self.column("code"))
        refuse_twins(rows, _calling, self.column("name"))
        for row in rows:
            self._find(row, known)
            self._find_organizations(row, known)
            if row.good and row.thing is None:
                self._judge_new(row, known)
            elif row.good:
                self._judge_known(row, known)

    def remarks(self, rows: Sequence[Row], *, user: Any) -> list[str]:
        return _remarks([row for row in rows if row.good and row.deed in {"new", "changed"}])

    def _find(self, row: Row, known: Known) -> None:
        region, wanted, calling = row.values.get("region_id"), row.values.get("code"), _calling(row)
        if region and (region not in known.regions or not known.rights.governs(region)):
            row.refuse(self.column("region_id"), _("没有这个区划代码，或它不在您的范围内"), _("核对区划代码"))
        if wanted:
            row.thing = known.by_code.get(wanted)
            if row.thing is None:
                row.refuse(self.column("code"), UNKNOWN, _("新登记的联合体留空这一格"))
        elif calling is not None:
            same = known.by_name.get(calling, [])
            row.thing = same[0] if same else None
            if len(same) > 1:
                row.refuse(self.column("name"), _("这里有几个这样称呼的联合体"), _("在“编号”里写明是哪一个"))

    def _find_organizations(self, row: Row, known: Known) -> None:
        """``lead`` and ``supervising`` become keys."""
        lead = known.organizations.get(row.values.get("lead_code", ""))
        above = known.organizations.get(row.values.get("supervising_code", ""))
        kept = row.thing is not None and lead is not None and row.thing.lead_id == lead.pk
        if "lead_code" in row.values and (lead is None or not (kept or known.rights.governs(lead.region_id))):
            row.refuse(self.column("lead_code"), UNKNOWN, _("核对牵头党组织的代码"))
        elif row.good and lead is not None and row.thing is None and "supervising_code" in row.values:
            stands = above is not None and above.kind in SUPERVISING_KINDS and above.pk != lead.pk
            covered = above is not None and lead.region_id.startswith(above.region_id)
            serves = above is not None and row.values.get("region_id", "").startswith(above.region_id)
            if not (stands and covered and serves):
                words = _("不是牵头党组织和服务区划之上的党委或党工委")
                row.refuse(self.column("supervising_code"), words, _("核对上级党组织的代码"))
        row.values["lead"], row.values["supervising"] = lead and lead.pk, above and above.pk
        row.values["members"] = _sorted_out(row, lead, known)

    def _judge_new(self, row: Row, known: Known) -> None:
        values, since = row.values, row.values.get("activated_on")
        above = known.organizations[values["supervising_code"]]
        own = [one for one in values["members"].values() if one is not None]
        if since is None:
            row.is_new()
        elif since > known.day:
            row.refuse(self.column("activated_on"), _("日期在今天之后"), _("还没有成立的留空"))
        elif not known.rights.governs(above.region_id) or values["lead"] in known.rights.organizations:
            words = _("已经成立的联合体要由上级党组织所在区划的同志登记")
            row.refuse(self.column("activated_on"), words, _("留空，作为草稿登记后提交审批"))
        elif values["lead"] in known.voiced:
            words = _("牵头党组织已开通账号，是否牵头由它自己决定")
            row.refuse(self.column("activated_on"), words, _("留空，作为草稿登记，由牵头党组织接受邀请"))
        elif values["formation"] == Alliance.Formation.NON_ESTABLISHED and not values.get("document_number"):
            row.refuse(self.column("document_number"), _("没有填"), _("已经批准成立的，填批复文号"))
        elif not own:
            words = _("除牵头外，没有您区划内还没有账号的成员党组织")
            row.refuse(self.column("member_codes"), words, _("写上原有成员的组织代码，或留空设立日期"))
        else:
            row.is_new()

    def _judge_known(self, row: Row, known: Known) -> None:
        thing = row.thing
        for name, attribute in FIXED:
            key = f"{name}_code" if name in {"lead", "supervising"} else name
            if row.values.get(name) != getattr(thing, attribute):
                row.refuse(self.column(key), _("与系统里的不同"), _("这一项不能通过导入修改，请改回原样"))
        since = row.values.get("activated_on")
        if since is not None and since != thing.activated_on:
            row.refuse(self.column("activated_on"), _("与系统里的不同"), _("这一项不能通过导入修改，请改回原样"))
        if not row.values.get("code"):
            row.values["name"] = thing.name  # found by another form word: it keeps how it calls itself
        changes = differences(thing, row.values, EDITABLE)
        present = {membership.organization.code for membership in thing.present}
        row.values["invited"] = sorted(set(row.values["members"]) - present)
        chains = {chain.kind for chain in thing.chains.all()}
        row.values["more_chains"] = sorted(set(row.values.get("chains", ())) - chains)
        row.meets(thing, changes)
        if row.good and not changes and (row.values["invited"] or row.values["more_chains"]):
            row.deed = "changed"
        if row.deed == "changed" and thing.ended_on:
            row.refuse(self.column("name"), _("这个联合体已经终止"), _("删去这一行"))

    def write(self, rows: Sequence[Row], run: ImportRun, *, at: datetime) -> None:
        record(rows, run, at=at)

    def exported(self, things: models.QuerySet[Alliance]) -> Iterator[list[Any]]:
        current = Membership.objects.current().select_related("organization")
        found = things.select_related("lead", "supervising").prefetch_related(
            "chains", Prefetch("memberships", current, to_attr="present")
        )
        for thing in found.iterator(chunk_size=1_000):
            values = {column.key: getattr(thing, column.key, None) for column in self.columns}
            members = sorted(m.organization.code for m in thing.present if m.organization_id != thing.lead_id)
            yield self.written(values | {
                "lead_code": thing.lead.code, "supervising_code": thing.supervising.code,
                "chains": tuple(sorted(chain.kind for chain in thing.chains.all())), "member_codes": tuple(members),
            })  # fmt: skip


def _calling(row: Row) -> tuple[str, str] | None:
    """The place and the name without its form word: whoever says 共同体 means the same as who says 联合体."""
    region, name = row.values.get("region_id"), row.values.get("name")
    return (region, plain_name(name)) if region and name else None


def plain_name(name: str) -> str:
    """The name without the word for the kind of thing: 五金小区党建融合体 -> 五金小区."""
    word = next((word for word in LOOSE if word in name), None)
    return name if word is None else name.replace(word, "", 1).strip()


def _known(rows: Sequence[Row], user: Any, day: date) -> Known:
    wanted = {row.values.get(key) for row in rows for key in ("lead_code", "supervising_code")}
    wanted |= {one for row in rows for one in row.values.get("member_codes", ())}
    organizations = Organization.objects.filter(code__in=wanted - {None}, merged_into=None)
    regions = Region.objects.filter(pk__in={row.values.get("region_id") or "" for row in rows})
    present = Membership.objects.present().select_related("organization")
    alliances = Alliance.objects.governed_by(user).prefetch_related(
        "chains", Prefetch("memberships", present, to_attr="present")
    )
    by_name: dict[tuple[str, str], list[Alliance]] = {}
    by_code: dict[str, Alliance] = {}
    for thing in alliances:
        if thing.code:
            by_code[thing.code] = thing
        if thing.ended_on is None:
            by_name.setdefault((thing.region_id, plain_name(thing.name)), []).append(thing)
    voiced = Role.objects.as_of(day).filter(role=Role.Kind.BRANCH, organization__in=organizations, user__is_active=True)
    return Known(
        {one.code: one for one in organizations}, frozenset(voiced.values_list("organization_id", flat=True)),
        set(regions.values_list("pk", flat=True)), by_code, by_name,
        rights_of(user), day,
    )  # fmt: skip


def _sorted_out(row: Row, lead: Organization | None, known: Known) -> dict[str, Organization | None]:
    """The members that the row names: the organisation where it can be recorded, None for whoever is to be asked."""
    named = {one: known.organizations.get(one) for one in row.values.get("member_codes", ())}
    return {
        one: found
        if found is not None and found.pk not in known.voiced and known.rights.governs(found.region_id)
        else None
        for one, found in named.items()
        if lead is None or one != lead.code
    }


def _remarks(rows: Iterable[Row]) -> list[str]:
    """How many become members and how many are only asked: what the second person should know."""
    recorded = asked = 0
    for row in rows:
        if row.deed == "new" and row.values.get("activated_on"):
            recorded += 1 + sum(one is not None for one in row.values["members"].values())
            asked += sum(one is None for one in row.values["members"].values())
        else:
            asked += len(row.values.get("invited", row.values["members"]))
    told = []
    if recorded:
        said = _("登记原有成员 %(count)s 个，都在导入人的区划内、还没有开通账号；开通后不属实的可以退出。")
        told.append(said % {"count": recorded})
    if asked:
        told.append(_("发出邀请 %(count)s 个，由各组织自己决定是否加入。") % {"count": asked})
    return [str(said) for said in told]
