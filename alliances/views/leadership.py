"""Pages of leadership (班子): the tab of an alliance, the list of posts, a post, a person's posts, and their verbs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances import choices
from alliances.filters import PostFilter
from alliances.forms.leadership import ConsentForm, NominateForm
from alliances.models import Alliance, Instructor, Participant, Post
from alliances.sources import report_of
from alliances.transitions import consent, nominate, relieve, retract
from alliances.views.alliance import AlliancePage
from alliances.views.tabs import Tab
from alliances.words import LEADERSHIP_BUTTONS, POST_BUTTONS
from members.buttons import buttons_for
from members.models import Step
from members.pages import DetailPage, ListPage, ReasonForm, VerbPage
from members.words import events_of

PEOPLE_SHOWN = 60


class AllianceLeadershipView(AlliancePage):
    """班子: who leads it now and by whose consent, who is nominated, who was; and a joint branch's people."""

    tab = "leadership"
    template_name = "alliances/alliance_leadership.html"
    buttons = LEADERSHIP_BUTTONS

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, alliance = self.request.user, self.object
        posts = alliance.posts.visible_to(user).with_notice().with_voices().select_related("organization")
        inner = Post.objects.visible_to(user).with_notice().standing().filter(alliance__parent=alliance)
        return super().get_context_data(
            standing=posts.standing().by_rank(),
            nominated=posts.nominated().order_by("pk"),
            past=posts.past().order_by("-updated_at")[:20],
            inner=inner.select_related("organization", "alliance").order_by("alliance_id", "pk"),
            consentable=ids(alliance.posts.consentable_by(user)),
            retractable=ids(alliance.posts.retractable_by(user)),
            relievable=ids(alliance.posts.relievable_by(user)),
            **self.people(user),
            **kwargs,
        )

    def people(self, user: Any) -> dict[str, Any]:
        """Of a joint branch: how many take part, own and from outside; and the names for those who may see them."""
        alliance = self.object
        if alliance.form != Alliance.Form.JOINT_BRANCH:
            return {}
        current = alliance.participants.current()
        count, own = current.count(), current.own().count()
        seen = alliance.participants.visible_to(user).filter(state__in=("proposed", "taking_part"))
        seen = seen.select_related("person__organization").order_by("state", "person__organization_id", "pk")
        return {
            "joint_branch": True,
            "people_count": count,
            "people_own": own,
            "people_outside": count - own,
            "people": seen[:PEOPLE_SHOWN],
            "takeable": ids(alliance.participants.takeable_by(user)),
            "steppable": ids(alliance.participants.leavable_by(user)),
        }  # fmt: skip


def ids(things: QuerySet) -> set[int]:
    return set(things.order_by().values_list("pk", flat=True))


class PostListView(ListPage):
    """The posts of all alliances in one's scope: those that stand, those that end soon, those who hold several."""

    model = Post
    filterset_class = PostFilter
    ordering = ("-id",)
    template_name = "posts/post_list.html"

    def get_queryset(self) -> QuerySet:
        found: Any = super().get_queryset()
        return found.with_notice().select_related("alliance__region", "organization")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        view, today = self.request.GET.get("view", ""), timezone.localdate()
        ending = Post.objects.visible_to(self.request.user).ending(today).count()
        here = reverse("posts:list")
        tabs = [
            Tab(_("全部任职"), here, view == ""),
            Tab(_("即将届满"), f"{here}?view=ending", view == "ending", ending),
            Tab(_("一人多职"), f"{here}?view=many", view == "many"),
            Tab(_("党建指导员"), reverse("instructors:list")),
        ]
        return super().get_context_data(tabs=tabs, **kwargs)


