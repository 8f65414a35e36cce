"""Celery as a clock with thin hands: the whole timetable is here, each line with its reason."""

import os
from typing import Any

from celery import Celery
from celery.schedules import crontab
from celery.signals import worker_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("alliances")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# Times are Asia/Shanghai. django-celery-beat copies the lines to the database at start, where they can be edited.
TIMETABLE = {
    # The review of a quarter, cut at its last day: on the first morning of the next one, before offices open.
    "quarterly-review": (
        "assessments.tasks.run_quarterly_review",
        crontab("10", "2", day_of_month="1", month_of_year="1,4,7,10"),
    ),
    # A review whose worker or broker died is open in PostgreSQL: this resumes it. Redis only rings the bell.
    "sweep-reviews": ("assessments.tasks.sweep_reviews", crontab("*/5")),
    # So does an import that a dead worker or a deaf broker has left.
    "sweep-imports": ("assessments.tasks.sweep_imports", crontab("*/3")),
    # A silence term ends with a day, and so does the time in which a confirmation can still be spoken of.
    "complete-signatures": ("listings.tasks.complete_signatures", crontab("20", "0")),
    # Offers of a place end with a working day; the next in line hears of it in the morning.
    "end-offers": ("listings.tasks.end_offers", crontab("5", "0")),
    # Supervision climbs in office hours only, which the calendar decides; more than once, in case a worker was away.
    "escalate-overdue": ("listings.tasks.escalate_overdue", crontab("20", "9,11,14,16")),
    "close-items": ("listings.tasks.close_items", crontab("30", "0")),
    # Terms of office end with a day; who has to prepare the next one is told in time.
    "keep-terms": ("alliances.tasks.keep_terms", crontab("40", "0")),
    # So does the time in which members can speak on a newcomer (共建准入).
    "close-admissions": ("alliances.tasks.close_admissions", crontab("15", "0")),
    # Silence becomes assent to a charter, an agreement ends, and a host takes over, each with a day; hosts first thing.
    "hand-over-hosts": ("alliances.tasks.hand_over_hosts", crontab("1", "0")),
    "complete-charters": ("alliances.tasks.complete_charters", crontab("22", "0")),
    "tend-agreements": ("alliances.tasks.tend_agreements", crontab("24", "0")),
    # A rectification's term that is near or has passed is told once, when offices open.
    "watch-rectifications": ("alliances.tasks.watch_rectifications", crontab("35", "8")),
    # What has outlived its term goes in the small hours: sessions, answers, messages, files.
    "purge": ("members.tasks.purge", crontab("50", "2")),
    # What the trail says becomes unchangeable unseen (封存) soon after it was said, and never within a request.
    "seal-trail": ("members.tasks.seal_trail", crontab("*/15")),
    # Where BACKUP_DIR names a folder: a backup of the night, drilled before older ones go; after the purge.
    "back-up": ("config.tasks.back_up_tonight", crontab("20", "3")),
    # Notices that are due leave the outbox; often, because people wait for them, and cheap when there is none.
    "tell": ("assessments.tasks.tell", crontab("*/2")),
    # What nobody has confirmed is rung for again; digests follow each person's hour, on working days only.
    "publish": ("assessments.tasks.publish", crontab("*")),
    # A ceiling that was passed in a month is told once, in the morning.
    "watch-burden": ("assessments.tasks.watch_burden", crontab("45", "7")),
    "digest": ("assessments.tasks.digest", crontab("*/10", "8-17")),
}
app.conf.beat_schedule = {
    name: {"task": task, "schedule": when, "options": {"expires": 3600}} for name, (task, when) in TIMETABLE.items()
}


@worker_ready.connect
def sweep_at_start(sender: Any, **_rest: Any) -> None:
    """A worker that starts takes up what the one before it has left."""
    for task in ("assessments.tasks.sweep_reviews", "assessments.tasks.sweep_imports"):
        app.send_task(task, kwargs={"at_start": True})
