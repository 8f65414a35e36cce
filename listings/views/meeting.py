"""One meeting's page, with the items that its decisions became; and the page that makes one."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.models import Meeting, Voice
from alliances.views.decision import DecisionVerbView
from alliances.views.tabs import tabs_of
from alliances.words import DECISION_BUTTONS, MEETING_BUTTONS, what_of
from listings.forms.decision import EnactForm
from listings.models import Item
from listings.transitions import enact
from listings.transitions.decision import asker_of
from members.buttons import buttons_for
from members.models import Step
from members.pages import DetailPage
from members.words import events_of


class MeetingDetailView(DetailPage):
    """A meeting: when and where, the agenda, who came, what was decided and what became of it."""

    model = Meeting
    context_object_name = "meeting"
    template_name = "meetings/meeting_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("alliance", "host", "recorded_by", "confirmed_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        meeting, user = self.object, self.request.user
        decisions = meeting.decisions.order_by("serial")
        topics = meeting.topics.select_related("proposed_by")
        return super().get_context_data(
            thing=meeting,
            tabs=tabs_of(meeting.alliance, "meetings"),
            buttons=buttons_for(meeting, user, MEETING_BUTTONS),
            topics=may(topics, user, advance="advanceable_by", strike="strikeable_by"),
            attendances=meeting.attendances.select_related("organization").order_by("pk"),
            decisions=self.with_outcome(may(decisions, user, **{b.able: b.able for b in DECISION_BUTTONS})),
            decision_buttons=DECISION_BUTTONS,
            events=events_of(self.steps(decisions), what_of),
            **kwargs,
        )

    def with_outcome(self, decisions: QuerySet) -> QuerySet:
        """With the voices, and the items as far as the user may see them."""
        items = Prefetch("items", Item.objects.visible_to(self.request.user).order_by("pk"))
        voices = Prefetch("voices", Voice.objects.select_related("organization"))
        return decisions.select_related("topic", "meeting").prefetch_related(items, voices)

    def steps(self, decisions: QuerySet) -> QuerySet:
        """The deeds on the meeting and on its decisions."""
        own = Q(pk__in=Step.objects.of(self.object).values("pk"))
        of_decisions = Q(thing_type__app_label="alliances", thing_type__model="decision")
        found = Step.objects.filter(own | of_decisions & Q(thing_id__in=decisions.order_by().values("pk")))
        return found.with_actors()


def may(things: QuerySet, user: Any, **words: str) -> QuerySet:
    """With ``may_<name>`` for each word: whether the user may do that with the row."""
    rows = things.model._default_manager.filter(pk=OuterRef("pk"))
    return things.annotate(**{f"may_{name}": Exists(getattr(rows, word)(user)) for name, word in words.items()})


class DecisionEnactView(DecisionVerbView):
    """Put a decision on a list, in its own words."""

    able, who = "enactable_by", "led_by"
    form_class: type[forms.Form] = EnactForm  # type: ignore[assignment]
    template_name = "meetings/decision_enact.html"
    title, button, done = _("列入清单"), _("列入清单"), _("已列入清单，等待研判、开放认领。")

    def get_initial(self) -> dict[str, Any]:
        return {"kind": "supply_demand", "title": self.thing.title, "detail": self.thing.text, "capacity": 1}

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"alliance": self.thing.alliance}

    def speak(self, form: forms.Form) -> Any:
        return enact(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(asker=asker_of(self.thing), **kwargs)


