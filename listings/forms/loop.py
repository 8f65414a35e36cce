"""What the pages of the closed loop's hard cases ask."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.forms.activity import PeopleField
from alliances.models import Alliance
from listings.forms.fields import DayInput, ReasonForm, words
from listings.models import Claim, Help, Item
from listings.querysets import ENDED_ITEMS
from listings.transitions.dispute import parties_of
from members.models import Organization, PartyMember


def destination(required: bool, help_text: Any) -> forms.CharField:
    """Where it goes next: an organisation, a department, a hotline by name."""
    return forms.CharField(label=_("下一步去向"), max_length=120, required=required, help_text=help_text)


class ReturnForm(ReasonForm):
    """Why, and where next if not back to whoever asked."""

    goes_to = destination(False, _("不填即由提出方补充后重新提出。"))


class RefuseForm(ReasonForm):
    """Why, and whose it is."""

    goes_to = destination(True, _("写明应当找谁，例如“旗供水公司”“12345 热线”。能由别的联合体办理的，请用“转办”。"))


class ConfirmForm(forms.Form):
    """That it is done, and what the asker thinks of it."""

    satisfaction = forms.ChoiceField(
        label=_("您对办理结果"), choices=Item.Satisfaction.choices, widget=forms.RadioSelect, required=False
    )
    reason = words(_("意见"), rows=2, required=False)


class ForwardForm(ReasonForm):
    """To which alliance, and why it is that one's affair."""

    into = forms.ModelChoiceField(
        label=_("转往的联合体"), queryset=Alliance.objects.none(), empty_label=None,
        help_text=_("列出您能看到的运行中的联合体。要转往别处的，请由上级党（工）委转办。"),
    )  # fmt: skip
    field_order = ("into", "reason")

    def __init__(self, *args: Any, user: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        into: forms.ModelChoiceField = self.fields["into"]  # type: ignore[assignment]
        into.queryset = destinations(user, item)


def destinations(user: Any, item: Item) -> Any:
    """The alliances to which the user may pass the item on: running and visible, in the order of their places."""
    running = Alliance.objects.visible_to(user).running().exclude(pk=item.alliance_id)
    return running.order_by("region_id", "pk")


class AttachForm(forms.Form):
    """Of which larger item it is a part."""

    parent = forms.ModelChoiceField(label=_("归入哪个事项"), queryset=Item.objects.none(), empty_label=None)

    def __init__(self, *args: Any, user: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent: forms.ModelChoiceField = self.fields["parent"]  # type: ignore[assignment]
        same = Item.objects.visible_to(user).filter(alliance=item.alliance_id).exclude(state__in=ENDED_ITEMS)
        parent.queryset = same.exclude(pk=item.pk).exclude(parent=item.pk).order_by("-pk")


class DisputeForm(forms.Form):
    """In whose name, and what is disputed."""

    organization = forms.ModelChoiceField(
        label=_("提请单位"), queryset=Organization.objects.none(), empty_label=None
    )
    reason = words(_("争议的理由"), rows=4, help_text=_("双方和上级都能看到。写清做了什么、分歧在哪里。"))

    def __init__(self, *args: Any, user: Any, item: Item, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organizations: forms.ModelChoiceField = self.fields["organization"]  # type: ignore[assignment]
        organizations.queryset = parties(user, item)


def parties(user: Any, item: Item) -> Any:
    """The organisations of the user that may raise a dispute on the item: who asked, and who is at work on it."""
    return parties_of(item).spoken_for_by(user)


class RulingForm(forms.Form):
    """What the ruling is, and why."""

    outcome = forms.ChoiceField(
        label=_("裁定"), widget=forms.RadioSelect,
        choices=[
            ("done", _("已办成，由提出方确认")), ("back", _("没有办成，继续办理")), ("out", _("收回认领，重新开放")),
        ],
    )  # fmt: skip
    reason = words(_("裁定的理由"), rows=4, help_text=_("收回认领须由组织部另一位同志复核后生效。"))


class HelpersForm(forms.Form):
    """Who of the own organisation lent a hand, and when."""

    helpers = PeopleField(label=_("一起出力的党员"), queryset=PartyMember.objects.none())
    served_on = forms.DateField(label=_("出力日期"), widget=DayInput)

    def __init__(self, *args: Any, claim: Claim, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        helpers: forms.ModelMultipleChoiceField = self.fields["helpers"]  # type: ignore[assignment]
        own = PartyMember.objects.as_of(on).filter(organization=claim.organization_id)
        helpers.queryset = own.order_by("name", "pk")


class StrikeForm(forms.Form):
    """Which name was entered by mistake, and why it goes."""

    helper = forms.ModelChoiceField(label=_("登记错的是"), queryset=Help.objects.none(), empty_label=None)
    reason = words(_("理由"))

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        helper: forms.ModelChoiceField = self.fields["helper"]  # type: ignore[assignment]
        helper.queryset = claim.helps.select_related("person").order_by("served_on", "pk")
