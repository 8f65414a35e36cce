"""What pages ask about the means: money, people, places, shares."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances import choices
from alliances.forms.fields import DayInput
from alliances.models import Activity, Alliance, FundEntry, Partner, Staff, Venue
from alliances.week import moment
from members.models import Organization, PartyMember
from members.pages import ReasonForm

MONTHS = [("", _("全年开放")), *((month, _("%(n)s月") % {"n": month}) for month in range(1, 13))]
AMOUNT = _("金额（元）")
PARTIES_FIRST, PARTIES_AT_MOST = 3, 12


class TimeInput(forms.TimeInput):
    """The browser's own time field."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


def amount_field(label: Any = AMOUNT) -> forms.DecimalField:
    """Yuan with at most two places."""
    return forms.DecimalField(label=label, min_value=Decimal("0.01"), max_digits=14, decimal_places=2)


class AllianceForm(forms.Form):
    """A form whose choices are of one alliance and one user."""

    def __init__(self, *args: Any, user: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.alliance = user, alliance

    def offer(self, name: str, rows: Any, empty: Any = None) -> None:
        """Let the field choose among the rows; ``empty`` names the choice of none."""
        chosen: Any = self.fields[name]
        chosen.queryset, chosen.empty_label = rows, empty


class ReceiveForm(AllianceForm):
    source = forms.ChoiceField(label=_("来源"), choices=[(kind.value, kind.label) for kind in FundEntry.SOURCES])
    amount = amount_field()
    on = forms.DateField(label=_("日期"), widget=DayInput)
    member = forms.ModelChoiceField(
        label=_("出资成员"), queryset=Organization.objects.none(), required=False, help_text=_("只有各方筹的要选。")
    )
    document = forms.CharField(label=_("凭证"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("member", choices.givers_of(self.alliance), _("不是成员出资"))


class SpendForm(AllianceForm):
    purpose = forms.CharField(label=_("用途"), max_length=120)
    amount = amount_field()
    on = forms.DateField(label=_("日期"), widget=DayInput)
    activity = forms.ModelChoiceField(label=_("用于活动"), queryset=Activity.objects.none(), required=False)
    document = forms.CharField(label=_("凭证"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("activity", choices.activities_of(self.alliance), _("不是某次活动"))


class DrawForm(forms.Form):
    purpose = forms.CharField(label=_("用途"), max_length=120)
    amount = amount_field()
    on = forms.DateField(label=_("日期"), widget=DayInput)


class StaffForm(AllianceForm):
    kind = forms.ChoiceField(label=_("方式"), choices=Staff.Kind.choices)
    person = forms.ModelChoiceField(
        label=_("本组织党员"), queryset=PartyMember.objects.none(), required=False,
        help_text=_("不是本组织党员的，填下面的姓名和单位。"),
    )  # fmt: skip
    name = forms.CharField(label=_("姓名"), max_length=40, required=False)
    unit = forms.CharField(label=_("所在单位"), max_length=60, required=False)
    task = forms.CharField(label=_("承担什么"), max_length=80)
    since = forms.DateField(label=_("开始日期"), widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("person", choices.people_of(self.user), _("不是本组织党员"))


class PartnerForm(forms.Form):
    kind = forms.ChoiceField(label=_("类别"), choices=Partner.Kind.choices)
    name = forms.CharField(
        label=_("名称"), max_length=60, help_text=_("种植户按村或合作组写一个名称，不登记农户个人信息。")
    )
    contact = forms.CharField(label=_("联系方式"), max_length=60, required=False)
    since = forms.DateField(label=_("加入日期"), widget=DayInput)


class VenueForm(forms.Form):
    kind = forms.ChoiceField(label=_("类别"), choices=Venue.Kind.choices)
    name = forms.CharField(label=_("名称"), max_length=60)
    place = forms.CharField(label=_("地点"), max_length=80, required=False)
    seats = forms.IntegerField(label=_("座位"), min_value=1, max_value=9999, required=False)
    opening = forms.CharField(label=_("开放时间"), max_length=80, required=False)
    season_from = forms.TypedChoiceField(
        label=_("季节：从"), choices=MONTHS, coerce=int, empty_value=None, required=False
    )
    season_to = forms.TypedChoiceField(
        label=_("季节：至"), choices=MONTHS, coerce=int, empty_value=None, required=False
    )


class ShareForm(VenueForm, AllianceForm):
    organization = forms.ModelChoiceField(label=_("提供单位"), queryset=Organization.objects.none())
    field_order = ["organization"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("organization", choices.own_members(self.user, self.alliance))


class BookForm(AllianceForm):
    """A day and two hours of it; cleaned to two moments."""

    organization = forms.ModelChoiceField(label=_("预约单位"), queryset=Organization.objects.none())
    on = forms.DateField(label=_("日期"), widget=DayInput)
    begins = forms.TimeField(label=_("开始"), widget=TimeInput)
    ends = forms.TimeField(label=_("结束"), widget=TimeInput)
    purpose = forms.CharField(label=_("用途"), max_length=80)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("organization", choices.own_members(self.user, self.alliance))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if self.errors:
            return data
        on, begins, ends = data.pop("on"), data.pop("begins"), data.pop("ends")
        try:
            return data | {"starts_at": moment(on, begins), "ends_at": moment(on, ends)}
        except OverflowError as odd:
            raise forms.ValidationError(_("日期超出范围。")) from odd


class SchemeForm(forms.Form):
    """A name, and as many parties with their shares as were asked for; cleaned to ``shares``."""

    name = forms.CharField(label=_("名称"), max_length=40, help_text=_("例如：4421"))
    base = forms.CharField(label=_("分配什么"), max_length=80, help_text=_("例如：产品销售增值利润"))

    def __init__(self, *args: Any, rows: int = PARTIES_FIRST, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = range(1, max(rows, self.last_filled()) + 1)
        for place in self.places:
            label = {"n": place}
            self.fields[f"party_{place}"] = forms.CharField(
                label=_("对象%(n)s") % label, max_length=40, required=place <= 2
            )
            self.fields[f"percent_{place}"] = forms.DecimalField(
                label=_("比例%(n)s %%") % label, min_value=0, max_value=100, max_digits=5, decimal_places=2,
                required=place <= 2,
            )  # fmt: skip
            self.fields[f"rate_{place}"] = forms.DecimalField(
                label=_("计提%(n)s %%") % label, min_value=0, max_value=100, max_digits=5, decimal_places=2,
                required=False,
            )  # fmt: skip

    def last_filled(self) -> int:
        """The last row in which something was sent."""
        places = range(1, PARTIES_AT_MOST + 1)
        sent = [n for n in places if any(self.data.get(f"{name}_{n}") for name in ("party", "percent", "rate"))]
        return max(sent, default=0)

    @property
    def rows(self) -> list[tuple[Any, Any, Any]]:
        """The three fields of each party."""
        return [(self[f"party_{n}"], self[f"percent_{n}"], self[f"rate_{n}"]) for n in self.places]

    @property
    def may_grow(self) -> bool:
        """Whether there is room for one more party."""
        return len(self.places) < PARTIES_AT_MOST

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if self.errors:
            return data
        shares = []
        for n in self.places:
            party, percent, rate = data[f"party_{n}"], data[f"percent_{n}"], data[f"rate_{n}"]
            if bool(party) != (percent is not None):
                raise forms.ValidationError(_("对象%(n)s：名称和比例要一起填。") % {"n": n})
            if party:
                shares.append((party, percent, rate or Decimal(0)))
        return {"name": data["name"], "base": data["base"], "shares": shares}


class DistributeForm(forms.Form):
    amount = amount_field(_("分配总额（元）"))
    on = forms.DateField(label=_("分配日期"), widget=DayInput)
    basis = forms.CharField(
        label=_("依据"), max_length=200, required=False, help_text=_("例如：哪一季、哪批产品，依据什么账目")
    )


class SecondForm(AllianceForm):
    """For which member, other than the lead, one agrees."""

    organization = forms.ModelChoiceField(label=_("以哪个成员党组织的名义"), queryset=Organization.objects.none())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("organization", choices.second_members(self.user, self.alliance))


class SecondReasonForm(SecondForm, ReasonForm):
    """The same, saying why."""
