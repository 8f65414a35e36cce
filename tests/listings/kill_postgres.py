"""Run by test_faults: writers claim while PostgreSQL is killed -9 again and again. Prints what was lost or doubled.

Its own process, data folder and servers; arguments: the folder and how many kills.
"""

import os
import signal
import sys
import threading
import time
from pathlib import Path

folder, kills = Path(sys.argv[1]), int(sys.argv[2])
os.environ |= {"DATA_DIR": str(folder), "DATA_SET": "kills", "DJANGO_SETTINGS_MODULE": "config.settings", "HTTPS": "0"}
os.environ.setdefault("SECRET_KEY", "a-key-for-the-tests-that-is-long-enough-and-protects-nothing-0123456789")

from config.embedded import Place, hold, running  # noqa: E402

WRITERS, ITEMS = 32, 400
acknowledged: list[tuple[int, int]] = []
over = threading.Event()


def write(orgs: list[int], items: list[int], number: int) -> None:
    """Go through all items from a place of one's own, claiming each; a lost connection is tried again."""
    from django.db import DatabaseError, InterfaceError, connection

    from listings.models import Item
    from listings.transitions import claim
    from members.models import Organization
    from members.states import Refused
    from tests.cast import NOW

    place = number * len(items) // WRITERS
    while not over.is_set():
        try:
            org = Organization.objects.get(pk=orgs[number])
            item = Item.objects.get(pk=items[place % len(items)])
            made = claim(item, org, at=NOW)
            acknowledged.append((made.pk, item.pk))
            place += 1
        except Refused:
            place += 1
        except (DatabaseError, InterfaceError):
            connection.close()
            time.sleep(0.02)
    connection.close()


def prepare() -> tuple[list[int], list[int]]:
    from django.core.management import call_command

    from listings.models import Item
    from tests.cast import NOW, join, organization, people
    from tests.listings.conftest import list_of

    call_command("migrate", verbosity=0)
    cast = people()
    orgs = [organization(f"第{n}党支部", "150422404") for n in range(WRITERS)]
    for org in orgs:
        join(cast.alliance, org)
    listing = list_of(cast.alliance, cast.dongshiqiao)
    given = {
        "alliance": cast.alliance, "region_id": cast.alliance.region_id, "kind": listing.kind, "listing": listing,
        "state": "open", "collected_on": NOW.date(), "capacity": 4,
    }  # fmt: skip
    made = Item.objects.bulk_create(
        Item(**given, title=f"事项 {n}", asked_by=cast.dongshiqiao_org)
        for n in range(ITEMS)
    )
    return [org.pk for org in orgs], [item.pk for item in made]


def main() -> None:
    place = Place.current()
    with hold(place), running(place) as servers:
        import django

        django.setup()
        orgs, items = prepare()
        threads = [threading.Thread(target=write, args=(orgs, items, number)) for number in range(WRITERS)]
        for thread in threads:
            thread.start()
        for _kill in range(kills):
            time.sleep(1)
            postgres = servers[0]
            os.kill(postgres.process.pid, signal.SIGKILL)
            postgres.process.wait()
            postgres.keep()
        time.sleep(1)
        over.set()
        for thread in threads:
            thread.join(60)
        report(items)


def report(items: list[int]) -> None:
    from django.db import connection
    from django.db.models import Count

    from listings.models import Claim, Item
    from listings.querysets import ACTIVE_CLAIMS

    connection.close()  # it was opened before the kills
    there = set(Claim.objects.values_list("pk", flat=True))
    lost = [claim for claim, _item in acknowledged if claim not in there]
    held = Claim.objects.filter(state__in=ACTIVE_CLAIMS)
    many = held.values("item").annotate(n=Count("pk")).filter(n__gt=4).count()
    leads = held.filter(role="lead").values("item").annotate(n=Count("pk")).filter(n__gt=1).count()
    odd = Item.objects.filter(state="open", pk__in=held.values("item")).count()
    print(f"ACKNOWLEDGED {len(acknowledged)} LOST {len(lost)} DOUBLE {many + leads} HALF {odd}")


main()
