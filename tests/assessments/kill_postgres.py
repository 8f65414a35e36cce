"""Run by test_faults: PostgreSQL is killed -9 in the middle of a review, again and again. Prints SAME where the digest
is that of an unbroken run.

Its own process, data folder and servers; arguments: the folder and how many kills.
"""

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

folder, kills = Path(sys.argv[1]), int(sys.argv[2])
os.environ |= {"DATA_DIR": str(folder), "DATA_SET": "kills", "DJANGO_SETTINGS_MODULE": "config.settings", "HTTPS": "0"}
os.environ.setdefault("SECRET_KEY", "a-key-for-the-tests-that-is-long-enough-and-protects-nothing-0123456789")

from config.embedded import Place, hold, running  # noqa: E402

ALLIANCES = 12


def prepare() -> str:
    """A small town and the digest of its review when nothing goes wrong."""
    from django.core.management import call_command

    from assessments import reviews
    from assessments.models import Proposal, ReviewRun
    from tests.assessments.facts import QUARTER_END, many_alliances, solved, unsolved
    from tests.cast import people

    call_command("migrate", verbosity=0)
    for n, alliance in enumerate(many_alliances(people(), ALLIANCES)):
        solved(alliance, 10 * (n % 3 == 0))
        unsolved(alliance, 6 * (n % 5 == 0))
    digest = reviews.run(QUARTER_END).digest
    Proposal.objects.all().delete()
    ReviewRun.objects.all().delete()
    return digest


def reviewed(servers: list) -> str:
    """Batch by batch; after some the database dies under the review, and the sweeper takes it up."""
    from django.db import DatabaseError, InterfaceError, connection

    from assessments import reviews
    from assessments.models import ReviewRun
    from tests.assessments.facts import AFTER, QUARTER_END

    reviews.BATCH, written, deaths = 1, reviews.write, []

    def write(*batch: object) -> None:
        written(*batch)  # type: ignore[arg-type]
        if len(deaths) < kills and ReviewRun.objects.get().rows.count() >= 3 * (len(deaths) + 1):
            deaths.append(servers[0])
            os.kill(servers[0].process.pid, signal.SIGKILL)
            servers[0].process.wait()

    reviews.write = write
    reviews.begin(QUARTER_END, at=AFTER)
    for _take in range(kills + 1):
        with suppress(DatabaseError, InterfaceError):
            reviews.sweep(at=AFTER, wait=False)
        connection.close()
        servers[0].keep()
    assert len(deaths) == kills
    return ReviewRun.objects.get(state="complete").digest


def main() -> None:
    place = Place.current()
    with hold(place), running(place) as servers:
        import django

        django.setup()
        print("SAME" if prepare() == reviewed(servers) else "OTHER")


main()
