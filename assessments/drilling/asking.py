"""A request for the rows behind a number: the same as for statistics, and which figure."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from alliances.measures import Metric
from assessments.asking import Asking
from assessments.drilling import Drill
from assessments.questions import ComparedForm
from assessments.statistics import KEYS, METRICS, Question


class DrillForm(ComparedForm):
    """``figure`` names the figure, the first where it is left out; ``own`` asks for the region's own level only."""

    figure = forms.ChoiceField(
        label=_("指标"), choices=[(key, metric.label) for key, metric in METRICS.items()], required=False
    )
    own = forms.BooleanField(required=False, widget=forms.HiddenInput)
    field_order = ("figure", *ComparedForm.field_order, "own")


class DrillAsking(Asking):
    """See Asking."""

    form_class = DrillForm

    @property
    def metric(self) -> Metric:
        return METRICS[self.form.said.get("figure") or KEYS[0]]

    @property
    def own(self) -> bool:
        return bool(self.form.said.get("own"))

    def drill(self) -> Drill:
        return self._drill(self.question)

    def drill_before(self) -> Drill:
        """The same of the year before."""
        return self._drill(self.before)

    def _drill(self, question: Question) -> Drill:
        return Drill(self.metric, question, self.reach, self.user, self.own)
