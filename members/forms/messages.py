"""What people type in about their messages: shapes only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from members.models import Organization, Preference, Region, Robot, User
from members.models.preference import HOURS
from members.mouths import LARGEST_ID
from members.scope import rights_of


class Keys(forms.Field):
    """Any number of ids; what is none is refused."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[int]:
        texts = [str(one) for one in value or ()]
        if len(texts) > 500 or not all(text.isascii() and text.isdigit() and len(text) < 20 for text in texts):
            raise ValidationError(_("不是消息的编号。"))
        return [int(text) for text in texts if int(text) <= LARGEST_ID]


class FilingForm(forms.Form):
    notice = Keys(required=False)


class PreferenceForm(forms.ModelForm):
    """The person's own choice about mail."""

    class Meta:
        model = Preference
        fields = ("email_on", "email", "digest_hour")
        help_texts = {
            "email": _("填写单位邮箱。只发给您本人，别人看不到。"),
            "digest_hour": _("只在工作日的上班时间发；夜间和节假日不发。"),
        }

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("email_on") and not data.get("email") and "email" not in self.errors:
            self.add_error("email", _("要收邮件，请填写邮箱。"))
        return data


class RobotForm(forms.Form):
    """A robot as the platform gives it: an address, and with DingTalk a secret (加签)."""

    owner = forms.ChoiceField(label=_("给哪里用"))
    kind = forms.ChoiceField(label=_("平台"), choices=Robot.Kind.choices)
    name = forms.CharField(label=_("群或机器人的名称"), max_length=40)
    address = forms.CharField(
        label=_("Webhook 地址"), max_length=500, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("在群设置里添加机器人后复制。保存后不再显示。"),
    )  # fmt: skip
    secret = forms.CharField(
        label=_("加签密钥"), max_length=200, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("仅钉钉选用“加签”时填写。"),
    )  # fmt: skip
    hour = forms.TypedChoiceField(label=_("几点以后提醒"), choices=HOURS, coerce=int, initial=9)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rights = rights_of(by)
        self.owners: dict[str, Any] = {
            f"o{one.pk}": {"organization": one} for one in Organization.objects.spoken_for_by(by).order_by("code")
        }
        self.owners |= {f"r{one.pk}": {"region": one} for one in Region.objects.filter(pk__in=rights.departments)}
        choices = [(key, str(next(iter(owner.values())))) for key, owner in self.owners.items()]
        field: Any = self.fields["owner"]
        field.choices = choices

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        return data | self.owners.get(data.pop("owner", ""), {})
