"""The adjectives of posts and teams: who sees them, who may take them up, who keeps them."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import BooleanField, Count, ExpressionWrapper, F, Q

from members.scope import Rights, ScopedQuerySet, acted_for, oneself, rights_of, under_any


class OfCommunityQuerySet(ScopedQuerySet):
    """Rows that a community keeps: seen above it, by itself, by those registered with it and by organs linked to it."""

    def visible_to(self, user: Any) -> Self:
        rights = rights_of(user)
        if rights.scopes is not None:
            return self.none()
        mine = rights.organizations | rights.membership
        near = Q(community__in=self._communities_of(user, rights))
        return self.filter(under_any(rights.codes) | Q(community__in=mine) | near)

    def kept_by(self, user: Any) -> Self:
        """Of communities that the user speaks for, in whatever state."""
        return self.filter(community__in=rights_of(user).organizations)

    def near(self, user: Any) -> Self:
        """Of the communities with which somebody is registered for whom the user may act."""
        return self.filter(community__in=self._registrations(user).values("community"))

    def _registrations(self, user: Any) -> Any:
        community: Any = self.model._meta.get_field("community").related_model
        registrations: Any = community._meta.get_field("registrations").related_model
        return registrations._default_manager.acted_for_by(user).current()

    def _communities_of(self, user: Any, rights: Rights) -> Any:
        community: Any = self.model._meta.get_field("community").related_model
        links: Any = community._meta.get_field("organ_links").related_model
        linked = links._default_manager.current().filter(organ__in=rights.organizations).values("community")
        registered = self._registrations(user).values("community")
        return community._default_manager.filter(Q(pk__in=linked) | Q(pk__in=registered)).values("pk")


class ServicePostQuerySet(OfCommunityQuerySet):
    def with_taken(self) -> Self:
        """With ``taken``: how many hold it now."""
        return self.annotate(taken=Count("holdings", filter=Q(holdings__state="taken")))

    def open(self) -> Self:
        return self.filter(state="open")

    def suggested_to(self, person: Any) -> Self:
        """Open ones with a free place in the communities where the person is registered and that the person does not
        hold; with ``fits``: the post wants one of the person's skills. Those stand first, then the newest."""
        there = person.registrations.current().values("community")
        held = person.holdings.taken().values("post")
        fits = Q(skill__in=person.skills.values("skill"))
        found = self.open().filter(community__in=there).exclude(pk__in=held)
        found = found.with_taken().filter(taken__lt=F("capacity"))
        found = found.annotate(fits=ExpressionWrapper(fits, output_field=BooleanField()))
        return found.select_related("community").order_by("-fits", "-pk")

    def takeable_by(self, user: Any) -> Self:
        """Open ones near those for whom the user may act; whether a place is free is asked when it is taken."""
        return self.near(user).open()

    def closable_by(self, user: Any) -> Self:
        return self.kept_by(user).open()


class PostHoldingQuerySet(ScopedQuerySet):
    region_path = "post__region"

    def taken(self) -> Self:
        return self.filter(state="taken")

    def visible_to(self, user: Any) -> Self:
        """Above the community or the organ, in one's own community, of one's own people; programs see none."""
        rights = rights_of(user)
        if rights.scopes is not None:
            return self.none()
        above = under_any(rights.codes, "post__region") | under_any(rights.codes, "person__organization__region")
        return self.filter(above | Q(post__community__in=rights.organizations) | acted_for(user, "person"))

    def of_oneself(self, user: Any) -> Self:
        return self.filter(oneself(user, "person"))

    def acted_for_by(self, user: Any) -> Self:
        return self.filter(acted_for(user, "person"))

    def leavable_by(self, user: Any) -> Self:
        """Taken by somebody for whom the user may act."""
        return self.acted_for_by(user).taken()

    def kept_by(self, user: Any) -> Self:
        """On posts of the user's own community, in whatever state."""
        return self.filter(post__community__in=rights_of(user).organizations)

    def thankable_by(self, user: Any) -> Self:
        return self.kept_by(user).taken()


class TeamQuerySet(OfCommunityQuerySet):
    def running(self) -> Self:
        return self.filter(state="running")

    def with_size(self) -> Self:
        """With ``size``: how many are in it now."""
        return self.annotate(size=Count("members", filter=Q(members__state="joined")))

    def joinable_by(self, user: Any) -> Self:
        """Running ones near those for whom the user may act."""
        return self.near(user).running()

    def endable_by(self, user: Any) -> Self:
        return self.kept_by(user).running()


class TeamMemberQuerySet(ScopedQuerySet):
    region_path = "team__region"

    def current(self) -> Self:
        return self.filter(state="joined")

    def visible_to(self, user: Any) -> Self:
        """Above the community or the organ, in one's own community, of one's own people; programs see none."""
        rights = rights_of(user)
        if rights.scopes is not None:
            return self.none()
        above = under_any(rights.codes, "team__region") | under_any(rights.codes, "person__organization__region")
        return self.filter(above | Q(team__community__in=rights.organizations) | acted_for(user, "person"))

    def acted_for_by(self, user: Any) -> Self:
        return self.filter(acted_for(user, "person"))

    def leavable_by(self, user: Any) -> Self:
        return self.acted_for_by(user).current()
