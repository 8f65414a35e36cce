"""What the pages of leadership ask: about a nomination, a voice, a person of a joint branch, an instructor."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances import choices
from alliances.forms.fields import DayInput
from alliances.models import Alliance, Post
from members.called import the_organization
from members.models import Organization, PartyMember


class NominateForm(forms.Form):
    """Who, for which post, from when to when."""

    kind = forms.ChoiceField(label=_("职务"), choices=Post.Kind.choices)
    title = forms.CharField(
        label=_("职务名称"),
        max_length=40,
        required=False,
        help_text=_("与职务类别叫法不同的才填，例如“营销党支部书记”。"),
    )
    person = forms.CharField(label=_("人选姓名"), max_length=40)
    organization = forms.ModelChoiceField(
        label=_("所在党组织"), queryset=Organization.objects.none(), required=False, empty_label=_("不属于成员党组织"),
        help_text=_("任职后组织关系和隶属关系都不变。"),
    )  # fmt: skip
    own_post = forms.CharField(label=_("本单位职务"), max_length=40, required=False)
    since = forms.DateField(label=_("任期起"), widget=DayInput)
    until = forms.DateField(label=_("任期止"), widget=DayInput)
    succeeds = forms.ModelChoiceField(
        label=_("接替"), queryset=Post.objects.none(), required=False, empty_label=_("不接替他人")
    )
    exemption = forms.CharField(
        label=_("例外理由"), max_length=200, required=False,
        help_text=_("只在本地规则不允许企业方、项目方负责人任书记，而本组织是嵌套的党总支、党支部时填写。"),
    )  # fmt: skip

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organizations: Any = self.fields["organization"]
        organizations.queryset = choices.nominators_of(alliance)
        succeeds: Any = self.fields["succeeds"]
        succeeds.queryset = choices.succeeded_in(alliance)
        if not succeeds.queryset.exists():
            del self.fields["succeeds"]
        if alliance.parent_id is None:
            del self.fields["exemption"]


class ConsentForm(forms.Form):
    """Yes or no is the button that is pressed; a remark may be left out."""

    organization = forms.ModelChoiceField(label=_("表态组织"), queryset=Organization.objects.none(), empty_label=None)
    remark = forms.CharField(label=_("意见"), max_length=200, required=False)
    agrees = forms.TypedChoiceField(
        choices=(("yes", _("同意")), ("no", _("不同意"))), coerce=lambda value: value == "yes", widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, user: Any, post: Post, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organizations: Any = self.fields["organization"]
        organizations.queryset = choices.silent_voices_of(user, post)
        own = list(organizations.queryset[:2])
        if len(own) == 1:
            organizations.initial, organizations.widget = own[0].pk, forms.HiddenInput()


class PutForwardForm(forms.Form):
    """One Party member of one's own, and the duty that they take on."""

    person = forms.ModelChoiceField(label=_("党员"), queryset=PartyMember.objects.none())
    duty = forms.CharField(
        label=_("岗位"), max_length=40, required=False, help_text=_("愿意承担的服务岗位，例如“卫生监督员”。")
    )

    def __init__(self, *args: Any, user: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["person"]
        people.queryset = choices.offered_by(user, alliance).select_related("organization")
        people.label_from_instance = lambda person: f"{person.name}（{person.organization.label}）"


class InstructorForm(forms.Form):
    """Who is sent; the organisation is named by its code or as it is called."""

    person = forms.CharField(label=_("指导员姓名"), max_length=40)
    sent_by = forms.CharField(
        label=_("指导员所在党组织"), max_length=120, help_text=_("名称或组织代码，限您可以查看的党组织。")
    )
    own_post = forms.CharField(label=_("本单位职务"), max_length=40, required=False)
    since = forms.DateField(label=_("派驻日期"), widget=DayInput, initial=timezone.localdate)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_sent_by(self) -> Organization:
        """The one visible organisation of that code or name."""
        return the_organization(self.cleaned_data["sent_by"], Organization.objects.visible_to(self.user))
