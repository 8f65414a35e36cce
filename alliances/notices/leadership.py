"""Who hears of leadership: the members whose voice is asked, the lead of an ending term, the branches of a person."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from alliances.notices.audience import members_of
from members.models import Step
from members.notices import Message, Writer, heads_of


def _nominated(step: Step) -> Iterable[Message]:
    """The members whose voice is asked; the lead has spoken already."""
    post: Any = step.thing
    words = {"alliance": post.alliance, "person": post.person, "post": post.label}
    asked = set(members_of(post.alliance)) - {post.alliance.lead_id}
    for user in heads_of(asked, step):
        said = _("“%(alliance)s”提名%(person)s任%(post)s，请贵组织表态。") % words
        yield user, said, reverse("posts:consent", args=[post.pk])


def _of_post(text: str, *, lead_only: bool = False) -> Writer:
    """Tells the members, or the lead alone, what became of a post."""

    def write(step: Step) -> Iterable[Message]:
        post: Any = step.thing
        words = {"alliance": post.alliance, "person": post.person, "post": post.label, "reason": step.reason}
        until = {"until": f"{post.until:%Y-%m-%d}" if post.until else ""}
        whom = [post.alliance.lead_id] if lead_only else members_of(post.alliance)
        for user in heads_of(whom, step):
            yield user, _(text) % (words | until), post.get_absolute_url()

    return write


def _put_forward(step: Step) -> Iterable[Message]:
    part: Any = step.thing
    said = _("有党员申请参加“%(alliance)s”，请接收。") % {"alliance": part.alliance}
    for user in heads_of([part.alliance.lead_id], step):
        yield user, said, part.get_absolute_url()


def _of_part(text: str) -> Writer:
    """Tells the person's own branch what the lead said."""

    def write(step: Step) -> Iterable[Message]:
        part: Any = step.thing
        words = {"person": part.person.name, "alliance": part.alliance, "reason": step.reason}
        for user in heads_of([part.person.organization_id], step):
            yield user, _(text) % words, part.get_absolute_url()

    return write


def _instructor(text: str) -> Writer:
    """Tells the social organisation and the instructor's own."""

    def write(step: Step) -> Iterable[Message]:
        sent: Any = step.thing
        words = {"person": sent.person, "organization": sent.organization}
        for user in heads_of([sent.organization_id, sent.sent_by_id], step):
            yield user, _(text) % words, sent.get_absolute_url()

    return write


WRITERS: Mapping[tuple[str, str], Writer] = {
    ("alliances.post", "nominate"): _nominated,
    ("alliances.post", "begin"): _of_post(noop("%(person)s开始任“%(alliance)s”%(post)s，任期至%(until)s。")),
    ("alliances.post", "not_agree"): _of_post(noop("%(person)s任“%(alliance)s”%(post)s的提名未获过半数成员同意。")),
    ("alliances.post", "relieve"): _of_post(noop("%(person)s不再任“%(alliance)s”%(post)s：%(reason)s")),
    ("alliances.post", "expire"): _of_post(noop("%(person)s任“%(alliance)s”%(post)s的任期已满。")),
    ("alliances.post", "term_ends"): _of_post(
        noop("%(person)s任“%(alliance)s”%(post)s的任期到%(until)s，请准备换届。"), lead_only=True
    ),
    ("alliances.participant", "put_forward"): _put_forward,
    ("alliances.participant", "take_in"): _of_part(noop("%(person)s已参加“%(alliance)s”，组织关系不变。")),
    ("alliances.participant", "turn_down"): _of_part(noop("“%(alliance)s”没有接收%(person)s：%(reason)s")),
    ("alliances.instructor", "assign_instructor"): _instructor(noop("%(person)s任%(organization)s党建指导员。")),
    ("alliances.instructor", "recall_instructor"): _instructor(noop("%(person)s不再任%(organization)s党建指导员。")),
}
