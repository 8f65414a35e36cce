"""How many speak under one scheme at once while nobody can move it: a shared lock on its row."""

from __future__ import annotations

from django.db import connection

from assessments.models import Scheme
from members.states import Refused

HELD = "SELECT state FROM assessments_scheme WHERE id = %s FOR KEY SHARE"


def hold(scheme: Scheme, state: str, refusal: Refused) -> None:
    """Whoever would close or publish the scheme waits until this transaction has ended; raises ``refusal`` where they
    were first. Holders do not wait for each other. (Foreign keys are checked at the commit: they hold nothing.)"""
    with connection.cursor() as cursor:
        cursor.execute(HELD, [scheme.pk])
        now = cursor.fetchone()
    if now is None or now[0] != state:
        raise refusal
