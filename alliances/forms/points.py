"""What pages ask about points, lines and areas: a name, a kind, and alliances in their order."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from alliances.models import Alliance, Belt
from alliances.transitions.points import MOST_STOPS
from members.models import Region
from members.scope import rights_of


class OrderField(forms.CharField):
    """Alliances by number, one a line, in their order; what follows the number on a line is for the reader only."""

    widget = forms.Textarea(attrs={"rows": 8})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_length=8000, **kwargs)

    @staticmethod
    def written(alliances: Any) -> str:
        return "\n".join(f"{alliance.code} {alliance.name}" for alliance in alliances)


class StopsForm(forms.Form):
    """The stops and their order."""

    alliances = OrderField(
        label=_("依次停靠的联合体"), help_text=_("每行一个联合体编号，从起点到终点；调整次序就是移动行。")
    )

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_alliances(self) -> list[Alliance]:
        codes = [line.split()[0].upper() for line in self.cleaned_data["alliances"].splitlines() if line.strip()]
        if len(codes) > MOST_STOPS:
            raise ValidationError(_("至多60个联合体。"))
        found = {a.code: a for a in Alliance.objects.directed_by(self.user).filter(code__in=codes)}
        unknown = [code for code in codes if code not in found]
        if unknown:
            raise ValidationError(_("没有这个编号，或它不在您的范围内：%(code)s"), params={"code": unknown[0][:40]})
        return [found[code] for code in codes]


class LayForm(StopsForm):
    """A new belt, route or district."""

    name = forms.CharField(label=_("名称"), max_length=80)
    kind = forms.ChoiceField(label=_("类别"), choices=Belt.Kind.choices)
    region = forms.ModelChoiceField(label=_("区划"), queryset=Region.objects.none(), empty_label=None)
    reason = forms.CharField(label=_("命名依据"), max_length=500, required=False)
    field_order = ["name", "kind", "region", "alliances", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["region"]
        departments = rights_of(self.user).departments
        below = [Region.objects.children_of(code).values("pk") for code in departments]
        choice.queryset = Region.objects.filter(pk__in=departments)
        for codes in below:
            choice.queryset |= Region.objects.filter(pk__in=codes)


class NameForm(forms.Form):
    name = forms.CharField(label=_("名称"), max_length=80)
