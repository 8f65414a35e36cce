"""What pages ask about matches: with which resource, how much of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from listings.forms.fields import words
from listings.matching import Ranked
from listings.models import Item
from listings.supply import ITEM
from members.models import Organization


class MatchForm(forms.Form):
    """One of the ranked resources, and how many parts of it."""

    pick = forms.ChoiceField(label=_("资源"), widget=forms.RadioSelect)
    share = forms.IntegerField(label=_("需要几份"), min_value=1, max_value=99, initial=1)
    reason = words(_("给资源单位的话"), rows=2, required=False)

    def __init__(self, *args: Any, ranked: Sequence[Ranked], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {one.resource.key: one.resource for one in ranked}
        pick: forms.ChoiceField = self.fields["pick"]  # type: ignore[assignment]
        pick.choices = [(key, f"{one.owner} · {one.title}") for key, one in self.known.items()]

    def clean(self) -> dict[str, Any]:
        """What the verb takes instead of the key."""
        said = dict(super().clean() or {})
        chosen = self.known.get(said.pop("pick", ""))
        if chosen is not None:
            said["organization"] = Organization.objects.get(pk=chosen.organization)
            said["resource"] = Item.objects.get(pk=chosen.id) if chosen.kind == ITEM else None
            if said.get("share", 1) > chosen.free:
                self.add_error("share", _("这项资源只剩 %(left)s 份。") % {"left": chosen.free})
        return said


class DeclineForm(forms.Form):
    reason = words(_("理由"), help_text=_("会告知提议的一方，例如“这一周已有安排，下周可以”。"))


class WithdrawForm(forms.Form):
    reason = words(_("说明"), rows=2, required=False)
