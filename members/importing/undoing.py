"""To undo an import: what it made goes, what it changed is put back, unless something else stands on it by now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, connection, models, transaction
from django.db.models import Min, Q
from django.utils.translation import gettext as _

from members.importing.importer import Held, plain
from members.lifecycle import moving
from members.models import ImportDeed, ImportRun, Step, User
from members.states import Refused, Stateful

CHUNK = 5_000
Made = dict[type[models.Model], list[int]]


def undo(run: ImportRun, *, by: User, at: datetime) -> ImportRun:
    """Everything that the import did is taken back, or nothing is: Refused ``held`` says what stands in the way.

    The Steps stay, as the trail of what was; the stages of what is gone end now.
    """
    try:
        with transaction.atomic(), moving(run, ImportRun.State.UNDONE, at=at, by=by, verb="undo_import"):
            deeds = list(run.deeds.select_related("thing_type").order_by("id"))
            if not deeds or not run.stored:
                raise Refused("nothing_to_undo", _("这次导入没有可以撤销的内容，或已过撤销期限。"))
            made = _made(deeds)
            _put_back([deed for deed in deeds if deed.before is not None], at=at, by=by, run=run)
            holders = [held for model, ids in made.items() for held in holders_of(model, ids, made, run)]
            if holders:
                raise Held(holders[:6])
            with _keys_checked_as_we_go():
                for model in reversed(made):
                    _remove(model, made[model], at)
            run.deeds.all().delete()
    except IntegrityError as clash:
        raise Held([_("有人正在使用这次导入的内容")]) from clash
    return run


def _made(deeds: Iterable[ImportDeed]) -> Made:
    made: Made = defaultdict(list)
    for deed in deeds:
        if deed.before is None:
            model = deed.thing_type.model_class()
            if model is not None:
                made[model].append(deed.thing_id)
    return made


def holders_of(model: type[models.Model], ids: list[int], made: Made, run: ImportRun) -> list[str]:
    """In words, what refers to the things from outside the import, or was done to them since."""
    holders: list[str] = []
    for relation in model._meta.related_objects:
        others: Any = relation.related_model
        if not others._meta.managed or others._meta.proxy or "Event" in others.__name__:
            continue
        own = set(made.get(others, ()))
        found = 0
        for chunk in chunks(ids):
            held = others._base_manager.filter(**{f"{relation.field.name}__in": chunk})
            found += len(set(held.values_list("pk", flat=True)) - own)
        if found and others is not Step:
            holders.append(_("%(count)s 条“%(what)s”引用了它") % {"count": found, "what": others._meta.verbose_name})
    since = sum(
        Step.objects.filter(thing_type=ContentType.objects.get_for_model(model), thing_id__in=chunk)
        .filter(Q(detail__import__isnull=True) | ~Q(detail__import=run.pk)).values("thing_id").distinct().count()
        for chunk in chunks(ids)
    )  # fmt: skip
    if since:
        words = {"count": since, "what": model._meta.verbose_name}
        holders.append(_("%(count)s 条“%(what)s”导入之后又有办理") % words)
    return holders


def _put_back(deeds: list[ImportDeed], *, by: User, at: datetime, run: ImportRun) -> None:
    """The fields as they were; refused where somebody has changed them since."""
    by_kind: dict[ContentType, list[ImportDeed]] = defaultdict(list)
    for deed in deeds:
        by_kind[deed.thing_type].append(deed)
    for kind, own in by_kind.items():
        model: Any = kind.model_class()
        things = model._base_manager.select_for_update(of=("self",)).in_bulk([deed.thing_id for deed in own])
        moved = [deed for deed in own if not _unchanged(things.get(deed.thing_id), deed)]
        moved = moved or _moved_on(model, own, run)
        if moved:
            words = {"count": len(moved), "what": model._meta.verbose_name}
            raise Held([_("%(count)s 条“%(what)s”导入之后又被修改") % words])
        for deed in own:
            thing, before = things[deed.thing_id], deed.before or {}
            for name, value in before.items():
                setattr(thing, _attname(model, name), value)
            thing.save(update_fields=list(before))
        Step.objects.bulk_create(
            Step(
                thing_type=kind, thing_id=deed.thing_id, verb="undo_import", at=at, by=by, told_at=at,
                detail={"import": run.pk, "fields": sorted(deed.before or {})},
            )
            for deed in own
        )  # fmt: skip


def _moved_on(model: type[models.Model], deeds: list[ImportDeed], run: ImportRun) -> list[ImportDeed]:
    """Those whose things have changed their state since: what an open item says is no longer the import's."""
    if not issubclass(model, Stateful):
        return []
    steps = Step.objects.filter(thing_type=deeds[0].thing_type, thing_id__in=[deed.thing_id for deed in deeds])
    ours = steps.filter(detail__import=run.pk).aggregate(first=Min("id"))["first"] or 0
    since = set(steps.filter(id__gt=ours).exclude(to_state="").values_list("thing_id", flat=True))
    return [deed for deed in deeds if deed.thing_id in since]


def _unchanged(thing: models.Model | None, deed: ImportDeed) -> bool:
    if thing is None:
        return False
    return all(
        plain(getattr(thing, _attname(type(thing), name))) == value for name, value in (deed.after or {}).items()
    )


def _attname(model: type[models.Model], name: str) -> str:
    return str(getattr(model._meta.get_field(name), "attname", name))


@contextmanager
def _keys_checked_as_we_go() -> Iterator[None]:
    """Foreign keys are asked after each statement. Left to the end of the transaction, their list is walked anew by
    every row that the history keeps, and thousands of rows take the square of their time."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        yield
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def _remove(model: type[models.Model], ids: list[int], at: datetime) -> None:
    """The rows go, the last made first; nothing refers to them, and the database's own keys are the last wall."""
    kind = ContentType.objects.get_for_model(model)
    for chunk in chunks(sorted(ids, reverse=True)):
        Step.objects.filter(thing_type=kind, thing_id__in=chunk, until=None).exclude(to_state="").update(until=at)
        gone: Any = model._base_manager.filter(pk__in=chunk)
        gone._raw_delete(gone.db)


def chunks(ids: list[int]) -> Iterable[list[int]]:
    return (ids[start : start + CHUNK] for start in range(0, len(ids), CHUNK))
