"""Pages of projects: the list, one project from the choice of its provider to the asker's word, its verbs."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from alliances.money import in_yuan
from listings.filters.project import ProjectFilter
from listings.forms.idea import AnswerForm
from listings.forms.project import AppointForm, BidForm, DoneForm, MilestoneForm, PayForm, VisitForm
from listings.models import Candidate, Claim, Item, Milestone, Payment, Project, Visit
from listings.projects.account import account_of, paid_for
from listings.transitions import (
    accept_milestone,
    accept_project,
    appoint,
    bid,
    drop_milestone,
    follow_up,
    pay,
    report_milestone,
    return_milestone,
    set_milestone,
    stop_project,
    visit,
    withdraw_bid,
)
from listings.views.story import StoryVerbView, lists_tabs, with_buttons
from listings.words.item import stages_of
from listings.words.project import CANDIDATE_BUTTONS, MILESTONE_BUTTONS, PROJECT_BUTTONS, VISIT_BUTTONS
from members.buttons import buttons_for
from members.idempotency import OncePage
from members.models import Step
from members.pages import DetailPage, ListPage
from members.words import events_of


class ProjectListView(ListPage):
    model = Project
    filterset_class = ProjectFilter
    template_name = "projects/project_list.html"
    ordering = ("-fixed_on", "-id")

    def get_queryset(self) -> QuerySet:
        rows: Any = super().get_queryset()
        return rows.with_figures().select_related("item", "alliance", "provider")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        biddable = Project.objects.biddable_by(self.request.user).values_list("pk", flat=True)[:200]
        return super().get_context_data(tabs=lists_tabs("projects"), biddable=set(biddable), **kwargs)


class ProjectDetailView(DetailPage):
    """One project: where its item stands, who carries it out, its parts, its money, who looked."""

    model = Project
    context_object_name = "project"
    template_name = "projects/project_detail.html"

    def get_queryset(self) -> QuerySet:
        related = ("item__asked_by", "item__listing", "idea__call", "alliance", "provider")
        return super().get_queryset().select_related(*related)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        project, user = self.object, self.request.user
        milestones = project.milestones.with_paid()
        candidates = Candidate.objects.visible_to(user).filter(project=project)
        visits = project.visits.select_related("by")
        own_claim = Claim.objects.releasable_by(user).filter(item=project.item, organization=project.provider)
        return super().get_context_data(
            stages=stages_of(project.item, Step.objects.of(project.item)),
            milestones=with_buttons(milestones, user, MILESTONE_BUTTONS),
            candidates=with_buttons(
                candidates.select_related("organization", "project__item"), user, CANDIDATE_BUTTONS
            ),
            visits=with_buttons(visits, user, VISIT_BUTTONS),
            payments=Payment.objects.filter(milestone__project=project).with_amounts().select_related(
                "milestone", "entry"
            ),
            account=account_of(project),
            buttons=buttons_for(project, user, PROJECT_BUTTONS),
            own_claim=own_claim.first(),
            may_confirm=Item.objects.confirmable_by(user).filter(pk=project.item_id).exists(),
            knows_idea=type(project.idea).objects.visible_to(user).filter(pk=project.idea_id).exists(),
            events=events_of(Step.objects.of(project).with_actors()),
            **kwargs,
        )  # fmt: skip


class ProjectVerbView(StoryVerbView):
    model: Any = Project
    who: str | None = "steered_by"

    def get_success_url(self) -> str:
        return str(self.thing.get_absolute_url())


class ProjectBidView(ProjectVerbView):
    able, who, verb = "biddable_by", "joined_by", staticmethod(bid)
    form_class: type[forms.Form] = BidForm
    title, button, done = _("申请承接"), _("提交申请"), _("已申请，选定结果会告知您。")
    explain = _("几家都可以申请，由牵头党组织选定并说明理由。选定后即认领这一事项。")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "project": self.thing}


class ProjectSetMilestoneView(OncePage, ProjectVerbView):
    able, verb = "plannable_by", staticmethod(set_milestone)
    form_class: Any = MilestoneForm
    title, button, done = _("设里程碑"), _("设定"), _("已设定，承接方会收到通知。")


class ProjectVisitView(OncePage, ProjectVerbView):
    able, form_class, verb, dates = "visitable_by", VisitForm, staticmethod(visit), ("visited_on",)
    title, button, done = _("记一次监督"), _("记下"), _("已记入监督记录。")
    explain = _("记下后不能修改；承接方会收到。")


class ProjectAcceptView(ProjectVerbView):
    able, verb = "acceptable_by", staticmethod(accept_project)
    title, button, done = _("项目验收"), _("通过验收"), _("已验收，等提出方确认办结。")
    explain = _("验收后，提出金点子的单位会被请求确认办结。")


class ProjectStopView(ProjectVerbView):
    able, form_class, verb, danger = "stoppable_by", AnswerForm, staticmethod(stop_project), True
    title, button, done = _("终止项目"), _("终止项目"), _("已终止。")
    explain = _("项目清单上的事项同时记为不予受理。")


class PartVerbView(StoryVerbView):
    """A verb on what belongs to a project."""

    who: str | None = "steered_by"

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().select_related("project__item", "project__alliance", "project__provider")

    def get_success_url(self) -> str:
        return str(self.thing.project.get_absolute_url())

    @property
    def crumbs(self) -> list[tuple[Any, str]]:
        return [(self.thing.project, self.get_success_url())]


class CandidateAppointView(PartVerbView):
    model = Candidate
    able, who, form_class, verb = "appointable_by", "chosen_by", AppointForm, staticmethod(appoint)
    title, button, done = _("选定承接方"), _("选定"), _("已选定，其余申请单位会收到理由。")

    @property
    def explain(self) -> str:
        return str(self.thing.plan)


class CandidateWithdrawView(PartVerbView):
    model = Candidate
    able, who, verb = "withdrawable_by", "of_own", staticmethod(withdraw_bid)
    title, button, done = _("撤回承接申请"), _("撤回申请"), _("已撤回。")


class MilestoneVerbView(PartVerbView):
    model = Milestone


class MilestoneReportView(MilestoneVerbView):
    able, who, form_class, verb = "reportable_by", "provided_by", DoneForm, staticmethod(report_milestone)
    title, button, done = _("报告里程碑完成"), _("报告完成"), _("已报告，等待验收。")


class MilestoneAcceptView(MilestoneVerbView):
    able, who, verb = "acceptable_by", "judged_by", staticmethod(accept_milestone)
    title, button, done = _("验收里程碑"), _("通过验收"), _("已验收。")

    @property
    def explain(self) -> str:
        return str(self.thing.report)


class MilestoneReturnView(MilestoneVerbView):
    able, who, form_class, verb = "returnable_by", "judged_by", AnswerForm, staticmethod(return_milestone)
    title, button, done = _("退回里程碑"), _("退回"), _("已退回承接方。")


class MilestoneDropView(MilestoneVerbView):
    able, form_class, verb, danger = "droppable_by", AnswerForm, staticmethod(drop_milestone), True
    title, button, done = _("取消里程碑"), _("取消里程碑"), _("已取消。")


class MilestonePayView(OncePage, MilestoneVerbView):
    able, who, form_class, verb, dates = "payable_by", "led_by", PayForm, staticmethod(pay), ("on",)
    title, button, done = _("付款"), _("付款"), _("已付款，记入联合体经费账。")

    @property
    def explain(self) -> str:
        project = self.thing.project
        words = {
            "left": in_yuan(project.budget - paid_for(project)), "balance": in_yuan(project.alliance.funds.balance()),
        }  # fmt: skip
        return str(_("还可支付 %(left)s 元；联合体经费结余 %(balance)s 元。外来资助请先记收入。")) % words


class VisitFollowUpView(PartVerbView):
    model: Any = Visit
    able, who, form_class, verb = "followable_by", "provided_by", DoneForm, staticmethod(follow_up)
    title, button, done = _("答复落实情况"), _("提交"), _("已答复。")

    @property
    def explain(self) -> str:
        return str(self.thing.follow_up)
