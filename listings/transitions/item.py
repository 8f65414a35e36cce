"""The verbs by which an item comes up: collected, studied, opened or sent back, linked to the item that answers it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Decision, RuleSet, Skill
from alliances.working_days import working_days_after
from listings.choices import responsible_for
from listings.models import Item, Listing
from listings.querysets import CLAIMABLE
from listings.transitions.carrying import stop_with
from listings.transitions.deadline import end_pause, set_term
from listings.transitions.dispute import lapse_disputes
from listings.transitions.line import end_line
from listings.transitions.order import lock_items, retried
from listings.transitions.whistle_ends import end_whistles
from members.lifecycle import lock, moving, note
from members.models import ApiClient, Organization, Region
from members.states import MoveRefused, Refused

CHECKED = (
    "title", "detail", "category", "urgency", "site", "place", "wants", "skills", "capacity", "due_on", "external_id",
)  # fmt: skip
COMMUNITY = 12
"""So many digits of a division code name a community or village."""

LONGEST = 120
MOST = 99
"""More organisations than this never work on one item: a larger number is a slip of the pen."""
FURTHEST = timedelta(days=5 * 366)


def collect(
    listing: Listing,
    *,
    title: str,
    asked_by: Organization,
    detail: str = "",
    category: str = Item.Category.OTHER,
    urgency: str = Item.Urgency.NORMAL,
    site: Region | None = None,
    place: str = "",
    wants: str = "",
    skills: Sequence[str] = (),
    capacity: int = 1,
    due_on: date | None = None,
    for_resident: bool = False,
    external_id: str = "",
    decision: Decision | None = None,
    duplicate_of: Item | None = None,
    origin: str = "",
    by: Any = None,
    at: datetime,
) -> Item:
    """Write down a need on a list (民情收集). Once the lead has signed the list it joins as an addendum.

    Without a ``site`` it is in the asker's own community where that lies beneath the alliance's region; without an
    ``origin`` it is told by what else is known. ``duplicate_of`` is what the asker says to be the same need.
    A program's ``external_id`` names one item: the same again returns that item unchanged.
    Raises Refused ``not_running`` and ``superseded``, ValidationError for what does not fit.
    """
    client = by if isinstance(by, ApiClient) else None
    pushed = Item.objects.filter(entered_by_client=client, external_id=external_id) if client and external_id else None
    if pushed is not None and (known := pushed.first()):
        return known
    item = Item(
        alliance_id=listing.alliance_id, region_id=listing.region_id, kind=listing.kind, listing=listing,
        title=title, detail=detail, category=category, place=place, wants=wants, capacity=capacity, due_on=due_on,
        asked_by=asked_by, for_resident=for_resident, external_id=external_id, urgency=urgency, skills=list(skills),
        entered_by=None if client else by, entered_by_client=client, collected_on=timezone.localdate(at),
        decision=decision, duplicate_of=duplicate_of,
    )  # fmt: skip
    item.site_id = site.pk if site else own_site(asked_by, listing)
    item.origin = origin or _origin_of(item)
    _check_words(item, timezone.localdate(at))
    try:
        with transaction.atomic():
            lock(listing)
            _check_list(listing)
            item.addendum = listing.state != Listing.State.DRAFT
            item.save()
            note(item, "collect", at=at, by=by, organization=asked_by, to_state=Item.State.COLLECTED)
    except IntegrityError:
        if pushed is not None and (known := pushed.first()):
            return known
        raise
    return item


def own_site(asker: Organization, listing: Listing) -> str | None:
    """The code of the only community that the alliance serves, else that of the asker's own one among them."""
    code = listing.region_id if len(listing.region_id) == COMMUNITY else asker.place_id or ""
    return code if len(code) == COMMUNITY and code.startswith(listing.region_id) else None


def _origin_of(item: Item) -> str:
    """From where the need comes, by what is known of it."""
    if item.decision_id:
        return Item.Origin.MEETING
    if item.entered_by_client_id:
        return Item.Origin.HOTLINE
    return Item.Origin.RESIDENT if item.for_resident else Item.Origin.MEMBER


def _check_list(listing: Listing) -> None:
    if listing.state == Listing.State.SUPERSEDED:
        raise Refused("superseded", _("这份清单已有新版，请在新版中提出。"))
    if not listing.alliance.runs:
        raise Refused("not_running", _("联合体未在运行，不能提出事项。"))


