"""The adjectives of the ground: which regions, organisations, people, roles, steps; and who may see them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, Self

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.db.models.functions import Cast, Coalesce, Length, Now
from django.utils.timezone import make_aware

from members.scope import ScopedQuerySet, acted_for, oneself, rights_of, under_any


class RegionQuerySet(ScopedQuerySet):
    """Regions are public inside the system: every account may read them all."""

    region_path = "code"

    def visible_to(self, user: Any) -> Self:
        """All regions for people; for a program's key the subtree of the key."""
        rights = rights_of(user)
        return self if rights.scopes is None else self.filter(under_any(rights.readable, "code"))

    def of_level(self, digits: int) -> Self:
        """Whose codes have so many digits."""
        return self.alias(digits=Length("code")).filter(digits=digits)

    def children_of(self, code: str) -> Self:
        """The next level beneath the code, in code order; none below a community."""
        below = {0: 2, 2: 4, 4: 6, 6: 9, 9: 12}.get(len(code))
        return self.within(code).of_level(below) if below else self.none()


class OrganizationQuerySet(ScopedQuerySet):
    def standing(self) -> Self:
        """Without the second records that were merged into another one."""
        return self.filter(merged_into=None)

    def coded(self, code: str) -> Self:
        """The organisation of that code; a merged record's code leads to the one that took it over."""
        taken_over = self.model._default_manager.filter(code=code).values("merged_into")
        return self.filter(Q(code=code, merged_into=None) | Q(pk__in=taken_over))

    def visible_to(self, user: Any) -> Self:
        """Those of the governed subtrees, one's own, and those that now share an alliance with one's own; never
        a merged record."""
        rights = rights_of(user)
        mine = rights.organizations | rights.membership
        allied = self.model._default_manager.filter(
            memberships__state="accepted",
            memberships__alliance__memberships__state="accepted",
            memberships__alliance__memberships__organization__in=mine,
        )
        return self.standing().filter(under_any(rights.seen) | Q(pk__in=mine) | Q(pk__in=allied.values("pk")))

    def editable_by(self, user: Any) -> Self:
        """Whose record an organisation department may change: those of its subtree."""
        return self.directed_by(user).standing()

    def mergeable_by(self, user: Any) -> Self:
        """Which a department may propose to merge into another one of its subtree (a second person approves)."""
        return self.editable_by(user)

    def handed_over_by(self, user: Any) -> Self:
        """Whose head's post the user may hand over: those of the governed subtrees and one's own."""
        return self.filter(under_any(rights_of(user).codes) | Q(pk__in=rights_of(user).organizations))

    def described_to(self, user: Any) -> Self:
        """Whose contact data the user may see: those of the governed subtrees and one's own."""
        return self.handed_over_by(user)

    def contactable_by(self, user: Any) -> Self:
        """Whose contact data the user may change: a department's subtree and one's own."""
        return self.filter(under_any(rights_of(user).departments) | Q(pk__in=rights_of(user).organizations))

    def instructable_by(self, user: Any) -> Self:
        """Social organisations to which the user may send an instructor: a department's subtree, and the members of
        the alliances that one's own organisation leads."""
        rights = rights_of(user)
        social = self.filter(sector="social")
        led = social.filter(memberships__state="accepted", memberships__alliance__lead__in=rights.organizations)
        return social.filter(under_any(rights.departments) | Q(pk__in=led.values("pk")))

    def spoken_for_by(self, user: Any) -> Self:
        """The organisations that the user acts for."""
        return self.filter(pk__in=rights_of(user).organizations)

    def linkable_by(self, user: Any) -> Self:
        """Organs that the user speaks for: they link to communities and register their own people there."""
        return self.spoken_for_by(user).organs()

    def offering_by(self, user: Any) -> Self:
        """Communities and villages that the user speaks for: they offer posts and form teams."""
        return self.spoken_for_by(user).communities()

    def organs(self) -> Self:
        """机关党组织: those that link to a community, and whose people register with one (双报到)."""
        return self.filter(sector="organ")

    def communities(self) -> Self:
        """The own Party organisations of communities and villages (社区、嘎查村)."""
        return self.filter(place__isnull=False, sector__in=("community", "village"))

    def matching(self, text: str) -> Self:
        """Whose name or short name contains the text, whose code it is, or whose pinyin or initials begin with it.

        What a merged record was called leads to the organisation that took it over.
        """
        sound = Q(pinyin__startswith=text.lower()) | Q(pinyin__contains=f" {text.lower()}")
        called = Q(name__contains=text) | Q(short_name__contains=text) | Q(code=text) | sound
        former = self.model._default_manager.exclude(merged_into=None).filter(called)
        return self.filter(called | Q(pk__in=former.values("merged_into")))


