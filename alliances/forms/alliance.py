"""What pages ask about an alliance and its members."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances import choices
from alliances.forms.fields import DayInput, chains_field
from alliances.models import Alliance, Reward
from alliances.models.standing import SOURCES
from alliances.transitions import favour_of
from members.models import Organization
from members.pages import ReasonForm


class DescriptionForm(forms.ModelForm):
    """What an alliance says of itself."""

    chains = chains_field()

    class Meta:
        model = Alliance
        fields: tuple[str, ...] = ("name", "form", "mode", "purpose", "parent")
        widgets: dict[str, Any] = {"purpose": forms.Textarea(attrs={"rows": 4, "maxlength": 2000})}
        help_texts = {
            "name": _("叫什么就写什么：联合体、融合体、共同体、综合体、联盟都可以。"),
            "purpose": _("写清哪件事单个组织办不成、要和谁一起办。说不清，就先不必成立。"),
            "parent": _("嵌套在另一个联合体里的（例如联合党委下的联合党总支）才填。"),
        }

    def __init__(self, *args: Any, user: Any, region: str, lead: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parents: forms.ModelChoiceField = self.fields["parent"]  # type: ignore[assignment]
        parents.queryset = choices.parents_for(user, region, lead).exclude(pk=self.instance.pk)
        parents.empty_label = _("不属于其他联合体")
        mode: Any = self.fields["mode"]
        mode.choices = [("", _("暂不确定")), *Alliance.Mode.choices]
        self.fields["chains"].initial = self.instance.pk and list(self.instance.chains.values_list("kind", flat=True))
        if not parents.queryset.exists():
            del self.fields["parent"]

    def clean_purpose(self) -> str:
        purpose: str = self.cleaned_data["purpose"]
        if len(purpose) > 2000:
            raise forms.ValidationError(_("不超过2000字。"))
        return purpose

    def _post_clean(self) -> None:
        """The verb writes the fields; the instance stays as it was read."""


class EditForm(DescriptionForm):
    class Meta(DescriptionForm.Meta):
        fields = (*DescriptionForm.Meta.fields, "document_number")


class FoundForm(DescriptionForm):
    """An application in the name of one lead."""

    class Meta(DescriptionForm.Meta):
        fields = ("name", "form", "formation", "mode", "supervising", "region", "purpose", "parent")
        widgets = DescriptionForm.Meta.widgets | {"formation": forms.RadioSelect}
        help_texts = DescriptionForm.Meta.help_texts | {
            "formation": _(
                "设立非建制性联合党组织由上级党组织审批；签订协议、召集共议的不需要审批。各成员的隶属关系都不变。"
            ),
            "supervising": _("牵头党组织之上的党委或党工委，成立后由它领导。"),
            "region": _("这个联合体为哪里服务，统计就算在哪里。"),
        }

    def __init__(self, *args: Any, lead: Organization, **kwargs: Any) -> None:
        super().__init__(*args, region=lead.region_id, lead=lead, **kwargs)
        supervising: forms.ModelChoiceField = self.fields["supervising"]  # type: ignore[assignment]
        supervising.queryset = choices.committees_above(lead)
        supervising.empty_label = None
        region: forms.ModelChoiceField = self.fields["region"]  # type: ignore[assignment]
        region.queryset = choices.places_of(lead)
        region.empty_label = None
        formation: Any = self.fields["formation"]
        formation.choices = Alliance.Formation.choices
        self.fields["purpose"].required = True


class DocumentForm(forms.Form):
    """The number of the written reply, where there is one."""

    document_number = forms.CharField(label=_("批复文号"), max_length=60, required=False)


class InviteForm(forms.Form):
    """Whom to invite: an organisation that the user may see, or any by its exact code."""

    organization = forms.ModelChoiceField(queryset=Organization.objects.none(), required=False)
    code = forms.CharField(label=_("组织代码"), max_length=32, required=False)

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organizations: forms.ModelChoiceField = self.fields["organization"]  # type: ignore[assignment]
        organizations.queryset = choices.invitable_by(user)
        self.user = user

    def clean(self) -> dict[str, Any]:
        """A code of a visible organisation is that organisation."""
        data: dict[str, Any] = super().clean() or {}
        if not self.errors and bool(data.get("organization")) == bool(data.get("code")):
            raise forms.ValidationError(_("请选择一个组织，或填写一个组织代码。"))
        if data.get("code"):
            data["organization"] = choices.invitable_by(self.user).coded(data["code"]).first()
        return data


class RemarkForm(forms.Form):
    """A reason that may be left out."""

    reason = forms.CharField(label=_("说明"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3}))


class RectifyForm(ReasonForm):
    """The term, the measures and the day of the re-check."""

    measures = forms.CharField(
        label=_("整顿措施"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 4})
    )
    due_on = forms.DateField(
        label=_("整顿期限"), required=False, widget=DayInput,
        help_text=_("不填则按本地规定的期限，从复核同意之日起算。"),
    )  # fmt: skip
    recheck_on = forms.DateField(
        label=_("复核日"), required=False, widget=DayInput, help_text=_("不早于整顿期限；不填则期满后复核。")
    )


class ReinstateForm(ReasonForm):
    """Passed, or one more term with new measures, or the proposal to dissolve."""

    OUTCOMES = (
        ("pass", _("通过，恢复运行")), ("fail", _("未通过，再整顿一个期限")), ("dissolve", _("未通过，建议撤销联合体")),
    )  # fmt: skip

    outcome = forms.ChoiceField(label=_("复核结论"), choices=OUTCOMES, widget=forms.RadioSelect)
    measures = forms.CharField(
        label=_("新的整顿措施"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("未通过的才填；填了的，牵头党组织要按新的措施再报方案。"),
    )  # fmt: skip
    due_on = forms.DateField(
        label=_("新的整顿期限"), required=False, widget=DayInput,
        help_text=_("未通过的才填；不填则按本地规定的期限计算。"),
    )  # fmt: skip
    field_order = ["outcome", "reason", "measures", "due_on"]

    def clean(self) -> dict[str, Any]:
        """In the words of the verb; a form that passes has no measures."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        outcome = said.pop("outcome", "")
        said["passed"] = outcome == "pass"
        if outcome == "dissolve":
            said["dissolve"] = True
        if said["passed"] and (said.get("measures") or said.get("due_on")):
            raise forms.ValidationError(_("复核通过的，不用填新的措施和期限。"))
        return said


