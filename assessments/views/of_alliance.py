"""A verb of a scheme on one of the alliances that it assesses: what the pages of self-reports, slips, appeals share."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from alliances.models import Alliance
from assessments import results, scoring
from assessments.models import Scheme
from members.mouths import fetch
from members.pages import VerbPage
from members.scope import rights_of


class OfAllianceView(VerbPage):
    """``self.thing`` is the scheme, ``self.alliance`` the alliance; whoever sees it and may not speak is told so."""

    model = Scheme
    who = "visible_to"
    alliance: Alliance

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.user.is_authenticated:
            scheme = fetch(self.get_queryset(), kwargs["pk"])
            self.alliance = fetch(scoring.assessed_by(scheme).visible_to(request.user), kwargs["alliance"])
            if not self.may_speak():
                raise PermissionDenied(_("您可以查看，但不能办理这件事。"))
        return super().dispatch(request, *args, **kwargs)

    def may_speak(self) -> bool:
        """By default the lead alone."""
        return self.alliance.lead_id in rights_of(self.request.user).organizations

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(alliance=self.alliance, **kwargs)


def lines_of(scheme: Scheme, alliance: Alliance) -> list[dict[str, Any]]:
    """The working of this moment, each line in words and with the way to what it counts."""
    work = scoring.workings(scheme, [alliance])[alliance.pk]
    return results.lines_of(scoring.alliance_score(scheme, alliance, work))


def computed_of(scheme: Scheme, alliance: Alliance) -> list[dict[str, Any]]:
    """Of these, what the system has computed: what anybody may see while the raters have not spoken."""
    return [line for line in lines_of(scheme, alliance) if line["source"] == "metric"]
