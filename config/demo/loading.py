"""Loads a scale of the demo into an empty database, all of it or nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from django.db import connection, transaction

from alliances.loading import load_rules
from config.demo.accounts import ACTOR, make_accounts, make_actor
from config.demo.chance import moment
from config.demo.chapters import CHAPTERS, Stage
from config.demo.ledger import Ledger, insert, keys_checked_at_once, renumber
from config.demo.scenes import Scenes
from config.demo.telling import Telling
from members.lifecycle import note
from members.models import Organization, Region, Step, User

LOADED = "load_demo"


class OtherDataThere(Exception):
    """The database holds something else already."""


def loaded() -> str:
    """The scale that the database holds; empty where it holds no demo."""
    actor = User.objects.filter(username=ACTOR).first()
    step = Step.objects.of(actor).filter(verb=LOADED).last() if actor else None
    return step.detail["scale"] if step else ""


def load(scale: str, *, seed: int, today: date, folder: Path, say: Callable[[str], None]) -> bool:
    """Fill the database with the demo as of yesterday. False where that scale is there already.

    Raises OtherDataThere where anything else is.
    """
    there = loaded()
    if there == scale:
        return False
    if there or Organization.objects.exists() or User.objects.exists():
        raise OtherDataThere(there or "data that are no demo")
    with transaction.atomic():
        actor = make_actor()
        ledger = Ledger(insert, actor.pk)
        known = frozenset(Region.objects.values_list("code", flat=True))
        with keys_checked_at_once():
            Telling(ledger, scale, seed, today, say).tell(known)
            say("checking that everything fits together")
        load_rules()
        renumber([model for model in ledger.written if model is not Region])
        say("accounts, applications, this quarter's review")
        users = make_accounts(folder, moment(today, 0))
        scenes = Scenes(users, actor, today, seed)
        scenes.play()
        for play in CHAPTERS:
            play(Stage(scale, users, scenes.own, actor, today, seed))
        note(actor, LOADED, at=moment(today, 0), detail={"scale": scale, "seed": seed})
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return True
