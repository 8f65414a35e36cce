"""What people type in: shapes only; sense is the verbs' business."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.contrib.auth.forms import AuthenticationForm, UsernameField
from django.contrib.auth.password_validation import password_validators_help_texts
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from members.called import the_organization, the_region
from members.models import Complaint, Organization, PartyMember, Region, Role, User
from members.pages import ReasonForm
from members.pinyin import pinyin_of


class LoginForm(AuthenticationForm):
    error_messages: ClassVar[dict[str, Any]] = {  # type: ignore[misc]
        "invalid_login": _("账号或密码不对，或账号未启用。"),
        "inactive": _("账号或密码不对，或账号未启用。"),
    }

    username = UsernameField(
        label=_("账号"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "username", "autofocus": True})
    )
    password = forms.CharField(
        label=_("密码"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


class NewPasswordForm(forms.Form):
    """A new password, typed twice."""

    password = forms.CharField(
        label=_("新密码"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("再输一次"),
        strip=False,
        max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean_again(self) -> str:
        again: str = self.cleaned_data["again"]
        if again != self.cleaned_data.get("password"):
            raise ValidationError(_("两次输入的密码不一样。"))
        return again


class ActivationForm(NewPasswordForm):
    username = forms.CharField(
        label=_("账号"), max_length=40, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    code = forms.CharField(
        label=_("激活码"), max_length=40, help_text=_("在激活单上，4 组共 16 个字符。"),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "characters"}),
    )  # fmt: skip
    field_order = ["username", "code", "password", "again"]


class PasswordForm(NewPasswordForm):
    """Change one's own password: the present one proves that it is oneself."""

    present = forms.CharField(
        label=_("现在的密码"), strip=False, max_length=128,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip
    field_order = ["present", "password", "again"]

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_present(self) -> str:
        present: str = self.cleaned_data["present"]
        if not self.user.check_password(present):
            raise ValidationError(_("现在的密码不对。"))
        return present


class UserForm(forms.Form):
    """Who gets an account."""

    username = forms.RegexField(
        r"^[a-z][a-z0-9_.-]{2,39}$",
        label=_("账号"),
        max_length=40,
        help_text=_("小写字母开头，3 至 40 位，可用数字和 . _ -"),
    )
    name = forms.CharField(label=_("姓名"), max_length=40)

    def clean_username(self) -> str:
        username: str = self.cleaned_data["username"]
        if User.objects.filter(username=username).exists():
            raise ValidationError(_("这个账号已被使用，请换一个。"))
        return username


LEVELS = {Role.Kind.CITY: 4, Role.Kind.BANNER: 6, Role.Kind.TOWN: 9}
"""How many digits the code of a role's region has."""


class RoleForm(ReasonForm):
    """Which role, where: by name or by code. What lies outside the proposer's reach answers like what is unknown."""

    role = forms.ChoiceField(
        label=_("角色"), choices=[(kind.value, kind.label) for kind in (*Role.OF_REGION, *Role.OF_ORGANIZATION)]
    )
    place = forms.CharField(
        label=_("哪里，或哪个党组织"),
        max_length=120,
        help_text=_("组织部和乡镇街道填地方，党组织的角色填党组织：名称或代码。"),
    )
    field_order = ["username", "name", "role", "place", "reason"]

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        role, said = data.get("role"), data.get("place", "").strip()
        if role and said:
            try:
                data["where"] = self.where(role, said)
            except ValidationError as unclear:
                self.add_error("place", unclear)
        return data

    def where(self, role: str, said: str) -> dict[str, Any]:
        """A region of the role's own level beneath a department of the proposer, or an organisation in reach."""
        anywhere = self.by.duty == "system"
        if role in Role.OF_REGION:
            regions = Region.objects.all() if anywhere else Region.objects.directed_by(self.by)
            return {"region": the_region(said, regions.of_level(LEVELS[Role.Kind(role)])).pk}
        reachable = Organization.objects.all() if anywhere else Organization.objects.contactable_by(self.by)
        return {"organization": the_organization(said, reachable).pk}


class NewUserForm(UserForm, RoleForm):
    """An account together with the role that it is opened for."""


class HandOverForm(forms.Form):
    """To whom a post passes: an account that exists, or a new one."""

    username = forms.CharField(label=_("接任账号"), max_length=40, help_text=_("已有账号直接填写；没有的会新建。"))
    name = forms.CharField(label=_("接任人姓名"), max_length=40, required=False, help_text=_("新建账号时填写。"))
    as_contact = forms.BooleanField(label=_("同时把本组织的联系人改为接任人"), required=False, initial=True)

    def __init__(self, *args: Any, writable: bool, **kwargs: Any) -> None:
        """``writable``: whether the person may change the organisation's contact data as well."""
        super().__init__(*args, **kwargs)
        if not writable:
            del self.fields["as_contact"]


class OrganizationForm(forms.ModelForm):
    """What an organisation department may change of an organisation's record."""

    region_code = forms.CharField(label=_("所在地"), max_length=80, help_text=_("名称或区划代码。"))
    parent_code = forms.CharField(
        label=_("隶属上级"), max_length=120, required=False, help_text=_("名称或组织代码。")
    )

    class Meta:
        model = Organization
        fields: tuple[str, ...] = (
            "name",
            "short_name",
            "pinyin",
            "kind",
            "sector",
            "industry",
            "level",
            "ownership",
            "contact",
            "phone",
        )
        help_texts = {"pinyin": _("留空时自动填写；多音字可以改。")}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        self.fields["region_code"].initial = self.instance.region_id
        self.fields["parent_code"].initial = self.instance.parent.code if self.instance.parent else ""

    def clean_region_code(self) -> str:
        self.instance.region = the_region(self.cleaned_data["region_code"], Region.objects.directed_by(self.by))
        return str(self.instance.region.pk)

    def clean_parent_code(self) -> str:
        said: str = self.cleaned_data["parent_code"]
        if not said or (self.instance.parent and self.instance.parent.code == said):
            self.instance.parent = self.instance.parent if said else None
            return said
        above = Organization.objects.directed_by(self.by).standing().exclude(pk=self.instance.pk)
        self.instance.parent = the_organization(said, above)
        return self.instance.parent.code

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("pinyin") and data.get("name"):
            data["pinyin"] = pinyin_of(data["name"])
        return data


class NewOrganizationForm(OrganizationForm):
    """What an organisation department enters once about an organisation."""

    is_of_place = forms.BooleanField(
        label=_("它就是这个乡镇街道或村社区的党组织"), required=False, help_text=_("一个地方只有一个这样的党组织。")
    )

    class Meta(OrganizationForm.Meta):
        fields = (*OrganizationForm.Meta.fields, "code")
        help_texts = {**OrganizationForm.Meta.help_texts, "code": _("已有统一代码的填写；留空时由系统编号。")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].required = False

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        region = data.get("region_code", "")
        if data.get("is_of_place") and region:
            if len(region) < 9:
                self.add_error("is_of_place", _("只有乡镇街道或村社区才有；请先填写它的区划代码。"))
            elif Organization.objects.filter(place=region).exists():
                self.add_error("is_of_place", _("这个地方已经登记了自己的党组织。"))
            self.instance.place_id = region
        return data


class NewMemberForm(forms.ModelForm):
    """The least data of a Party member."""

    class Meta:
        model = PartyMember
        fields = ("name", "post", "phone", "since")
        widgets = {"since": forms.DateInput(attrs={"type": "date"})}
        help_texts = {"phone": _("只填工作电话；不收集身份证号。")}


class ContactForm(forms.ModelForm):
    """An organisation's own contact data."""

    class Meta:
        model = Organization
        fields = ("contact", "phone")


class ComplaintForm(forms.ModelForm):
    text = forms.CharField(label=_("您想说什么"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))

    class Meta:
        model = Complaint
        fields = ("text", "page")
        widgets = {"page": forms.HiddenInput}


class AnswerForm(forms.Form):
    """A department's answer, or a second person's opinion."""

    answer = forms.CharField(label=_("答复"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))


class OpinionForm(forms.Form):
    answer = forms.CharField(
        label=_("复核意见"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
