"""What pages ask about charters and agreements."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.choices import members_of
from alliances.forms.fields import DayInput, NamedChoice
from alliances.models import Alliance
from alliances.models.paper import LONGEST
from members.fields import UploadField
from members.models import Organization
from members.querysets import OrganizationQuerySet
from members.uploads import PAPERS


def text_field() -> forms.CharField:
    return forms.CharField(
        label=_("正文"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("每条一段，便于成员对照修改；全文在附件里的，这里写主要内容。"),
    )  # fmt: skip


class CharterForm(forms.Form):
    """A version of the charter: its words, and the signed paper if there is one."""

    text = text_field()
    file = UploadField(PAPERS, label=_("附件"), required=False)


class TermForm(forms.Form):
    """From which day to which."""

    valid_from = forms.DateField(label=_("有效期起"), widget=DayInput)
    valid_to = forms.DateField(label=_("有效期止"), widget=DayInput, help_text=_("最后一天"))


class AgreementForm(TermForm):
    """Between whom, about what, for how long."""

    title = forms.CharField(label=_("名称"), max_length=80)
    text = text_field()
    parties = NamedChoice(
        label=_("签约方"), queryset=Organization.objects.none(), required=False,
        help_text=_("一个都不勾选，即为全体现有成员。"),
    )  # fmt: skip
    file = UploadField(PAPERS, label=_("附件"), required=False)
    field_order = ("title", "text", "valid_from", "valid_to", "parties", "file")

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parties: forms.ModelMultipleChoiceField = self.fields["parties"]  # type: ignore[assignment]
        parties.queryset = members_of(alliance).order_by("code")


class RenewForm(TermForm):
    """The next time, with the same words or with others."""

    text = text_field()
    file = UploadField(PAPERS, label=_("附件"), required=False)
    field_order = ("valid_from", "valid_to", "text", "file")


class OwnForm(forms.Form):
    """In the name of which of one's organisations."""

    organization = forms.ModelChoiceField(label=_("本组织"), queryset=Organization.objects.none(), empty_label=None)

    def __init__(self, *args: Any, organizations: OrganizationQuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own: forms.ModelChoiceField = self.fields["organization"]  # type: ignore[assignment]
        own.queryset = organizations


class ObjectForm(OwnForm):
    """And why not."""

    reason = forms.CharField(
        label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3, "data-draft": ""})
    )
