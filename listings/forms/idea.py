"""What pages ask about idea calls and ideas."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from listings.forms.fields import DayInput, words
from listings.models import Idea, IdeaCall
from listings.projects import choices
from members.models import Organization


class CallForm(forms.ModelForm):
    """What is called for, and from when to when."""

    class Meta:
        model = IdeaCall
        fields = ("theme", "about", "opens_on", "closes_on")
        widgets = {"about": forms.Textarea(attrs={"rows": 4}), "opens_on": DayInput, "closes_on": DayInput}
        help_texts = {
            "theme": _("一句话，例如“老旧小区邻里金点子”。"),
            "about": _("想解决什么、怎样的点子容易落地。"),
        }


class IdeaForm(forms.ModelForm):
    """An idea, and for whom it is handed in."""

    proposed_by = forms.ModelChoiceField(label=_("提出单位"), queryset=Organization.objects.none(), empty_label=None)

    class Meta:
        model = Idea
        fields = ("proposed_by", "title", "detail", "category", "place", "for_resident")
        widgets = {"detail": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "title": _("一句话说清做什么，例如“楼道口加装代步车充电棚”。"),
            "for_resident": _("只记是居民的点子，不记居民姓名。"),
        }

    def __init__(self, *args: Any, user: Any, call: IdeaCall, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        proposed_by: Any = self.fields["proposed_by"]
        proposed_by.queryset = choices.proposers_of(call, user)


class StudyIdeaForm(forms.Form):
    finding = words(_("研究意见"), help_text=_("是否需要、能否做到、谁来做合适；只有评选的同志看到。"))


class AnswerForm(forms.Form):
    """Why an idea is chosen or not."""

    reason = words(_("理由"), help_text=_("会告知提出方，请写清缘由。"))
