"""How an item and the project that carries it out stay together: what happens to the one is told to the other."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from listings.models import Item, Project
from listings.models.listing import Kind
from members.lifecycle import moving
from members.states import Refused


def project_of(item: Item) -> Project | None:
    """The project that carries out the item; only items of project lists have one."""
    return Project.objects.filter(item=item).first() if item.kind == Kind.PROJECT else None


def not_through_a_claim(item: Item) -> None:
    """Refused ``by_project``: who carries out a project is chosen from those who offer."""
    if project_of(item) is not None:
        raise Refused("by_project", _("这一事项由项目选定的承接方办理，请到项目页申请承接。"))


def not_before_acceptance(item: Item) -> None:
    """Refused ``by_project`` while the project runs: it is done when it has been accepted."""
    project = project_of(item)
    if project is not None and project.state == Project.State.RUNNING:
        raise Refused("by_project", _("项目按里程碑报告、验收后才算办结，请在项目页办理。"))


def seek_again(item: Item, *, by: Any, at: datetime, reason: str) -> None:
    """The provider has given up its claim: another one is sought."""
    project = project_of(item)
    if project is not None and project.state == Project.State.RUNNING:
        with moving(project, Project.State.SEEKING, at=at, by=by, organization=project.provider, reason=reason,
                    verb="give_up"):  # fmt: skip
            project.provider = project.begun_on = None


def run_again(item: Item, *, by: Any, at: datetime, reason: str) -> None:
    """Whoever had the idea is not content: an accepted project runs again."""
    project = project_of(item)
    if project is not None and project.state == Project.State.ACCEPTED:
        with moving(project, Project.State.RUNNING, at=at, by=by, reason=reason, verb="send_back"):
            project.accepted_on = None


def stop_with(item: Item, *, by: Any, at: datetime, reason: str) -> None:
    """The item is refused: nobody is sought any more."""
    project = project_of(item)
    if project is not None and project.state == Project.State.SEEKING:
        with moving(project, Project.State.STOPPED, at=at, by=by, reason=reason, verb="stop"):
            pass


def accept_with(item: Item, *, by: Any, at: datetime, reason: str) -> None:
    """It was ruled that the item is done: the project that carries it out is accepted with it."""
    project = project_of(item)
    if project is not None and project.state == Project.State.RUNNING:
        with moving(project, Project.State.ACCEPTED, at=at, by=by, organization=project.provider, reason=reason,
                    verb="accept_project"):  # fmt: skip
            project.accepted_on = timezone.localdate(at)
