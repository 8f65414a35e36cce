"""What of two records of one organisation cannot both remain: found before they are merged, and listed to the people.

Every foreign key of the house that names an organisation is found by asking the models. Where both records stand under
one unique constraint, ``CASES`` says which row gives way; a constraint without a line there stands in the way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import ForeignKey, Model, OneToOneField, Q, QuerySet, UniqueConstraint
from django.utils.translation import gettext as _
from pghistory.models import Event

from alliances.models import Alliance, Membership
from assessments.models import Rating
from listings.models import Claim, Item
from listings.querysets import ACTIVE_CLAIMS
from members.models import Approval, Organization

KEPT = {
    "members.Step.organization",  # a deed was done under the name of its day
    "assessments.MemberScore.organization",  # published and frozen
    "members.Organization.merged_into",
}
"""What goes on naming the merged record: history."""

GROUND = {"members.Organization.parent", "members.PartyMember.organization", "members.Role.organization"}
"""What the ground's own verb passes on."""


@dataclass(frozen=True, slots=True)
class Clash:
    """Two rows, or two parts, that cannot both be the one organisation's. ``row`` is the one that gives way; one that
    ``blocks`` must be brought to an end by the people first."""

    what: str
    outcome: str
    blocks: bool = False
    label: str = ""
    row: Any = None


def references() -> list[ForeignKey]:
    """Every foreign key that names an organisation, history left out."""
    pointing: list[Any] = [r for r in Organization._meta.get_fields(include_hidden=True) if _points(r)]
    fields = [relation.field for relation in pointing]
    return [key for key in fields if not issubclass(key.model, Event) and label_of(key) not in KEPT]


def _points(relation: Any) -> bool:
    return relation.auto_created and not relation.concrete and (relation.one_to_many or relation.one_to_one)


def label_of(key: ForeignKey) -> str:
    """members.Role.organization"""
    return f"{key.model._meta.label}.{key.name}"


# What stands in the way ---------------------------------------------------------------------------------------


def walls(former: Organization, into: Organization) -> Iterator[Clash]:
    """What no rule can decide: people bring it to an end first."""
    if former.place_id and into.place_id:
        yield Clash(_("两者各有管辖区划"), _("请先在资料中改正其中一个"), blocks=True)
    if beneath(into, former):
        yield Clash(_("并入的组织隔级隶属于被合并的组织"), _("请先理顺隶属关系"), blocks=True)
    ours = Q(lead=former, supervising=into) | Q(lead=into, supervising=former)
    for alliance in Alliance.objects.exclude(state__in=("merged", "dissolved")).filter(ours):
        yield Clash(alliance.name, _("一个牵头、一个是它的上级，合并后两者相同"), blocks=True)
    waiting = Approval.objects.pending()
    named = Q(arguments__organization=former.pk) | Q(arguments__heir=former.pk)
    kind = Q(thing_type__app_label="members", thing_type__model="organization", thing_id=former.pk)
    for approval in waiting.filter(named | (kind & ~Q(verb="organizations.merge"))):
        yield Clash(_("有一件提议等待复核"), str(approval.reason), blocks=True)


def beneath(one: Organization, above: Organization) -> bool:
    """Whether ``one`` is affiliated to ``above`` over a level in between."""
    seen: set[int] = set()
    step = one.parent
    while step is not None and step.parent_id and step.pk not in seen:
        seen.add(step.pk)
        if step.parent_id == above.pk:
            return True
        step = step.parent
    return False


# Rows under one unique constraint -------------------------------------------------------------------------------


def twins(former: Organization, into: Organization) -> Iterator[Clash]:
    """For each unique constraint that holds an organisation: the rows of which only one may remain."""
    for key in references():
        for constraint in unique_with(key):
            for row in _doubled(key, constraint, former, into):
                yield CASES.get(label_of(key), _unsettled)(row, into)


def unique_with(key: ForeignKey) -> list[UniqueConstraint]:
    """The unique constraints of which the key is a part; a one-to-one key is one by itself."""
    found = [c for c in key.model._meta.constraints if isinstance(c, UniqueConstraint) and key.name in c.fields]
    together = [UniqueConstraint(fields=names, name="together") for names in key.model._meta.unique_together]
    found += [c for c in together if key.name in c.fields]
    alone = isinstance(key, OneToOneField) or key.unique
    return [*found, UniqueConstraint(fields=[key.name], name="alone")] if alone else found


def _doubled(key: ForeignKey, constraint: Any, former: Organization, into: Organization) -> list[Model]:
    """The former's rows that the organisation already has in the same place."""
    rows: QuerySet = key.model._base_manager.filter(constraint.condition or Q())
    others = [name for name in constraint.fields if name != key.name]
    there = {tuple(values) for values in rows.filter(**{key.name: into}).values_list("pk", *others)}
    taken = {values[1:] for values in there}
    mine = rows.filter(**{key.name: former}).order_by("pk")
    return [row for row in mine if tuple(_value(row, name) for name in others) in taken]


