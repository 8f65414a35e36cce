"""The verbs of the service catalogue: list, revise, retire; begin an item from a service."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from alliances.models import Alliance
from alliances.working_days import working_days_after
from listings.models import Item, Service, ServiceUse
from listings.models.listing import Kind
from listings.transitions.item import collect
from listings.transitions.listing import current_list
from members.lifecycle import lock, moving, note
from members.models import Organization, Region
from members.pinyin import pinyin_of
from members.states import MoveRefused, Refused

WORDS = (
    "title", "grid", "category", "basis", "steps", "documents", "wants", "working_days", "counter", "phone",
)  # fmt: skip
LONGEST_TERM = 250
"""Working days of a year: a longer term is a slip of the pen."""
LISTED = Refused("already_listed", _("本部门已有同名的服务事项，请修订原来的一条。"))


@transaction.atomic
def list_service(
    department: Organization, *, region: Region | None = None, by: Any, at: datetime, **words: Any
) -> Service:
    """Put a service of the department into the catalogue, for its own region or a place beneath it.

    Refused ``already_listed`` where it has one of that title.
    """
    where = region or department.region
    if not where.pk.startswith(department.region_id):
        raise ValidationError({"region": _("适用地区应在部门所在地区之内。")})
    service = Service(department=department, region=where, revised_on=timezone.localdate(at))
    _write(service, words)
    note(service, "list_service", at=at, by=by, organization=department, to_state=Service.State.CURRENT)
    return service


@transaction.atomic
def revise_service(service: Service, *, by: Any, at: datetime, **words: Any) -> Service:
    """Change its words: the next version. Nothing changed is no version. What was begun before keeps its own."""
    lock(service)
    if service.state != Service.State.CURRENT:
        raise MoveRefused(service, Service.State.CURRENT)
    changed = sorted(name for name in WORDS if name in words and getattr(service, name) != _trim(words[name]))
    if changed:
        service.version += 1
        service.revised_on = timezone.localdate(at)
        _write(service, words)
        detail = {"changed": changed, "version": service.version}
        note(service, "revise_service", at=at, by=by, organization=service.department, detail=detail)
    return service


def retire_service(service: Service, *, by: Any, at: datetime, reason: str) -> Service:
    """No longer offered, with the reason; it stays readable."""
    if not reason.strip():
        raise ValidationError({"reason": _("请写明理由。")})
    with moving(service, Service.State.RETIRED, at=at, by=by, organization=service.department, reason=reason.strip(),
                verb="retire_service"):  # fmt: skip
        return service


@transaction.atomic
def begin(
    service: Service,
    *,
    alliance: Alliance,
    asked_by: Organization,
    detail: str = "",
    place: str = "",
    for_resident: bool = False,
    by: Any,
    at: datetime,
) -> Item:
    """Begin an item from the service in one step, on the alliance's current supply-demand list: title, category, what
    is wanted and the term (working days from today) are the service's. Refused ``retired``, ``not_running``, and
    ``not_member`` for an asker that is no member, no place's own organisation, and does not stand above."""
    lock(service)
    if service.state != Service.State.CURRENT:
        raise Refused("retired", _("这一服务事项已停用。"))
    joined = alliance.memberships.current().filter(organization=asked_by).exists()
    if not joined and asked_by.place_id is None and asked_by.pk != alliance.supervising_id:
        raise Refused("not_member", _("提出单位应是联合体的现有成员、上级党组织，或所在社区、乡镇的党组织。"))
    item = collect(
        current_list(alliance, Kind.SUPPLY_DEMAND, by=by, at=at), title=service.title, detail=detail.strip(),
        category=service.category, place=place, wants=service.wants or str(service.department.label)[:120],
        due_on=working_days_after(timezone.localdate(at), service.working_days), asked_by=asked_by,
        for_resident=for_resident, by=by, at=at,
    )  # fmt: skip
    ServiceUse.objects.create(service=service, version=service.version, item=item)
    note(service, "begin", at=at, by=by, organization=asked_by, detail={"item": item.pk})
    return item


def reveal_counter(service: Service, *, by: Any, at: datetime, reason: str) -> str:
    """The full phone, which no page shows otherwise; that it was looked at, and why, stays on record."""
    note(service, "reveal_phone", at=at, by=by, reason=reason)
    return service.phone


def _write(service: Service, words: dict[str, Any]) -> None:
    """The words, trimmed and checked; ValidationError field by field."""
    for name in WORDS:
        if name in words:
            setattr(service, name, _trim(words[name]))
    service.pinyin = pinyin_of(service.title)
    service.clean_fields(exclude=[field.name for field in service._meta.fields if field.name not in WORDS])
    if not 1 <= service.working_days <= LONGEST_TERM:
        raise ValidationError(
            {"working_days": _("办理时限应在 1 至 %(most)s 个工作日之间。") % {"most": LONGEST_TERM}}
        )
    try:
        with transaction.atomic():
            service.save()
    except IntegrityError as clash:
        raise LISTED from clash


def _trim(value: Any) -> Any:
    """Lines without blanks at their ends, and without empty ones."""
    if not isinstance(value, str):
        return value
    return "\n".join(line.strip() for line in value.splitlines() if line.strip())
