"""Who a session belongs to."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend

from members.models import User


class AccountBackend(ModelBackend):
    """Django's own; with the account comes how many messages wait for it, which every page shows: in one query."""

    def get_user(self, user_id: Any) -> User | None:
        user: User | None = User.objects.with_unread().filter(pk=user_id).first()
        return user if user is not None and self.user_can_authenticate(user) else None
