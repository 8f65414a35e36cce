from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from pghistory import runtime

UNTRACKED = ("savepoint", "release savepoint", 'insert into "members_step"', 'update "members_step"')
"""Statements that change no row whose history is kept: they need not be told who is asking."""


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("党组织与账号")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Checks register themselves by being imported."""
        import_module("members.checks")
        runtime.IGNORED_SQL_PREFIXES += UNTRACKED  # type: ignore[assignment]