def _value(row: Model, name: str) -> Any:
    return getattr(row, row._meta.get_field(name).attname)  # type: ignore[union-attr]


Case = Callable[[Any, Organization], Clash]


def _unsettled(row: Model, into: Organization) -> Clash:
    return Clash(str(row), _("两者都有，系统无法替您取舍"), blocks=True)


def _both_members(membership: Membership, into: Organization) -> Clash:
    """Both are in one alliance: the membership that began later, or was never accepted, ends."""
    twin = Membership.objects.present().get(alliance=membership.alliance_id, organization=into)
    later = max((membership, twin), key=_seniority)
    words = _("两者都是成员，较晚的一份成员关系（%(name)s）终止") % {"name": later.organization.name}
    return Clash(membership.alliance.name, words, label="end", row=later)


def _seniority(membership: Membership) -> tuple[bool, Any, int]:
    joined = membership.state == Membership.State.ACCEPTED
    return not joined, membership.joined_on or membership.invited_on or date.max, membership.pk


def _both_stand(row: Any, into: Organization) -> Clash:
    return Clash(str(row), _("两者都有，同一组织只留一份，这一份结束"), label="end", row=row)


def _same_presence(row: Any, into: Organization) -> Clash:
    return Clash(str(row), _("两者都有记录，同一组织只留一条"), label="drop", row=row)


def _both_spoke(voice: Any, into: Organization) -> Clash:
    return Clash(str(voice.decision), _("当时各自表了态，照原样保留"), label="keep", row=voice)


def _both_consented(consent: Any, into: Organization) -> Clash:
    return Clash(str(consent.post), _("当时各自表了态，照原样保留"), label="keep", row=consent)


def _both_voted(vote: Any, into: Organization) -> Clash:
    return Clash(str(vote.membership), _("当时各自投了票，照原样保留"), label="keep", row=vote)


def _both_assented(assent: Any, into: Organization) -> Clash:
    return Clash(str(assent.charter), _("两者都已表态，同一组织只留一份"), label="drop", row=assent)


def _both_parties(party: Any, into: Organization) -> Clash:
    """A signature stays as it was given; one that was still to come is the organisation's own."""
    if party.signed_on:
        return Clash(str(party.agreement), _("当时各自签署，照原样保留"), label="keep", row=party)
    return Clash(str(party.agreement), _("两者都是签约方，未签的一份去掉"), label="drop", row=party)


def _both_claim(claim: Claim, into: Organization) -> Clash:
    return _give_up(claim, _("两者都认领了，后一份认领退出"))


def _both_rated(rating: Rating, into: Organization) -> Clash:
    if rating.scheme.state == "published":
        return Clash(rating.scheme.title, _("结果已公布，两份评价都照原样保留"), label="keep", row=rating)
    return Clash(rating.scheme.title, _("两者都已评价，同一组织只留一份"), label="drop", row=rating)


CASES: dict[str, Case] = {
    "alliances.Membership.organization": _both_members,
    "alliances.OrganLink.organ": _both_stand,
    "alliances.OrganLink.community": _both_stand,
    "alliances.Registration.community": _both_stand,
    "alliances.Attendance.organization": _same_presence,
    "alliances.MeetingAttendance.organization": _same_presence,
    "alliances.Voice.organization": _both_spoke,
    "alliances.Consent.organization": _both_consented,
    "alliances.Instructor.organization": _same_presence,
    "alliances.AdmissionVote.organization": _both_voted,
    "alliances.Assent.organization": _both_assented,
    "alliances.Party.organization": _both_parties,
    "listings.Signature.organization": _same_presence,
    "listings.Claim.organization": _both_claim,
    "assessments.Rating.organization": _both_rated,
}
"""A unique key -> what becomes of the former's row beside the organisation's own."""


def own_work(former: Organization, into: Organization) -> Iterator[Clash]:
    """Nobody confirms their own work: what one asked and the other has claimed is given up."""
    for claimant, asker in ((former, into), (into, former)):
        asked = Item.objects.filter(Q(asked_by=asker) | Q(answers__asked_by=asker)).values("pk")
        for claim in Claim.objects.filter(organization=claimant, item__in=asked, state__in=ACTIVE_CLAIMS):
            yield _give_up(claim, _("一方提出、另一方认领，合并后不能确认自己办的事，认领退出"))


def _give_up(claim: Claim, words: str) -> Clash:
    if claim.state == Claim.State.FINISHED:
        return Clash(str(claim.item), _("已报告办结，请提出方先确认"), blocks=True)
    return Clash(str(claim.item), words, label="release", row=claim)
