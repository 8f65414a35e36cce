"""What a project came to (项目账): what it cost, which milestones were in time, what supervision found. All counted."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Count, F, Q, Sum

from listings.models import Milestone, Payment, Project, Visit

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Account:
    """``milestones`` without dropped ones, ``reached`` of them accepted, ``in_time`` of these reported by their day;
    ``days`` from the choice of the provider to the acceptance, None before it."""

    budget: Decimal
    paid: Decimal
    milestones: int
    reached: int
    in_time: int
    visits: int
    findings: int
    asked: int
    followed: int
    days: int | None

    @property
    def left(self) -> Decimal:
        """Granted and not paid."""
        return self.budget - self.paid


def account_of(project: Project) -> Account:
    """The project's account as it stands now: three statements, however long it went on."""
    done = Q(state=Milestone.State.ACCEPTED)
    parts = project.milestones.exclude(state=Milestone.State.DROPPED).order_by().aggregate(
        milestones=Count("pk"), reached=Count("pk", done),
        in_time=Count("pk", done & Q(reported_on__lte=F("due_on"))),
    )  # fmt: skip
    log = Visit.objects.filter(project=project).order_by().aggregate(
        visits=Count("pk"), findings=Count("pk", ~Q(findings="")), asked=Count("pk", ~Q(follow_up="")),
        followed=Count("pk", Q(answered_on__isnull=False)),
    )  # fmt: skip
    days = (project.accepted_on - project.begun_on).days if project.accepted_on and project.begun_on else None
    return Account(budget=project.budget, paid=paid_for(project), days=days, **parts, **log)


def paid_for(project: Project) -> Decimal:
    """What the fund has paid for it, after counter entries."""
    rows = Payment.objects.filter(milestone__project=project).with_amounts()
    total: Decimal | None = rows.order_by().aggregate(n=Sum("amount"))["n"]
    return total or NOTHING
