"""Who hears of double registration: the other side of a link, the community once for a whole branch, the member."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as noop

from members.models import PartyMember, Step, User
from members.notices import Message, Writer, heads_of


def account_of(person: PartyMember) -> Iterable[User]:
    """The member's own account, where there is one."""
    return User.objects.active().filter(party_member=person)


def _linked(text: str, side: str = "") -> Writer:
    """Tells one side of a link, or both; ``text`` has places for the organ, the community and the reason."""

    def write(step: Step) -> Iterable[Message]:
        link: Any = step.thing
        sides = [getattr(link, f"{side}_id")] if side else [link.organ_id, link.community_id]
        words = {"organ": link.organ.label, "community": link.community.label, "reason": step.reason}
        for user in heads_of(sides, step):
            yield user, _(text) % words, link.get_absolute_url()

    return write


def _registered(step: Step) -> Iterable[Message]:
    """The community hears once of those who came together; each member hears what its branch did for it."""
    one: Any = step.thing
    people = step.detail.get("people")
    if people:
        words = {"organ": one.person.organization.label, "n": people}
        for user in heads_of([one.community_id], step):
            yield user, _("%(organ)s有 %(n)s 名党员到社区报到。") % words, reverse("registrations:people")
    for user in account_of(one.person):
        yield user, _("您已到%(community)s报到。") % {"community": one.community.label}, reverse("registrations:mine")


def _ended(step: Step) -> Iterable[Message]:
    one: Any = step.thing
    words = {"person": one.person.name, "community": one.community.label, "reason": step.reason}
    said = _("%(person)s在%(community)s的报到已结束：%(reason)s") % words
    for user in {*heads_of([one.community_id], step), *account_of(one.person)}:
        yield user, said, reverse("registrations:home")


def _offered(step: Step) -> Iterable[Message]:
    """Registered members whose skill the post wants; everybody else finds it on the page."""
    post: Any = step.thing
    there = post.community.registrations.current().values("person")
    fit = PartyMember.objects.filter(pk__in=there, skills__skill=post.skill)
    words = {"community": post.community.label, "post": post.title}
    for user in User.objects.active().filter(party_member__in=fit):
        yield user, _("%(community)s的岗位“%(post)s”与您的专长相符，可自愿领岗。") % words, post.get_absolute_url()


def _to_the_community(text: str) -> Writer:
    """Tells the community who took or left a post."""

    def write(step: Step) -> Iterable[Message]:
        holding: Any = step.thing
        said = _(text) % {"person": holding.person.name, "post": holding.post.title}
        for user in heads_of([holding.post.community_id], step):
            yield user, said, holding.post.get_absolute_url()

    return write


def _thanked(step: Step) -> Iterable[Message]:
    holding: Any = step.thing
    words = {"community": holding.post.community.label, "post": holding.post.title, "words": step.reason}
    said = _("%(community)s感谢您在“%(post)s”岗位上的服务。%(words)s") % words
    for user in account_of(holding.person):
        yield user, said, holding.post.get_absolute_url()


def _team_formed(step: Step) -> Iterable[Message]:
    team: Any = step.thing
    said = _("您担任“%(team)s”队长；不愿担任可以随时退出。") % {"team": team.name}
    for user in account_of(team.captain):
        yield user, said, team.get_absolute_url()


def _team_joined(step: Step) -> Iterable[Message]:
    part: Any = step.thing
    if part.person_id != part.team.captain_id:
        said = _("%(person)s加入“%(team)s”。") % {"person": part.person.name, "team": part.team.name}
        for user in account_of(part.team.captain):
            yield user, said, part.team.get_absolute_url()


def _team_ended(step: Step) -> Iterable[Message]:
    """Whose part ended with the team on that day."""
    team: Any = step.thing
    people = team.members.filter(left_on=team.ended_on).values("person")
    for user in User.objects.active().filter(party_member__in=people):
        yield user, _("“%(team)s”已解散。") % {"team": team.name}, team.get_absolute_url()


WRITERS: Mapping[tuple[str, str], Writer] = {
    ("alliances.organlink", "ask"): _linked(noop("%(organ)s向贵社区报到，请答复。"), "community"),
    ("alliances.organlink", "accept_link"): _linked(noop("%(community)s已接收报到，与%(organ)s结对。"), "organ"),
    ("alliances.organlink", "decline_link"): _linked(noop("%(community)s未接收%(organ)s的报到。%(reason)s"), "organ"),
    ("alliances.organlink", "withdraw_link"): _linked(noop("%(organ)s撤回了向贵社区的报到。"), "community"),
    ("alliances.organlink", "end_link"): _linked(noop("%(organ)s与%(community)s的结对已结束：%(reason)s")),
    ("alliances.registration", "register_member"): _registered,
    ("alliances.registration", "end_registration"): _ended,
    ("alliances.servicepost", "offer"): _offered,
    ("alliances.postholding", "take"): _to_the_community(noop("%(person)s领了岗位“%(post)s”。")),
    ("alliances.postholding", "leave_post"): _to_the_community(noop("%(person)s离开了岗位“%(post)s”，名额已空出。")),
    ("alliances.postholding", "thank"): _thanked,
    ("alliances.team", "form_team"): _team_formed,
    ("alliances.teammember", "join_team"): _team_joined,
    ("alliances.team", "end_team"): _team_ended,
}
