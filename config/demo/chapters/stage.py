"""The stage on which a chapter is played: who acts, on which day, with which chance."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random

from alliances.models import Alliance
from config.demo.chance import moment, stream
from members.models import Organization, User


@dataclass(frozen=True)
class Stage:
    """``users`` are the demo's accounts by name, ``own`` the organisations that they speak for; ``actor`` stands for
    everybody who has no account. Nothing happens after the day before ``today``."""

    scale: str
    users: dict[str, User]
    own: dict[str, Organization]
    actor: User
    today: date
    seed: int

    def ago(self, days: int, hour: int = 10) -> datetime:
        """That hour, so many days before today."""
        return moment(self.today - timedelta(days=days), hour)

    def chance(self, name: str) -> Random:
        """A chapter's own stream of chance: the same for the same seed, whatever other chapters draw."""
        return stream(self.seed, name)

    def case(self, code: str) -> Alliance:
        """A reported alliance by its code in the file of cases."""
        return Alliance.objects.get(code=code)
