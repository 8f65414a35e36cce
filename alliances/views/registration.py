"""Pages of registrations (党员报到): a branch registers many at once, a member itself; the slip, the skills."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Prefetch, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from alliances.choices import registration as choices
from alliances.filters import RegistrationFilter
from alliances.forms.registration import RegisterForm, SkillsForm
from alliances.models import MemberSkill, Registration
from alliances.transitions import end_registration, keep_skills, register
from alliances.views.dual import CommunityChoicePage, RegistrationVerbView, organs_of, tabs_for
from members.models import Organization, PartyMember
from members.pages import DetailPage, ListPage, ReasonForm

SHOWN_PEOPLE = 200


class RegisterView(CommunityChoicePage):
    """An organ registers its people with a community, many at once."""

    model = Organization
    able = "linkable_by"
    form_class = RegisterForm
    template_name = "registrations/register.html"
    title, button = _("为本单位党员报到"), _("报到")
    done: Any = ""
    explain = _("勾选党员，选一个社区。已在那里报到的不会重复。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"today": timezone.localdate()}

    def speak(self, form: forms.Form) -> Any:
        said = form.cleaned_data
        new = register(said["people"], said["community"], by=self.request.user, at=timezone.now())
        self.done = ngettext("%(n)s 名党员已报到。", "%(n)s 名党员已报到。", len(new)) % {"n": len(new)}
        return new

    def get_success_url(self) -> str:
        return reverse("registrations:people")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        there = Registration.objects.current().filter(person__organization=self.thing).select_related("community")
        places: dict[int, list[str]] = {}
        for one in there.order_by("pk"):
            places.setdefault(one.person_id, []).append(one.community.label)
        chosen = set(self.request.POST.getlist("people"))
        staff = choices.staff_of(self.thing, timezone.localdate())[:SHOWN_PEOPLE]
        people = [(one, "、".join(places.get(one.pk, ())), str(one.pk) in chosen) for one in staff]
        without = [row for row in people if not row[1]]
        return super().get_context_data(without=without, others=[row for row in people if row[1]], **kwargs)


class PersonRegisterView(CommunityChoicePage):
    """A member registers itself with a community, or its branch does."""

    model = PartyMember
    able = "registrable_by"
    title, button, done = _("到社区报到"), _("报到"), _("已报到。")
    explain = _("社区只看到姓名、单位和职务，看不到电话。")

    @property
    def organ(self) -> Organization:
        return self.thing.organization

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("organization")

    def speak(self, form: forms.Form) -> Any:
        return register([self.thing], form.cleaned_data["community"], by=self.request.user, at=timezone.now())

    def get_success_url(self) -> str:
        return reverse("registrations:mine")


class SkillsView(RegistrationVerbView):
    """What a member is good at."""

    model = PartyMember
    able, form_class = "acted_for_by", SkillsForm
    title, button, done = _("我的专长"), _("保存"), _("专长已保存。")
    explain = _("只用来推荐合适的岗位，由本人或所在支部填写。")

    def get_initial(self) -> dict[str, Any]:
        return {"skills": list(self.thing.skills.values_list("skill", flat=True))}

    def speak(self, form: forms.Form) -> Any:
        return keep_skills(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())

    def get_success_url(self) -> str:
        return reverse("registrations:people" if organs_of(self.request.user) else "registrations:mine")


class RegistrationListView(ListPage):
    """Who is registered: with one's own community, of one's own organ, or of the governed subtree."""

    model = Registration
    filterset_class = RegistrationFilter
    template_name = "registrations/registration_list.html"

    def get_queryset(self) -> QuerySet:
        skills = Prefetch("person__skills", MemberSkill.objects.order_by("pk"))
        related = ("person__organization", "community__region")
        return super().get_queryset().select_related(*related).prefetch_related(skills)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        endable = Registration.objects.order_by().endable_by(user).values_list("pk", flat=True)
        context = super().get_context_data(tabs=tabs_for(user, "people"), organs=organs_of(user), **kwargs)
        return context | {"endable": set(endable.filter(pk__in=[one.pk for one in context["object_list"]]))}


class RegistrationSlipView(DetailPage):
    """The slip of a registration (报到回执单), on A4: for who registered and for the community."""

    model = Registration
    template_name = "registrations/registration_slip.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("person__organization__region", "community__region")


class RegistrationEndView(RegistrationVerbView):
    model = Registration
    able, who, form_class = "endable_by", "acted_for_by", ReasonForm
    title, button, done, danger = _("结束报到"), _("结束报到"), _("报到已结束。"), True
    explain = _("在这个社区领的岗位、参加的队伍同时结束。")

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("person__organization", "community")

    def speak(self, form: forms.Form) -> Any:
        return end_registration(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())

    def get_success_url(self) -> str:
        return reverse("registrations:mine" if not organs_of(self.request.user) else "registrations:people")
