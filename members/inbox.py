"""The verbs of the inbox: to put messages away, to bring them back. One's own filing, so it leaves no Step: a trace of
who put what away when would be the read receipt that the law forbids."""

from __future__ import annotations

from collections.abc import Iterable

from members.models import Notice, User


def put_away(user: User, notices: Iterable[int] | None = None) -> int:
    """The person's messages (all of them: None) count as read; how many did not before."""
    return _file(user, notices, away=True)


def bring_back(user: User, notices: Iterable[int] | None = None) -> int:
    """They wait again."""
    return _file(user, notices, away=False)


def _file(user: User, notices: Iterable[int] | None, *, away: bool) -> int:
    own = Notice.objects.visible_to(user).filter(put_away=not away)
    return (own if notices is None else own.filter(pk__in=list(notices))).update(put_away=away)