def _check_words(item: Item, day: date) -> None:
    """ValidationError, field by field, for what no form would let through."""
    item.title = item.title.strip()
    item.clean_fields(exclude=[field.name for field in Item._meta.fields if field.name not in CHECKED])
    if not 1 <= item.capacity <= MOST:
        raise ValidationError({"capacity": _("需要几家应在 1 至 %(most)s 之间。") % {"most": MOST}})
    if item.due_on is not None and item.due_on < day:
        raise ValidationError({"due_on": _("办理期限不能早于今天。")})
    if item.due_on is not None and item.due_on > item.collected_on + FURTHEST:
        raise ValidationError({"due_on": _("办理期限不能晚于提出后五年。")})
    item.skills = sorted(set(item.skills))
    if not set(item.skills) <= set(Skill.values):
        raise ValidationError({"skills": _("请从已有的专长中选择。")})
    if item.site_id is not None and not item.site_id.startswith(item.region_id):
        raise ValidationError({"site": _("地点不在本联合体的服务区域内。")})
    same = item.duplicate_of
    if same is not None and (same.alliance_id != item.alliance_id or not item.is_problem):
        raise ValidationError({"duplicate_of": _("只能与同一联合体的事项并案，并写在问题清单上。")})


def amend(item: Item, *, by: Any = None, at: datetime, **words: Any) -> Item:
    """Correct the words of an item before it is opened; on the draft of a new version also while nobody is in line for
    it. What stands on a list that is being signed or is signed is frozen: Refused ``frozen``."""
    with transaction.atomic():
        lock(item.listing)
        lock(item)
        if item.listing.state != Listing.State.DRAFT and not item.addendum:
            raise Refused("frozen", _("清单已开始会签，事项不能修改；请另提增补事项，或由牵头党组织拟定新版清单。"))
        if item.state not in {Item.State.COLLECTED, Item.State.STUDIED, Item.State.RETURNED} and not _reworded(item):
            raise Refused("move_refused", _("事项已开放认领，不能再修改。"))
        changed = _write(item, words, timezone.localdate(at))
        note(item, "amend", at=at, by=by, detail={"changed": changed})
    return item


def _reworded(item: Item) -> bool:
    """Open on the draft of a new version, and nobody has taken it on or waits for it: a new version may say it anew."""
    anew = item.listing.state == Listing.State.DRAFT and item.listing.version > 1
    return item.state == Item.State.OPEN and anew and not item.claims.in_line().exists()


def _write(item: Item, words: dict[str, Any], day: date) -> list[str]:
    changed = sorted(name for name, value in words.items() if name in CHECKED and getattr(item, name) != value)
    for name in changed:
        setattr(item, name, words[name])
    _check_words(item, day)
    item.save()
    return changed


def study(
    item: Item,
    *,
    by: Any = None,
    at: datetime,
    reason: str = "",
    category: str = "",
    urgency: str = "",
    responsible: Organization | None = None,
) -> Item:
    """Record that the need has been looked into (研判) in one step: what kind of matter it is and how urgent (left
    out: as it was said), whose it is by its duties (归口), and ``reason``, the finding.

    To be responsible in substance puts nobody to work. What stands on a signed list keeps its category.
    """
    with moving(item, Item.State.STUDIED, at=at, by=by, reason=reason, verb="study"):
        if responsible is not None and not responsible_for(item).filter(pk=responsible.pk).exists():
            raise ValidationError({"responsible": _("归口单位应是本联合体的成员或上级党组织。")})
        if item.addendum or item.listing.state == Listing.State.DRAFT:
            item.category = category or item.category
        item.urgency, item.responsible = urgency or item.urgency, responsible
        _check_words(item, date.min)
    return item


def open_(item: Item, *, by: Any = None, at: datetime, reason: str = "") -> Item:
    """Open the item to claims, as a need of its own (``joining.join`` says that it is another's). Without a term of
    its own, or with one that has passed, it is due after the region's working days.

    Opening an addendum is the lead's signature under it.
    """
    with moving(item, Item.State.OPEN, at=at, by=by, reason=reason, verb="open"):
        if item.state not in {Item.State.COLLECTED, Item.State.STUDIED}:
            raise MoveRefused(item, Item.State.OPEN)  # a claimed item is open again when its last claim is released
        item.duplicate_of = None
        if item.due_on is None or item.due_on < timezone.localdate(at):
            days = RuleSet.objects.for_region(item.region_id).item_working_days
            set_term(item, working_days_after(timezone.localdate(at), days))
    return item


