"""The door for a WSGI server."""

import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = get_wsgi_application()

get_resolver()._populate()  # every page and view is loaded before the first request, and shared by the workers
gc.collect()
gc.freeze()  # what stands now stays: looking through it for garbage took a fifth of a second, now and then
gc.set_threshold(10_000, 20, 20)  # a long list alone makes thousands of objects that are gone with the answer
