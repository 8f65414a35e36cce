"""Pages of Party-building instructors (党建指导员): the social organisations and who instructs them; assign, recall."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances import choices
from alliances.filters import SocialFilter
from alliances.forms.leadership import InstructorForm
from alliances.instruction import INSTRUCTED
from alliances.measures import Period
from alliances.models import Instructor
from alliances.transitions import assign_instructor, recall_instructor
from alliances.views.tabs import Tab
from members.choosing import CODE
from members.models import Organization, Region
from members.pages import ListPage, ReasonForm, VerbPage
from members.scope import rights_of

STAYS = _("派驻不改变指导员的组织关系，也不改变社会组织的隶属关系。")


class InstructorListView(ListPage):
    """The social organisations in one's scope, each with its instructor; the share of those that have one."""

    model = Organization
    filterset_class = SocialFilter
    ordering = ("code",)
    template_name = "instructors/instructor_list.html"

    def get_queryset(self) -> QuerySet:
        user = self.request.user
        seen = Instructor.objects.visible_to(user).as_of(timezone.localdate())
        there = Prefetch("instructors", seen.select_related("sent_by", "alliance"), to_attr="present")
        social = super().get_queryset().filter(sector=Organization.Sector.SOCIAL)
        return social.select_related("region").prefetch_related(there)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, view = self.request.user, self.request.GET.get("view", "")
        here = reverse("instructors:list")
        context = super().get_context_data(**kwargs)
        shown = Organization.objects.filter(pk__in=[row.pk for row in context["object_list"]])
        return context | {
            "tabs": [
                Tab(_("全部社会组织"), here, view == ""),
                Tab(_("尚未派驻"), f"{here}?view=without", view == "without"),
                Tab(_("班子任职"), reverse("posts:list")),
            ],
            "coverage": self.coverage(),
            "instructable": set(shown.instructable_by(user).values_list("pk", flat=True)),
            "recallable": set(Instructor.objects.recallable_by(user).values_list("pk", flat=True)),
        }

    def coverage(self) -> dict[str, Any] | None:
        """The figure of the region asked for, or of one's own; for staff only, as all statistics of a region are."""
        rights, asked = rights_of(self.request.user), self.request.GET.get("region", "")
        code = asked if re.fullmatch(CODE, asked) and rights.governs(asked) else next(iter(rights.codes), "")
        region = Region.objects.filter(code=code).first()
        if region is None:
            return None
        today = timezone.localdate()
        _rate, having, all_ = (metric.total(Period(today, today), code) for metric in INSTRUCTED)
        return {"region": region, "n": having, "of": all_}


class InstructorAssignView(VerbPage):
    """Send an instructor to a social organisation: a department, or the lead of an alliance in which it is a member."""

    model = Organization
    able = "instructable_by"
    form_class = InstructorForm
    template_name = "instructors/instructor_verb.html"
    title, button, done, danger = _("派驻党建指导员"), _("派驻"), _("已派驻。"), False
    explain = STAYS

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def speak(self, form: forms.Form) -> Any:
        words: dict[str, Any] = form.cleaned_data | {"by": self.request.user, "at": timezone.now()}
        return assign_instructor(self.thing, alliance=choices.way_of_sending(self.request.user, self.thing), **words)

    def get_success_url(self) -> str:
        return reverse("instructors:list")


class InstructorRecallView(VerbPage):
    model = Instructor
    able, who, form_class = "recallable_by", "sent_out_by", ReasonForm
    template_name = "instructors/instructor_verb.html"
    title, button, done, danger = _("召回党建指导员"), _("召回"), _("已召回。"), True
    explain = STAYS

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("organization", "sent_by")

    def speak(self, form: forms.Form) -> Any:
        return recall_instructor(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())
