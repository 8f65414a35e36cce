"""What is written while an alliance is put in order: plan, progress, words of departments, an appeal."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.models import Rectification

ROWS, FIRST_ROWS = 12, 3


def words(rows: int, label: Any, most: int, **more: Any) -> forms.CharField:
    """A text of some lines; what is written is kept on the device until it was taken."""
    box = forms.Textarea(attrs={"rows": rows, "data-draft": ""})
    return forms.CharField(label=label, max_length=most, widget=box, **more)


class PlanForm(forms.Form):
    """The plan as a text, and its parts in rows: what, who, until when. The first is needed, others may stay empty."""

    text = words(4, _("整体安排"), 2000, help_text=_("针对整顿理由写：问题出在哪里，打算怎么改。"))

    def __init__(self, *args: Any, order: Rectification, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].initial = order.plan
        left = list(order.parts.left())
        for row in range(ROWS):
            part = left[row] if row < len(left) else None
            day = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
            self.fields[f"what_{row}"] = forms.CharField(
                label=_("做什么"), max_length=120, required=row == 0, initial=part and part.what
            )
            self.fields[f"who_{row}"] = forms.CharField(
                label=_("谁负责"), max_length=60, required=row == 0, initial=part and part.who
            )
            self.fields[f"due_on_{row}"] = forms.DateField(
                label=_("完成期限"), required=row == 0, widget=day, initial=part and part.due_on
            )

    def rows(self) -> list[tuple[int, list[Any]]]:
        """Number and fields of each row."""
        return [(row + 1, [self[f"{name}_{row}"] for name in ("what", "who", "due_on")]) for row in range(ROWS)]

    def first_rows(self) -> list[tuple[int, list[Any]]]:
        return self.rows()[:FIRST_ROWS]

    def more_rows(self) -> list[tuple[int, list[Any]]]:
        return self.rows()[FIRST_ROWS:]

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        parts = []
        for row in range(ROWS):
            part = {name: said.get(f"{name}_{row}") for name in ("what", "who", "due_on")}
            if any(part.values()):
                parts.append(part)
                for name, value in part.items():
                    if not value and f"{name}_{row}" not in self.errors:
                        self.add_error(f"{name}_{row}", _("做什么、谁负责、完成期限都要写。"))
        return {"text": said.get("text", ""), "parts": parts}


class ProgressForm(forms.Form):
    text = words(3, _("进展"), 1000)


class FinishForm(forms.Form):
    text = words(2, _("完成情况"), 500, required=False)


class ReadyForm(forms.Form):
    text = words(4, _("自查情况"), 1000, help_text=_("写明做了什么、有什么变化。数据由系统统计，不用填。"))


class AcceptPlanForm(forms.Form):
    reason = words(2, _("意见"), 500, required=False)


class AppealForm(forms.Form):
    text = words(6, _("申诉理由"), 2000)


class OpinionForm(forms.Form):
    opinion = words(3, _("转呈意见"), 500)


class AnswerAppealForm(forms.Form):
    reason = words(4, _("答复"), 1000, help_text=_("写明依据，申诉的党组织会看到。"))


class WithdrawForm(forms.Form):
    reason = words(2, _("说明"), 500, required=False)


