"""What stands as of yesterday before the demo's accounts, played by them through the verbs of the house."""

from __future__ import annotations

from datetime import date

from members.models import User


class Scenes:
    def __init__(self, users: dict[str, User], actor: User, today: date, seed: int) -> None:
        pass

    def play(self) -> None:
        pass
