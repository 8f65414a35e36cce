"""The grammar of REST: viewsets that begin with a scope, and one line per verb."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from hashlib import sha256
from typing import Any, ClassVar

from django.db import transaction
from django.db.models import Model, QuerySet
from django.utils import timezone
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ReadOnlyModelViewSet

from members.idempotency import IdempotentMixin
from members.kept import Late
from members.models import Approval
from members.mouths import demand, fetch, id_of
from members.problems import Stale
from members.shapes import Shape
from members.transitions import propose
from members.versions import demand_version, versioned


class ReasonSerializer(serializers.Serializer):
    reason = serializers.CharField(max_length=500)


class NothingSerializer(serializers.Serializer):
    """A verb that takes no words."""


class ApprovalSerializer(Shape):
    """A pending second opinion, as answered with 202 and shown under approvals/."""

    verb_of = serializers.CharField(source="thing_type.model", read_only=True)

    class Meta:
        model = Approval
        fields = (
            "id", "state", "open_moves", "verb", "verb_of", "thing_id", "region", "reason", "proposed_at", "decided_at",
            "answer", "updated_at",
        )  # fmt: skip
        read_only_fields = fields


class ScopedViewSet(IdempotentMixin, ReadOnlyModelViewSet):
    """List and detail of what the caller may see. Set ``queryset = Model.objects.all()``.

    ``scopes`` maps an action to the scope that a key needs (``"*"`` for the rest); an action without one is for
    browser sessions only. ``moved_at`` is the path to the moment of a row's last change (``?updated_since=``); None
    where rows are reckoned and not stored. Rows come from ``visible_to``, so what is hidden answers exactly like what
    is absent.
    """

    scopes: ClassVar[dict[str, str]] = {}
    moved_at: ClassVar[str | None] = "updated_at"
    http_method_names = ("get", "post", "delete", "head", "options")  # else a verb called ``put`` would answer PUT

    def get_queryset(self) -> QuerySet:
        return super().get_queryset().visible_to(self.request.user)  # type: ignore[attr-defined]

    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """A page of them. Rows that are a QuerySet are put together once for all who ask the same."""
        late = Late(self.question(), lambda: self.filter_queryset(self.get_queryset()), timezone.now())
        page: Any = self.paginate_queryset(late)  # type: ignore[arg-type]
        write = self.get_serializer().to_representation
        return self.get_paginated_response([write(thing) for thing in page])

    def question(self) -> tuple[Hashable, ...]:
        """All that decides which rows a list asks for: the words said, who says them, and the day.

        Of the caller's columns, which hold secrets, the digest.
        """
        user: Any = self.request.user
        columns = repr([getattr(user, field.attname) for field in user._meta.concrete_fields])
        caller = user._meta.label, user.rights, sha256(columns.encode()).digest()
        said = repr(list(self.request.query_params.lists()))
        return type(self), self.action, tuple(self.kwargs.items()), caller, said, timezone.localdate()

    def get_object(self) -> Any:
        id_of(self.kwargs["pk"])  # what is no id asks for no rows
        thing = fetch(self.filter_queryset(self.get_queryset()), self.kwargs["pk"])
        self.check_object_permissions(self.request, thing)
        self.demand_unchanged(thing)
        return thing

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return versioned(request, self.get_serializer(self.get_object()).data)

    def said(self, takes: type[serializers.BaseSerializer]) -> dict[str, Any]:
        """The body, read and shaped by ``takes``; 400 or 422 as problem+json when it cannot be."""
        serializer = takes(data=self.request.data, context=self.get_serializer_context())
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def act(
        self,
        able: str,
        verb: Callable[..., Any],
        *,
        who: str | None = None,
        takes: type[serializers.BaseSerializer] = NothingSerializer,
    ) -> Response:
        """Speak ``verb`` on the object: 200 with the object as it is afterwards; else 404, 403, 409, 412 or 422."""
        thing = self.get_object()
        with transaction.atomic():
            demand(thing, self.request.user, able, who)  # who may not is told so before what is wrong
            words = self.said(takes)
            verb(thing, by=self.request.user, at=timezone.now(), **words)
        return versioned(self.request, self.get_serializer(self.anew(thing)).data)

    def ask_second_person(
        self,
        verb: str,
        able: str,
        *,
        who: str | None = None,
        takes: type[serializers.BaseSerializer] = ReasonSerializer,
    ) -> Response:
        """Leave a pending Approval of ``verb``: 202. The body needs a ``reason``; the rest becomes the arguments."""
        thing = self.get_object()
        with transaction.atomic():
            demand(thing, self.request.user, able, who)
            words = self.said(takes)
            reason = words.pop("reason")
            approval = propose(
                verb, thing, by=self.request.user, at=timezone.now(),  # type: ignore[arg-type]
                reason=reason, region_id=thing.region_id, arguments=words,
            )  # fmt: skip
        return Response(ApprovalSerializer(approval).data, status=status.HTTP_202_ACCEPTED)

    def demand_unchanged(self, thing: Model) -> None:
        """With ``If-Match``: lock the row until the end of the request's transaction, and refuse (412) where it is no
        longer the version that the caller read. Of what they do not see they have read none."""
        if self.request.method == "POST" and "If-Match" in self.request.headers:
            type(thing)._base_manager.select_for_update().get(pk=thing.pk)
            present = self.get_queryset().filter(pk=thing.pk).first()
            if present is None:
                raise Stale
            demand_version(self.request, self.get_serializer(present).data)

    def anew(self, thing: Model) -> Any:
        """The thing as the caller may see it now, with annotations; the thing itself if it has left the scope."""
        return self.get_queryset().filter(pk=thing.pk).first() or thing
