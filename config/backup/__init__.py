"""A backup (备份) is a folder: a dump of the database, the uploaded files of the same night, and a manifest of both.

The manifest is reckoned in the very snapshot that is dumped, so that a drill (演练) can say of each table whether it
came back as it was.
"""

from config.backup.drilling import Finding, drill
from config.backup.folder import Backup, Trouble
from config.backup.making import back_up, keep_newest
from config.backup.restoring import restore

__all__ = ["Backup", "Finding", "Trouble", "back_up", "drill", "keep_newest", "restore"]
