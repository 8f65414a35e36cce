"""The dry run (试算): what a review of a past day would find with the rules of today; nothing is written."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from alliances.models import Alliance
from assessments.forms.review import RehearsalForm
from assessments.models import Proposal, ReviewRow
from assessments.rehearsals import rehearsed
from assessments.views.review import StaffPage
from assessments.words import ICONS, TONES
from members.scope import rights_of, under_any


class RehearsalView(StaffPage, TemplateView):
    """Any past day, over a part of one's own subtree; beside what the last real review suggested."""

    template_name = "reviews/rehearsal.html"
    per_minute = {"GET": 30}
    SHOWN = 200

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rights, today = rights_of(self.request.user), timezone.localdate()
        if not rights.departments:
            raise PermissionDenied(_("试算由组织部门进行。"))
        form = RehearsalForm(
            self.request.GET or None, user=self.request.user, today=today,  # type: ignore[arg-type]
            initial={"as_of": today - timedelta(days=1)},
        )  # fmt: skip
        context = super().get_context_data(form=form, tones=TONES, icons=ICONS, **kwargs)
        return context | (self.found(form.cleaned_data) if form.is_bound and form.is_valid() else {})

    def found(self, asked: dict[str, Any]) -> dict[str, Any]:
        """What is found, of the asked kind; how many lights of each colour; what would change."""
        mine = Alliance.objects.filter(under_any(rights_of(self.request.user).departments))
        if asked["region"]:
            mine = mine.within(asked["region"].pk)
        found, changes, run = rehearsed(asked["as_of"], mine)
        kind = asked["kind"]
        hit = [one for one in found if (kind in one.suggestions if kind else one.suggestions)]
        changes = [one for one in changes if not kind or kind in one.before or kind in one.after]
        lights = [(ReviewRow.Light(value), sum(one.light == value for one in found)) for value in ReviewRow.Light]
        kinds = [(Proposal.Kind(k), sum(k in one.suggestions for one in found)) for k in Proposal.Kind.values]
        return {
            "reviewed": len(found), "hit": len(hit), "found": hit[: self.SHOWN], "lights": lights, "kinds": kinds,
            "run": run, "changed": len(changes), "changes": changes[: self.SHOWN], "as_of": asked["as_of"],
        }  # fmt: skip
