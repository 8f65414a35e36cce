"""A process of its own on the tests' database: ``python -m tests.assessments.child DATABASE command …`` or ``worker``.

Batches of one alliance, so that there is a middle in which to kill it.
"""

import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()

from django.core.management import call_command  # noqa: E402

from assessments import reviews  # noqa: E402
from config.celery import app  # noqa: E402

reviews.BATCH = 1
if sys.argv[2] == "worker":
    hands = sys.argv[3] if len(sys.argv) > 3 else "1"
    app.worker_main(["worker", f"--concurrency={hands}", "--loglevel=ERROR", "--without-gossip", "--without-mingle"])
else:
    call_command(*sys.argv[2:])
