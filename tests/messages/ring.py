"""Rings the bell for what is due, in a process of its own: ``python -m tests.messages.ring DATABASE``."""

import os
import sys

os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

import django
from django.conf import settings

settings.DATABASES["default"]["NAME"] = sys.argv[1]
django.setup()

from assessments import tasks  # noqa: E402

tasks.publish()
