"""What pages ask about meetings, topics and decisions."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances import choices
from alliances.forms.fields import DayInput, NamedChoice
from alliances.models import Alliance, Decision, Meeting, Topic, Voice
from members.models import Organization


class TimeInput(forms.TimeInput):
    """The browser's own field for a time of the day."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


def text(label: Any, rows: int, most: int = 5000, **kwargs: Any) -> forms.CharField:
    """Several sentences."""
    return forms.CharField(label=label, max_length=most, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class ConveneForm(forms.Form):
    """When, where, about what; the convener's topics one a line."""

    kind = forms.ChoiceField(label=_("类型"), choices=Meeting.Kind.choices)
    title = forms.CharField(label=_("会议名称"), max_length=80)
    planned_on = forms.DateField(label=_("日期"), widget=DayInput)
    begins_at = forms.TimeField(label=_("时间"), widget=TimeInput, required=False)
    host = forms.ModelChoiceField(label=_("主持"), queryset=Organization.objects.none(), empty_label=None)
    place = forms.CharField(label=_("地点"), max_length=80, required=False)
    topics = text(
        _("议题"), 4, 2400, required=False, help_text=_("每行一个，按顺序。成员党组织在会前还可以提出。")
    )
    invitation = text(_("通知事项"), 3, 1000, required=False, help_text=_("例如请带什么材料、哪位同志参加。"))

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hosts: forms.ModelChoiceField = self.fields["host"]  # type: ignore[assignment]
        hosts.queryset = choices.members_of(alliance)

    def clean_topics(self) -> list[str]:
        """One a line, empty lines left out."""
        topics = [line.strip() for line in self.cleaned_data["topics"].splitlines() if line.strip()]
        if any(len(topic) > 80 for topic in topics):
            raise forms.ValidationError(_("每个议题不超过80字，细节可以在会上说。"))
        return topics


class TopicForm(forms.Form):
    """A topic in the name of one's own organisation."""

    organization = forms.ModelChoiceField(label=_("提出"), queryset=Organization.objects.none(), empty_label=None)
    title = forms.CharField(label=_("议题"), max_length=80)
    detail = text(_("说明"), 3, 1000, required=False)

    def __init__(self, *args: Any, user: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own: forms.ModelChoiceField = self.fields["organization"]  # type: ignore[assignment]
        own.queryset = choices.voices_of(user, alliance)


class HoldMeetingForm(forms.Form):
    """Which organisations came is ticked afterwards; nobody checks in, nobody types a number."""

    held_on = forms.DateField(label=_("召开日期"), widget=DayInput)
    organizations = NamedChoice(label=_("到会的成员党组织"), queryset=Organization.objects.none())
    minutes = text(_("纪要"), 8, required=False, help_text=_("可以现在写，也可以会后补上。"))

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organizations: forms.ModelMultipleChoiceField = self.fields["organizations"]  # type: ignore[assignment]
        organizations.queryset = choices.attenders_of(meeting)


class MinutesForm(forms.Form):
    minutes = text(_("纪要"), 12)


class DecideForm(forms.Form):
    """What was decided, and on which topic."""

    topic = forms.ModelChoiceField(
        label=_("议题"), queryset=Topic.objects.none(), required=False, empty_label=_("不对应某一议题")
    )
    title = forms.CharField(label=_("决议"), max_length=80, help_text=_("一句话写清定了什么事。"))
    text = text(_("内容"), 4, required=False, help_text=_("谁牵头、谁配合、什么时候办成。"))
    put_to_vote = forms.BooleanField(
        label=_("请成员党组织表决"), required=False, help_text=_("现有成员过半数同意即通过；会上已议定的不用勾选。")
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics: forms.ModelChoiceField = self.fields["topic"]  # type: ignore[assignment]
        topics.queryset = meeting.topics.all()
        if not topics.queryset.exists():
            del self.fields["topic"]


class VoteForm(forms.Form):
    """One's own organisation's voice."""

    organization = forms.ModelChoiceField(label=_("表决单位"), queryset=Organization.objects.none(), empty_label=None)
    choice = forms.ChoiceField(label=_("意见"), choices=Voice.Choice.choices, widget=forms.RadioSelect)

    def __init__(self, *args: Any, user: Any, decision: Decision, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own: forms.ModelChoiceField = self.fields["organization"]  # type: ignore[assignment]
        own.queryset = choices.voices_of(user, decision.alliance)
