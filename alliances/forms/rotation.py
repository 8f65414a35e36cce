"""What pages ask about rotation."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.forms.fields import DayInput
from alliances.models import HostTurn, Rotation
from alliances.parties import exchangeable
from members.pages import ReasonForm


class RotationForm(forms.Form):
    """From which day, and how long a turn is. Who follows whom is the members' order, to be arranged next."""

    starts_on = forms.DateField(label=_("从哪天开始"), widget=DayInput)
    length = forms.IntegerField(label=_("每期长度"), min_value=1, max_value=24, initial=1)
    unit = forms.ChoiceField(label=_("单位"), choices=Rotation.Unit.choices, initial=Rotation.Unit.MONTH)


class TurnField(forms.ModelChoiceField):
    """A turn by its host and its first day."""

    def label_from_instance(self, obj: HostTurn) -> str:
        return f"{obj.organization.label}（{obj.since:%Y-%m-%d} 起）"


class SwapForm(ReasonForm):
    """With which turn of another, and why."""

    other = TurnField(label=_("与哪一期调换"), queryset=HostTurn.objects.none(), empty_label=None)
    field_order = ("other", "reason")

    def __init__(self, *args: Any, turn: HostTurn, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others: forms.ModelChoiceField = self.fields["other"]  # type: ignore[assignment]
        others.queryset = exchangeable(turn)