class PartyMemberQuerySet(ScopedQuerySet):
    region_path = "organization__region"

    def as_of(self, day: date) -> Self:
        """Who belonged to the organisation on that day."""
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gt=day))

    def visible_to(self, user: Any) -> Self:
        """People of the governed subtrees and of one's own organisation; programs see none."""
        rights = rights_of(user)
        mine = rights.organizations
        own = Q(account=user) if rights.membership else Q(pk__in=())
        return self.filter(under_any(rights.codes, self.region_path) | Q(organization__in=mine) | own)


    def acted_for_by(self, user: Any) -> Self:
        """Oneself, and the people of the organisations that one speaks for."""
        return self.filter(acted_for(user))

    def registrable_by(self, user: Any) -> Self:
        """Those of them who belong to an organ: they register with a community."""
        return self.acted_for_by(user).filter(organization__sector="organ")

    def oneself(self, user: Any) -> Self:
        """The Party member whose account the user is."""
        return self.filter(oneself(user))


class UserQuerySet(models.QuerySet):
    def called(self, text: str) -> Self:
        """Whose account or name contains the text."""
        return self.filter(Q(username__icontains=text) | Q(name__contains=text))

    def with_roles(self, day: date) -> Self:
        """With ``held``: the roles held on that day, in one more query for all."""
        roles: Any = self.model._meta.get_field("roles").related_model
        held = roles._default_manager.as_of(day)
        held = held.select_related("region", "organization")
        return self.prefetch_related(models.Prefetch("roles", held, to_attr="held"))

    def with_unread(self) -> Self:
        """With ``unread``: how many messages the person has not put away."""
        notices: Any = self.model._meta.get_field("notices").related_model
        own = notices._default_manager.unread().filter(user=models.OuterRef("pk")).order_by().values("user")
        counted = models.Subquery(own.annotate(count=models.Count("pk")).values("count"))
        return self.annotate(unread=Coalesce(counted, 0))

    def active(self) -> Self:
        return self.filter(is_active=True)

    def governable_by(self, user: Any) -> Self:
        """Accounts below the user: all of whose standing roles lie beneath a governed region, or are those of a mere
        member of one's own organisation. One role elsewhere, and they are not the user's to reset or to disable."""
        rights = rights_of(user)
        return self._below(rights.codes, rights.organizations).exclude(pk=getattr(user, "pk", None))

    def _below(self, codes: tuple[str, ...], organizations: frozenset[int]) -> Self:
        roles: Any = self.model._meta.get_field("roles").related_model
        standing = roles._default_manager.filter(Q(until=None) | Q(until__gte=Cast(Now(), models.DateField())))
        staff = under_any(codes) & ~Q(region__in=codes)
        member = Q(role="member", organization__in=organizations)
        inside = standing.filter(staff | under_any(codes, "organization__region") | member)
        outside = standing.exclude(pk__in=inside.values("pk"))
        return self.filter(pk__in=inside.values("user"), duty="business").exclude(pk__in=outside.values("user"))

    def visible_to(self, user: Any) -> Self:
        """Those below the user and oneself; the system administrator sees all; programs see none."""
        if getattr(user, "pk", None) is None or rights_of(user).scopes is not None:
            return self.none()
        if user.duty in {"system", "security", "audit"}:
            return self
        return self.filter(Q(pk__in=self.governable_by(user).values("pk")) | Q(pk=user.pk))

    def factor_removable_by(self, user: Any) -> Self:
        """Accounts with an authenticator that the security administrator may take away; nobody their own."""
        if getattr(user, "duty", "") != "security":
            return self.none()
        return self.filter(second_factor__isnull=False).exclude(pk=user.pk)

    def proposable_by(self, user: Any) -> Self:
        """For whom the user may propose a role: those below, and for the system administrator all business accounts."""
        if getattr(user, "duty", "") == "system":
            return self.filter(duty="business")
        rights = rights_of(user)
        return self._below(rights.departments, rights.organizations).exclude(pk=getattr(user, "pk", None))


class RoleQuerySet(models.QuerySet):
    def as_of(self, day: date) -> Self:
        """Held on that day."""
        return self.filter(since__lte=day).filter(Q(until=None) | Q(until__gte=day))


class TrailQuerySet(models.QuerySet):
    """Rows that say when (``at``), and which person (``by_path``) or program (``client``) it was."""

    by_path = "by"

    def from_day(self, day: date) -> Self:
        """On that day or later."""
        return self.filter(at__gte=start_of(day))

    def until_day(self, day: date) -> Self:
        """On that day or earlier."""
        return self.filter(at__lt=start_of(day + timedelta(days=1))) if day < date.max else self

    def done_by(self, text: str) -> Self:
        """By whose account, name or program's name contains the text."""
        people: Any = self.model._meta.get_field(self.by_path).related_model
        person = Q(**{f"{self.by_path}__in": people._default_manager.called(text).values("pk")})
        return self.filter(person | Q(client__name__contains=text))


def start_of(day: date) -> datetime:
    """Its first moment here."""
    return make_aware(datetime.combine(day, time()))