class RewardForm(ReasonForm):
    """Policy or funds: what, and of funds how much and from which of the three sources."""

    kind = forms.ChoiceField(label=_("方式"), choices=Reward.Kind.choices, initial="policy", widget=forms.RadioSelect)
    what = forms.CharField(label=_("给予什么"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    amount = forms.DecimalField(
        label=_("金额（元）"), required=False, min_value=Decimal("0.01"), max_digits=14, decimal_places=2,
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "0.01"}), help_text=_("资金支持才填。"),
    )  # fmt: skip
    source = forms.ChoiceField(
        label=_("资金来源"), required=False, choices=[("", "—"), *SOURCES], help_text=_("资金支持必须写明来源。")
    )
    field_order = ["kind", "what", "amount", "source", "reason"]

    def clean(self) -> dict[str, Any]:
        """What the verb will ask for is asked for before a second person sees it."""
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors:
            favour_of(**{name: said[name] for name in ("what", "kind", "amount", "source")})
        return said


class HandOverForm(ReasonForm):
    """To which of the members the lead passes."""

    organization = forms.ModelChoiceField(label=_("新的牵头党组织"), queryset=Organization.objects.none())
    field_order = ["organization", "reason"]

    def __init__(self, *args: Any, alliance: Alliance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        organizations: forms.ModelChoiceField = self.fields["organization"]  # type: ignore[assignment]
        organizations.queryset = choices.members_of(alliance).exclude(pk=alliance.lead_id)