def return_(item: Item, *, by: Any = None, at: datetime, reason: str, goes_to: str = "") -> Item:
    """Send an unclaimed item back to whoever asked, saying why and where it goes next: they may complete it and hand it
    in again, unless ``goes_to`` names somebody else to turn to."""
    with moving(item, Item.State.RETURNED, at=at, by=by, reason=reason, verb="return", detail=next_step(goes_to)):
        end_pause(item, at=at)
        item.goes_to = _destination(goes_to)
        end_line(item, by=by, at=at, reason=reason)
        end_whistles(item, by=by, at=at, reason=reason)
    return item


def resubmit(item: Item, *, by: Any = None, at: datetime, reason: str = "", **words: Any) -> Item:
    """Hand in a returned item again, completed."""
    with moving(item, Item.State.COLLECTED, at=at, by=by, reason=reason, verb="resubmit"):
        item.goes_to = ""
        item.addendum = item.addendum or item.listing.state != Listing.State.DRAFT  # signed was what it said before
        if words:
            _write(item, words, timezone.localdate(at))
    return item


@retried
def refuse(item: Item, *, by: Any = None, at: datetime, reason: str, goes_to: str) -> Item:
    """End an unclaimed item without taking it up, saying why and who is responsible instead (``goes_to``: an
    organisation, a department, a hotline by name). Problems that it was to answer are open again."""
    with transaction.atomic():
        lock_items(Q(pk=item.pk) | Q(answered_by=item.pk))
        with moving(item, Item.State.REFUSED, at=at, by=by, reason=reason, verb="refuse", detail=next_step(goes_to)):
            if not goes_to.strip():
                raise ValidationError({"goes_to": _("请写明这件事应当找谁：哪个组织、部门或热线。")})
            item.goes_to = _destination(goes_to)
            end_pause(item, at=at)
            end_line(item, by=by, at=at, reason=reason)
            end_whistles(item, by=by, at=at, reason=reason)
        for problem in item.answers.filter(state=Item.State.LINKED).order_by("pk"):
            unlink(problem, by=by, at=at, reason=reason)
        stop_with(item, by=by, at=at, reason=reason)
    return item


def next_step(goes_to: str) -> dict[str, str]:
    """Where it goes next, for the Step."""
    return {"goes_to": goes_to.strip()} if goes_to.strip() else {}


def _destination(goes_to: str) -> str:
    if len(goes_to.strip()) > LONGEST or "\0" in goes_to:
        raise ValidationError({"goes_to": _("去向请写在 %(most)s 字以内。") % {"most": LONGEST}})
    return goes_to.strip()


@retried
def link(problem: Item, item: Item, *, by: Any = None, at: datetime) -> Item:
    """Let a service item of the same alliance answer an open problem; the problem is solved with its own asker's word.

    Raises Refused ``not_linkable`` where the two do not fit.
    """
    with transaction.atomic():
        lock_items(Q(pk__in=(problem.pk, item.pk)) | Q(duplicate_of=problem.pk))
        item.refresh_from_db()
        problem.refresh_from_db()
        if problem.state != Item.State.OPEN:
            raise MoveRefused(problem, Item.State.LINKED)  # only a correction leads back from a confirmation
        if not problem.is_problem or item.is_problem or item.alliance_id != problem.alliance_id:
            raise Refused("not_linkable", _("只能把问题对接到同一联合体的服务事项。"))
        if item.state not in (*CLAIMABLE, Item.State.DONE):
            raise MoveRefused(problem, Item.State.LINKED)
        with moving(problem, Item.State.LINKED, at=at, by=by, verb="link", detail={"item": item.pk}):
            problem.answered_by = item
        follow(problem, by=by, at=at)
    return problem


def follow(problem: Item, *, by: Any, at: datetime) -> None:
    """What was found to ask for the same is answered with a problem that has just been linked."""
    for twin in problem.duplicates.filter(state=Item.State.OPEN, kind=problem.kind).order_by("pk"):
        with moving(twin, Item.State.LINKED, at=at, by=by, verb="link", detail={"item": problem.answered_by_id}):
            twin.answered_by_id = problem.answered_by_id
        follow(twin, by=by, at=at)


def unlink(problem: Item, *, by: Any = None, at: datetime, reason: str) -> Item:
    """Put a linked problem back to open: the item that was to answer it does not."""
    with moving(problem, Item.State.OPEN, at=at, by=by, reason=reason, verb="unlink"):
        problem.answered_by = None
    lapse_disputes(problem, by=by, at=at, reason=reason)
    return problem
