"""Pages of the dynamic review (动态管理): runs, candidates, dry run, rules, and alliances being put in order."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from alliances.models import Alliance, Rectification, RectificationAppeal
from assessments import reviews
from assessments.filters import ProposalFilter
from assessments.forms import RehearsalForm, ThresholdsForm
from assessments.models import Proposal, ReviewRun
from assessments.rules import rules_in, rules_of, standing_rules
from assessments.thresholds import propose_change
from assessments.transitions import pending_on
from assessments.words import ICONS, TONES, rule_words
from members.models import Region
from members.mouths import fetch
from members.pages import ListPage, Page, SecondPersonPage
from members.scope import rights_of, under_any


class StaffPage(Page):
    """A page for those who govern somewhere; others are refused, not shown an empty page."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.user.is_authenticated and not rights_of(request.user).codes:
            raise PermissionDenied(_("动态管理由组织部门和乡镇街道查看。"))
        return super().dispatch(request, *args, **kwargs)


class ReviewListView(StaffPage, ListPage):
    """The runs, newest first, each with how many proposals of one's own scope are still open."""

    model = ReviewRun
    template_name = "reviews/review_list.html"
    ordering = ("-as_of",)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(may_rehearse=bool(rights_of(self.request.user).departments), **kwargs)
        counts = Proposal.objects.visible_to(self.request.user).filter(
            run__in=[run.pk for run in context["object_list"]]
        )
        of_run: dict[int, dict[str, int]] = {}
        for run, state, count in counts.order_by().values_list("run", "state").annotate(n=Count("pk")):
            of_run.setdefault(run, {})[state] = count
        for run in context["object_list"]:
            states = of_run.get(run.pk, {})
            run.suggested, run.pending = sum(states.values()), states.get("open", 0) + states.get("waiting", 0)
        return context


class ReviewDetailView(StaffPage, ListPage):
    """The candidates of a run in one's scope: the rules hit, what is suggested, how it stands."""

    model = Proposal
    filterset_class = ProposalFilter
    template_name = "reviews/review_detail.html"
    ordering = ("region_id", "id")

    def get_queryset(self) -> QuerySet:
        self.run = fetch(ReviewRun.objects.visible_to(self.request.user), self.kwargs["pk"])
        return super().get_queryset().filter(run=self.run).select_related("alliance", "region")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(tones=TONES, icons=ICONS, **kwargs)
        seen = Proposal.objects.visible_to(self.request.user).filter(run=self.run)
        counts = dict(seen.order_by().values_list("kind").annotate(n=Count("pk")))
        kinds = [
            {"kind": kind, "label": label, "count": counts.get(kind, 0), "tone": TONES[kind], "icon": ICONS[kind]}
            for kind, label in Proposal.Kind.choices
        ]
        return context | {"run": self.run, "kinds": kinds, "pending": seen.pending().count()}


class RehearsalView(StaffPage, TemplateView):
    """A dry run over one's own subtree with the rules of today; nothing is written."""

    template_name = "reviews/rehearsal.html"
    SHOWN = 200

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rights = rights_of(self.request.user)
        if not rights.departments:
            raise PermissionDenied(_("试算由组织部门进行。"))
        yesterday = timezone.localdate() - timedelta(days=1)
        form = RehearsalForm(self.request.GET or None, initial={"as_of": yesterday})
        context = super().get_context_data(form=form, tones=TONES, icons=ICONS, **kwargs)
        if form.is_bound and form.is_valid():
            mine = Alliance.objects.filter(under_any(rights.departments))
            found = reviews.rehearse(form.cleaned_data["as_of"], mine)
            hit = [finding for finding in found if finding.suggestions]
            context |= {"reviewed": len(found), "hit": len(hit), "found": hit[: self.SHOWN]}
        return context


class RuleListView(StaffPage, TemplateView):
    """The rules that hold in one's own region."""

    template_name = "reviews/rule_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rights = rights_of(self.request.user)
        rules = rules_of(rights.codes[0], standing_rules())
        owner = rules[0]["region"] if rules else None
        region = Region.objects.filter(pk__in=rights.departments[:1]).first()
        return super().get_context_data(
            rules=[rule_words(rule) for rule in rules],
            owner=owner,
            region=region,
            approval=pending_on(region).first() if region else None,
            **kwargs,
        )


class RuleChangeView(SecondPersonPage):
    """Thresholds and switches of a region's rules; another person approves."""

    model = Region
    able = "directed_by"
    form_class: Any = ThresholdsForm
    template_name = "reviews/rule_change.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"rules": rules_in(self.thing.pk)}

    def speak(self, form: Any) -> Any:
        who: Any = self.request.user
        reason = form.cleaned_data["reason"]
        return propose_change(self.thing, form.proposed(), by=who, at=timezone.now(), reason=reason)

    def get_success_url(self) -> str:
        return super().get_success_url() if hasattr(self, "result") else reverse("reviews:rules")


class RectificationListView(StaffPage, ListPage):
    """Orders in one's scope, the open ones by their term, the past ones apart."""

    model = Rectification
    template_name = "reviews/rectification_list.html"
    ordering = ("due_on", "id")

    def get_queryset(self) -> QuerySet:
        orders = Rectification.objects.governed_by(self.request.user).select_related("alliance", "region")
        view = self.request.GET.get("view")
        if view == "appealed":
            asked = RectificationAppeal.objects.visible_to(self.request.user).open()
            return orders.filter(pk__in=asked.values("rectification"))
        return orders.exclude(ended_on=None) if view == "past" else orders.open()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        view = self.request.GET.get("view")
        context = super().get_context_data(past=view == "past", appealed=view == "appealed", **kwargs)
        orders = context["object_list"]
        for order in orders:
            order.days_left = (order.due_on - context["today"]).days
        mine = Alliance.objects.reinstatable_by(self.request.user).filter(
            pk__in=[order.alliance_id for order in orders]
        )
        return context | {"recheckable": set(mine.values_list("pk", flat=True))}
