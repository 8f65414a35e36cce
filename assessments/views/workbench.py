"""The work-bench: what waits for me today, and how my area or my alliances are getting on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import TemplateView

from alliances.measures import Period
from alliances.models import Alliance
from assessments import pictures
from assessments.beginnings import first_steps, waiting_for
from assessments.statistics import METRICS, Question, Reach, reach_of, rows
from assessments.workbench import SHOWN, claimable_items, todos_of
from listings.models import Item
from listings.terms import soon_until
from members.charts import Slice
from members.context import acting_of
from members.pages import Page
from members.scope import rights_of

WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日")
"""Monday first."""


class WorkbenchView(Page, TemplateView):
    """工作台, by role: staff see their area, organisations their alliances, administrators what they must approve."""

    def get_template_names(self) -> list[str]:
        if rights_of(self.request.user).codes:
            return ["workbench/staff.html"]
        return ["workbench/branch.html" if rights_of(self.request.user).organizations else "workbench/plain.html"]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = timezone.localdate()
        todos, counts = todos_of(self.request.user, today)
        rights = rights_of(self.request.user)
        known: dict[str, Any] = {"todos": todos, "counts": counts, "sentence": sentence(today, todos)}
        known["greeting"] = greeting(timezone.localtime().hour)
        if rights.codes:
            area = self.area(today)
            known |= area | {"sentence": told_to_staff(today, area["overdue"], area["soon"])}
        if rights.organizations:
            known |= self.own(today)
        if not any(part.value for part in known.get("ring", ())):
            known |= {"first_steps": first_steps(self.request.user, today), "roleless": waiting_for(self.request.user)}
        return super().get_context_data(**known, **kwargs)

    def area(self, today: date) -> dict[str, Any]:
        """Of staff: terms, the state of all items, twelve months, the regions beneath."""
        question = self.question(reach_of(self.request.user), today)
        items = Item.objects.governed_by(self.request.user)
        parts = rows(question.of("solve_rate"), "region")
        return {
            "directs": bool(rights_of(self.request.user).departments),
            "soon": items.due_within(today, soon_until(today)).count(),
            "overdue": items.overdue(today).count(),
            "regions": [Slice(row.label, row.figures["solve_rate"]) for row in parts if row.code != question.code],
            **self.pictures_of(question, today),
        }

    def own(self, today: date) -> dict[str, Any]:
        """Of organisations: what they can claim, and the alliances that they lead or are in."""
        user = self.request.user
        claimable = claimable_items(user)
        shown = list(claimable[:SHOWN])
        for item in shown:
            item.days_left = (item.due_on - today).days if item.due_on else None
        joined = Alliance.objects.joined_by(user).running().select_related("region").order_by("region_id", "id")
        known = {
            "claimable": shown,
            "claimable_count": len(shown) if len(shown) < SHOWN else claimable.count(),
            "alliances": joined[:SHOWN],
        }
        if rights_of(user).codes:
            return known
        return known | self.pictures_of(self.question(reach_of(user), today), today)

    def pictures_of(self, question: Question, today: date) -> dict[str, Any]:
        """The ring of item states and the curves of the last twelve complete months."""
        months, series, _unfinished = pictures.curves(question.over(pictures.complete_months(today)))
        return {"ring": pictures.ring(question), "months": months, "series": series}

    def question(self, reach: Reach, today: date) -> Question:
        """This year until today, in the region as whose officer one acts."""
        chosen = acting_of(self.request).region
        code = chosen if chosen and reach.covers(chosen) else reach.home
        return Question(code, Period(date(today.year, 1, 1), today), tuple(METRICS.values()), reach.alliances)


def greeting(hour: int) -> str:
    """A word for the time of day."""
    return _("早上好") if hour < 9 else _("上午好") if hour < 12 else _("下午好") if hour < 18 else _("晚上好")


def day_of(today: date) -> str:
    """6月3日 星期一."""
    return _("%(month)s月%(day)s日 星期%(weekday)s") % {
        "month": today.month, "day": today.day, "weekday": WEEKDAYS[today.weekday()]
    }  # fmt: skip


def told_to_staff(today: date, overdue: int, soon: int) -> str:
    """Today in one sentence for those who govern: how their area stands with its terms, all of it."""
    if not overdue and not soon:
        return f"{day_of(today)} · " + _("辖区内没有逾期和即将到期的事项")
    parts = {"overdue": overdue, "soon": soon}
    return f"{day_of(today)} · " + _("辖区内已逾期 %(overdue)s 项，5 个工作日内到期 %(soon)s 项") % parts


def sentence(today: date, todos: list[Any]) -> str:
    """Today in one sentence: the date, what is due, how much waits."""
    due = sum(todo.days is not None and todo.days <= 0 for todo in todos)
    day = day_of(today)
    if not todos:
        return f"{day} · " + _("没有待办事项")
    if not due:
        return f"{day} · " + _("今天没有到期事项，可从容办理待办")
    return f"{day} · " + _("有 %(count)s 项今天到期或已逾期，建议先办") % {"count": due}
