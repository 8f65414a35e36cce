#!/usr/bin/env python
"""Commands for the operator. They find the demo's database, or start the embedded servers for their own time."""

import os
import signal
import sys

# These work without a database.
NO_SERVERS = {"check", "collectstatic", "compilemessages", "diffsettings", "help", "makemessages", "version"}


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    if len(sys.argv) < 2 or sys.argv[1] in NO_SERVERS or {"--help", "-h", "--version"} & set(sys.argv):
        execute_from_command_line(sys.argv)
        return
    from config.embedded import Place, present

    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with present(Place.current()):
        execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
