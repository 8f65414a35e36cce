"""manage.py load_regions FILE.csv[.gz]: regions by their statistical division code."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from members.loading import load_regions, orphans


class Command(BaseCommand):
    help = "Load regions from a CSV file (code,name[,successor]); .gz is unpacked. Safe to run twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        try:
            loaded = load_regions(path, told=self.progress)
        except (OSError, EOFError, ValueError) as unreadable:
            raise CommandError(f"{path}: {unreadable}") from unreadable
        for fault in loaded.bad:
            self.stderr.write(fault)
        self.stdout.write(f"{loaded.rows} rows read, {loaded.written} new or renamed, {loaded.bad_count} refused")
        for code in orphans():
            self.stderr.write(f"warning: {code} stands under a code that is missing")
        if loaded.bad_count:
            raise CommandError(f"{loaded.bad_count} rows were refused; the others are loaded.")

    def progress(self, rows: int) -> None:
        self.stdout.write(f"· {rows} rows", ending="\r" if self.stdout.isatty() else "\n")
