"""What pages ask about the service catalogue."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.models import Alliance
from listings.forms.fields import words
from listings.models import Item, Service
from listings.projects import choices
from members.models import Organization, Region


class ServiceForm(forms.ModelForm):
    """The words of a service; a line for each step and document."""

    class Meta:
        model = Service
        fields: tuple[str, ...] = (
            "title", "category", "basis", "steps", "documents", "working_days", "wants", "counter", "phone", "grid",
        )  # fmt: skip
        widgets = {
            "basis": forms.Textarea(attrs={"rows": 2}),
            "steps": forms.Textarea(attrs={"rows": 5}),
            "documents": forms.Textarea(attrs={"rows": 4}),
        }
        help_texts = {
            "basis": _("依据的法律、法规或文件名称，每行一项。"),
            "steps": _("按顺序，每行一步。"),
            "documents": _("每行一项；不需要材料的不填。"),
            "wants": _("从这里发起事项时带入“需要”一栏；不填则写承办部门。"),
            "counter": _("例如“便民服务大厅 3 号窗口”。"),
            "phone": _("只填窗口或办公电话。"),
            "grid": _("只适用于某些网格的才填。"),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["working_days"].widget.attrs |= {"min": 1, "max": 250, "inputmode": "numeric"}


class NewServiceForm(ServiceForm):
    """And for which place it stands."""

    region = forms.ModelChoiceField(label=_("适用地区"), queryset=Region.objects.none(), empty_label=None)
    field_order = ("title", "region")

    def __init__(self, *args: Any, user: Any, department: Organization, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        region: Any = self.fields["region"]
        region.queryset = choices.places_of(department, user)


class BeginForm(forms.Form):
    """In which alliance, for whom, and what is particular: everything else is the service's."""

    alliance = forms.ModelChoiceField(label=_("联合体"), queryset=Alliance.objects.none(), empty_label=None)
    asked_by = forms.ModelChoiceField(label=_("提出单位"), queryset=Organization.objects.none(), empty_label=None)
    detail = words(_("具体情况"), required=False, help_text=_("不要填写住户姓名、证件号等个人信息。"))
    place = forms.CharField(label=_("地点"), max_length=Item._meta.get_field("place").max_length, required=False)
    for_resident = forms.BooleanField(label=_("代居民（群众）提出"), required=False)

    def __init__(self, *args: Any, user: Any, service: Service, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        alliance, asked_by = (self.fields[name] for name in ("alliance", "asked_by"))
        alliance.queryset, asked_by.queryset = choices.alliances_for(service, user), choices.askers_of(user)  # type: ignore[attr-defined]
