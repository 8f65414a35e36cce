"""By what an alliance may be scored: a white list of outcomes, and the banned kinds that never join it.

The rules against formalism at fingertips (2023-12, 2024-08, 2026-01) forbid scoring by how much was done, recorded
or clicked; an outcome is what whoever asked has confirmed. A banned kind is known by its key and by its words, so
that a rater or a department cannot be asked to judge it either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from unicodedata import category, normalize

OUTCOMES = ("solve_rate", "problems_solved", "median_days_to_solve", "satisfied_rate")
"""The figure keys that an indicator may use."""

LESS_IS_BETTER = ("median_days_to_solve",)
"""Those of which a smaller value is the better one."""

EFFORTS = (
    "activities", "theme_days", "service", "members_", "party_members", "organizations", "listings", "items_",
    "instructor", "login", "logins", "online", "checkin", "check_in", "likes", "study", "photos", "tracks", "points",
    "forms", "rank",
)  # fmt: skip
"""Beginnings of the keys that count effort, presence, use or paper: never an indicator."""

EFFORT_WORDS = re.compile(
    r"登[录陆]|上线率|在线时[长间]|停留时[长间]|使用时[长间]|活跃度|日活|点击[量率数]|浏览量|阅读量|下载[量率]|安装率|注册率|关注率"
    r"|点赞|转发|跟帖|发帖|评论数"
    r"|学习时[长间]|学时数|学习强度|答题数"
    r"|打卡|签到|扫码|已读|刷脸"
    r"|留痕|痕迹|拍照|照片|截图|轨迹|定位打点|gps|录像"
    r"|(?<!累)积分|排名|名次|排行|排序|位次|末位|前[\d一二三四五六七八九十百]+名"
    r"|(?:表格|报表|表单|材料|台账|简报|信息|文件|记录|总结|方案|清单|心得)(?:报送|填报|上传|录入)*(?:份数|篇数|数量|条数|张数|个数|期数)"
    r"|填表|填报[量数率]|报送[量数]|上传[量数]|录入[量数]"
    r"|(?:活动|会议|例会|开会|培训|走访|学习|使用|访问|服务|志愿|主题党日|党课|认领)(?:开展|召开|组织)*(?:次数|场次|场数|频次|时长|天数|人次|数量)"
)
EFFORT_ENGLISH = re.compile(
    r"\b(?:log ?[io]ns?|online (?:time|hours?)|screen time|study (?:time|hours?)|check ?ins?|likes|photos?|points"
    r"|leader ?board|rank(?:s|ing|ings)?)\b"
)
"""Words of a name or a standard that say: it counts effort or use, leaves traces for show, or ranks."""

NAMED = "assessments.E001"
"""The id by which forms, verbs and the system check name the refusal."""


def banned(keys: Iterable[str], known: Iterable[str]) -> list[str]:
    """Those of ``keys`` that no indicator may use: outside the known figures, or a count of effort."""
    figures = set(known)
    return [key for key in keys if key not in figures or key.startswith(EFFORTS)]


def effort_in(*texts: str) -> str:
    """The first banned word in the texts, however it is spaced, widened or dotted; empty for none."""
    for text in texts:
        plain = "".join(c if category(c)[0] in "LN" else " " for c in normalize("NFKC", text).casefold())
        found = EFFORT_WORDS.search(plain.replace(" ", "")) or EFFORT_ENGLISH.search(" ".join(plain.split()))
        if found:
            return found[0]
    return ""
