"""manage.py audit_verify [--anchor FILE]: is the trail what was sealed? Exit code 0, or 1 with what is wrong."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from members.trail.proof import Anchor, Unreadable, anchors_in, prove


class Command(BaseCommand):
    help = "Compare every sealed row with its seal, the seals with each other, and the chain with anchors kept outside."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--anchor", type=Path, metavar="FILE", help="lines that audit_anchor has printed")

    def handle(self, *args: Any, anchor: Path | None, **options: Any) -> None:
        proof = prove(read(anchor) if anchor else ())
        for finding in proof.findings:
            self.stdout.write(finding)
        said = {"seals": proof.seals, "rows": proof.rows, "unsealed": proof.unsealed, "many": len(proof.findings)}
        self.stdout.write(_("复核 %(seals)s 个封条、%(rows)s 行；尚未封存 %(unsealed)s 行。") % said)
        if proof.findings:
            self.stdout.write(_("留痕被动过：发现 %(many)s 处。") % said)
            sys.exit(1)
        self.stdout.write(_("留痕完好，与封存时一致。"))
        if anchor is None:
            self.stdout.write(_("未用锚点：整条链被重写、或连同封条截去末尾，只有对照存在库外的锚点才能发现。"))


def read(path: Path) -> list[Anchor]:
    try:
        return anchors_in(path.read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as unread:
        raise CommandError(_("读不到锚点文件 %(path)s：%(why)s") % {"path": path, "why": unread}) from unread
    except Unreadable as odd:
        raise CommandError(f"{path}: {odd}") from odd