class PostDetailView(DetailPage):
    """One post: the person, the term, each member's voice, what was done."""

    model = Post
    context_object_name = "post"
    template_name = "posts/post_detail.html"

    def get_queryset(self) -> QuerySet:
        found: Any = super().get_queryset()
        return found.with_notice().with_voices().select_related("alliance__lead", "organization", "succeeds")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        post, user = self.object, self.request.user
        said = post.consents.select_related("organization", "by")
        silent = choices.members_of(post.alliance).exclude(pk__in=said.values("organization"))
        return super().get_context_data(
            thing=post,
            report=report_of(post.source),
            buttons=buttons_for(post, user, POST_BUTTONS),
            consents=said,
            silent=silent.order_by("pk") if post.state == Post.State.NOMINATED else (),
            beside=Post.objects.visible_to(user).standing().of_the_person(post).exclude(pk=post.pk).count(),
            events=events_of(Step.objects.of(post).with_actors()),
            **kwargs,
        )


class PostPersonView(DetailPage):
    """一人多职: what one person holds, in however many alliances and cities, as far as the viewer may see them."""

    model = Post
    context_object_name = "post"
    template_name = "posts/post_person.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("organization")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        post, user = self.object, self.request.user
        posts = Post.objects.visible_to(user).with_notice().of_the_person(post).select_related("alliance__region")
        known: Any = {"party_member": post.party_member_id} if post.party_member_id else {"pk__in": ()}
        part = {"person": post.party_member_id} if post.party_member_id else {"pk__in": ()}
        sent = Instructor.objects.visible_to(user).filter(**known, until=None)
        return super().get_context_data(
            posts=posts.order_by("state", "alliance__region_id", "pk"),
            parts=Participant.objects.visible_to(user).current().filter(**part).select_related("alliance"),
            sent=sent.select_related("organization"),
            **kwargs,
        )


class AllianceNominateView(VerbPage):
    """The lead nominates a person for a post."""

    model = Alliance
    able, who = "nominable_by", "led_by"
    form_class = NominateForm
    template_name = "alliances/alliance_nominate.html"
    done = _("已提名，正在征求成员党组织意见。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"alliance": self.thing}

    def get_initial(self) -> dict[str, Any]:
        """A successor's form knows whom they succeed and in what."""
        today = timezone.localdate()
        term = {"since": today, "until": today.replace(year=today.year + 3, day=min(today.day, 28))}
        asked = self.request.GET.get("succeeds", "")
        before = (
            choices.succeeded_in(self.thing).filter(pk=int(asked)).first()
            if asked.isdecimal() and len(asked) < 19
            else None
        )
        if before is None:
            return term
        return term | {
            "succeeds": before.pk,
            "kind": before.kind,
            "title": before.title,
            "organization": before.organization_id,
        }

    def speak(self, form: forms.Form) -> Any:
        return nominate(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())

    def get_success_url(self) -> str:
        return reverse("alliances:leadership", args=[self.thing.pk])


class PostVerbView(VerbPage):
    """A verb on one post."""

    model = Post
    who: str | None = "led_by"
    template_name = "posts/post_verb.html"
    title: Any
    button: Any
    explain: Any = ""
    danger = False

    def get_queryset(self) -> QuerySet:
        found: Any = super().get_queryset()
        return found.with_notice().with_voices().select_related("alliance", "organization")

    def get_success_url(self) -> str:
        return reverse("alliances:leadership", args=[self.thing.alliance_id])


class PostConsentView(PostVerbView):
    """A member organisation says yes or no: the two answers are the two buttons."""

    able, who, form_class = "consentable_by", "voiced_by", ConsentForm
    template_name = "posts/post_consent.html"
    title, done = _("对提名表态"), _("已表态。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "post": self.thing}

    def speak(self, form: forms.Form) -> Any:
        return consent(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class PostRetractView(PostVerbView):
    able, form_class = "retractable_by", ReasonForm
    title, button, done, danger = _("撤回提名"), _("撤回提名"), _("提名已撤回。"), True

    def speak(self, form: forms.Form) -> Any:
        return retract(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())


class PostRelieveView(PostVerbView):
    able, form_class = "relievable_by", ReasonForm
    title, button, done, danger = _("提前卸任"), _("提前卸任"), _("任职已结束。"), True
    explain = _("任期到今天为止。需要接替人选的，请另行提名；各成员党组织会收到通知。")

    def speak(self, form: forms.Form) -> Any:
        return relieve(self.thing, **form.cleaned_data, by=self.request.user, at=timezone.now())
