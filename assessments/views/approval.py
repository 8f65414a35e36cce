"""Pages of four eyes: the queue on the left, what is to be decided on the right."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from alliances.models import Alliance
from alliances.transitions import rules as rule_sets
from assessments import approvals, differences
from assessments.filters import ApprovalFilter
from assessments.forms import AnswerForm, RefusalForm
from assessments.merging import Plan, plan_of
from assessments.models import Batch, Proposal
from assessments.thresholds import difference
from assessments.words import arguments_of, found_of
from listings import fates
from members.models import Approval, Organization, Step
from members.pages import DetailPage, ListPage, VerbPage
from members.words import events_of

QUEUE = 50


def with_things(found: QuerySet) -> QuerySet:
    """With what each is about, in one query a kind of thing; a proposal is called by its alliance."""
    return found.prefetch_related(GenericPrefetch("thing", [Proposal.objects.select_related("alliance")]))


def queue_of(user: Any) -> list[Approval]:
    """What waits for the user's second pair of eyes, the oldest first, with words."""
    waiting = Approval.objects.approvable_by(user).select_related("proposed_by", "region")
    queue = list(with_things(waiting.order_by("proposed_at", "pk"))[:QUEUE])
    for approval in queue:
        approval.word = approvals.word_of(approval)
    return queue


class ApprovalListView(ListPage):
    """Everything that was proposed; what waits for the user stands first, beside founding applications."""

    model = Approval
    filterset_class = ApprovalFilter
    template_name = "approvals/approval_list.html"
    ordering = ("-proposed_at", "-id")

    def get_queryset(self) -> QuerySet:
        return with_things(super().get_queryset().select_related("proposed_by", "decided_by", "region"))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        for approval in context["object_list"]:
            approval.word = approvals.word_of(approval)
        founding = Alliance.objects.approvable_by(self.request.user).select_related("lead", "region").order_by("pk")
        batches = Batch.objects.decidable_by(self.request.user).with_counts(self.request.user)
        return context | {
            "queue": queue_of(self.request.user), "founding": founding[:QUEUE],
            "batches": batches.select_related("proposed_by").order_by("proposed_at", "pk")[:QUEUE],
        }  # fmt: skip


def changes_of(approval: Approval) -> list[dict[str, str]]:
    """Where rules, weights or indicators would change: what, before and after; nothing once it is decided."""
    said, region = approval.arguments, approval.thing
    if approval.state != Approval.State.PENDING or region is None:
        return []
    if approval.verb == "rules.change":
        return difference(region, said["rules"])
    if approval.verb == "rule_sets.set":
        return rule_sets.difference(region, said["rules"])
    if approval.verb == "checklists.fill":
        return rule_sets.checklist_difference(region, said["texts"])
    if approval.verb == "schemes.open":
        return differences.of_scheme(region) or [differences.NOTHING]
    if approval.verb == "supplements.adopt":
        return differences.of_supplement(region) or [differences.NOTHING]
    return []


def fates_of(approval: Approval) -> list[fates.Fate]:
    """Where an alliance would end: what becomes of what is open in it."""
    thing = approval.thing
    ends = approval.verb == "alliances.dissolve"
    if isinstance(thing, Proposal):
        ends, thing = (approval.verb, thing.kind) == ("proposals.confirm", Proposal.Kind.DISSOLVE), thing.alliance
    if approval.state != Approval.State.PENDING or not isinstance(thing, Alliance):
        return []
    other = other_of(approval)
    if other is not None:
        return fates.of_merging(thing, other)
    return fates.of_dissolving(thing) if ends else []


def other_of(approval: Approval) -> Alliance | None:
    """The alliance into which another would go."""
    return Alliance.objects.filter(pk=approval.arguments.get("into")).first()


def merger(approval: Approval) -> Plan | None:
    """What a pending merger of two records would do, as of now."""
    if approval.verb != "organizations.merge" or approval.state != Approval.State.PENDING:
        return None
    into = Organization.objects.standing().filter(pk=approval.arguments["heir"]).first()
    return plan_of(approval.thing, into) if into and approval.thing else None


class ApprovalDetailView(DetailPage):
    model = Approval
    template_name = "approvals/approval_detail.html"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("proposed_by", "decided_by", "region")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        approval, user = self.object, self.request.user
        queue = queue_of(user)
        places = [other.pk for other in queue]
        here = places.index(approval.pk) if approval.pk in places else None
        thing = approval.thing
        return super().get_context_data(
            queue=queue,
            word=approvals.word_of(approval),
            thing=thing,
            thing_url=thing.get_absolute_url() if hasattr(thing, "get_absolute_url") else "",
            rules=found_of(thing) if isinstance(thing, Proposal) else (),
            found_in=thing.run if isinstance(thing, Proposal) else None,
            newer=thing.run.newer if isinstance(thing, Proposal) else None,
            plan=merger(approval),
            changes=changes_of(approval),
            fates=fates_of(approval),
            other=other_of(approval),
            batch=Batch.objects.visible_to(user).filter(approvals=approval).first(),
            arguments=arguments_of(approval.arguments),
            events=events_of(Step.objects.of(approval).with_actors()),
            may_decide=here is not None or Approval.objects.approvable_by(user).filter(pk=approval.pk).exists(),
            own=approval.proposed_by_id == user.pk,
            next=queue[here + 1] if here is not None and here + 1 < len(queue) else None,
            previous=queue[here - 1] if here else None,
            form=AnswerForm(),
            **kwargs,
        )


class DecideView(VerbPage):
    """The second person's word on a pending proposal; afterwards the next of the queue."""

    model = Approval
    able = "approvable_by"
    who = "seconded_by"
    template_name = "assessments/verb.html"

    def get_success_url(self) -> str:
        following = Approval.objects.approvable_by(self.request.user).order_by("proposed_at", "pk").first()
        return str(following.get_absolute_url()) if following else reverse("approvals:list")


class ApprovalApproveView(DecideView):
    form_class = AnswerForm
    done = _("已复核同意，立即生效。")
    title, button, icon = _("复核同意"), _("同意"), "circle-check"

    def speak(self, form: forms.Form) -> Any:
        who: Any = self.request.user
        return approvals.approve(self.thing, by=who, at=timezone.now(), **form.cleaned_data)


class ApprovalRefuseView(DecideView):
    form_class = RefusalForm
    done = _("已复核，未予同意。")
    title, button, icon = _("复核不同意"), _("不同意"), "undo-2"

    def speak(self, form: forms.Form) -> Any:
        who: Any = self.request.user
        return approvals.refuse(self.thing, by=who, at=timezone.now(), **form.cleaned_data)