class StepQuerySet(TrailQuerySet):
    def about(self, text: str) -> Self:
        """Done to things of a kind that is called so (联合体), or to the one of that number (联合体 12)."""
        called = text.rstrip("0123456789")
        number = text[len(called) :]
        kinds = [
            kind.pk
            for model, kind in ContentType.objects.get_for_models(*apps.get_models()).items()
            if called.strip() in str(model._meta.verbose_name)
        ]
        found = self.filter(thing_type__in=kinds)
        return found.filter(thing_id=min(int(number), 2**63 - 1)) if number else found

    def of(self, thing: models.Model) -> Self:
        """The history of one thing, oldest first."""
        kind = ContentType.objects.get_for_model(thing)
        return self.filter(thing_type=kind, thing_id=thing.pk).order_by("at", "id")

    def with_actors(self) -> Self:
        """With the person or program that did it and the organisation in whose name."""
        return self.select_related("by", "client", "organization")

    def standing(self, model: type[models.Model], state: str, at: datetime) -> Self:
        """The stages in which rows of ``model`` stood in ``state`` at that moment; use ``.values("thing_id")``."""
        return self.standing_in_any(model, at).filter(to_state=state)

    def standing_in_any(self, model: type[models.Model], at: datetime) -> Self:
        """The stages in which rows of ``model`` stood at the moment ``at``, one for each row that had any state."""
        kind = ContentType.objects.get_for_model(model)
        stages = self.filter(thing_type=kind, at__lte=at).exclude(to_state="")
        return stages.filter(Q(until=None) | Q(until__gt=at))

    def visible_to(self, user: Any) -> Self:
        """All deeds for the audit administrator, those on accounts for security's, one's own for others."""
        if getattr(user, "duty", "") == "audit":
            return self
        mine = Q(by=user) if getattr(user, "pk", None) and rights_of(user).scopes is None else Q(pk__in=())
        if getattr(user, "duty", "") == "security":
            security = {"app_label": "members", "model__in": ("user", "approval", "apiclient")}
            return self.filter(mine | Q(thing_type__in=ContentType.objects.filter(**security)))
        return self.filter(mine)

    def untold(self) -> Self:
        """The outbox: deeds of which nobody has been told yet, oldest first."""
        return self.filter(told_at=None).order_by("id")


class ApprovalQuerySet(ScopedQuerySet):
    def of(self, thing: models.Model) -> Self:
        """What was proposed about one thing."""
        return self.filter(thing_type=ContentType.objects.get_for_model(thing), thing_id=thing.pk)

    def pending(self) -> Self:
        return self.filter(state="pending")

    def visible_to(self, user: Any) -> Self:
        """What one has proposed, what lies in one's department's subtree; role grants for security."""
        if getattr(user, "pk", None) is None or rights_of(user).scopes is not None:
            return self.none()
        panel = Q(panel="security") if user.duty in {"security", "audit"} else Q(pk__in=())
        directed = under_any(rights_of(user).departments) & Q(panel="department")
        return self.filter(directed | panel | Q(proposed_by=user))

    def seconded_by(self, user: Any) -> Self:
        """Those on which the user is or would have been the second person, in any state."""
        if getattr(user, "pk", None) is None or rights_of(user).scopes is not None:
            return self.none()
        panel = Q(panel="security") if user.duty == "security" else Q(pk__in=())
        directed = under_any(rights_of(user).departments) & Q(panel="department")
        return self.filter(directed | panel).exclude(proposed_by=user)

    def approvable_by(self, user: Any) -> Self:
        """Pending ones on which the user may be the second person: never one's own."""
        return self.seconded_by(user).pending()


class ComplaintQuerySet(ScopedQuerySet):
    def visible_to(self, user: Any) -> Self:
        """One's own, and for a department those of its subtree; programs see none."""
        if getattr(user, "pk", None) is None or rights_of(user).scopes is not None:
            return self.none()
        return self.filter(under_any(rights_of(user).departments) | Q(by=user))

    def answerable_by(self, user: Any) -> Self:
        """Still without an answer, in the department's subtree, and somebody else's."""
        return self.answered_for(user).filter(answered_at=None)

    def answered_for(self, user: Any) -> Self:
        """Those that the user's department answers, whether answered yet or not."""
        return self.directed_by(user).exclude(by=user)


class DenialQuerySet(TrailQuerySet):
    by_path = "user"

    def visible_to(self, user: Any) -> Self:
        """Security's trail: for the security and the audit administrator."""
        return self if getattr(user, "duty", "") in {"security", "audit"} else self.none()


class DocumentQuerySet(models.QuerySet):
    def of(self, thing: models.Model) -> Self:
        """The files of one thing, oldest first."""
        return self.filter(thing_type=ContentType.objects.get_for_model(thing), thing_id=thing.pk).order_by("id")

    def visible_to(self, user: Any) -> Self:
        """Those of things that the user may see: a file has no permission of its own."""
        seen = Q(pk__in=())
        for kind in ContentType.objects.filter(pk__in=self.order_by().values("thing_type")):
            things: Any = kind.model_class()
            if things is not None:
                seen |= Q(thing_type=kind, thing_id__in=things._default_manager.visible_to(user).values("pk"))
        return self.filter(seen)
