"""Programs of other bureaux: a key that the banner's department may draw, and one that waits for the administrator."""

from __future__ import annotations

from config.demo.chapters.stage import Stage
from members import accounts
from members.keys import ask_key
from members.models import Region
from members.transitions import approve


def play(stage: Stage) -> None:
    banner = Region.objects.get(code="150422")
    who = {"by": stage.users["balinzuo"]}
    hotline = ask_key(
        banner, name="12345 政务服务热线", scopes=["lists:read", "items:write", "items:confirm"], days=365,
        reason="热线诉求直接列入联合体清单，办结后由热线回访确认", at=stage.ago(6), **who,
    )  # fmt: skip
    approve(hotline, by=stage.users["secadmin"], at=stage.ago(5), verbs=accounts.VERBS)
    ask_key(
        banner, name="民政局低保系统", scopes=["statistics:read"], days=180, reason="按月取各苏木镇的统计",
        at=stage.ago(1), **who,
    )  # fmt: skip
