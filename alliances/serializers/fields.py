"""Ids in bodies, looked up in what the caller may see or choose."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet
from django.http import Http404
from rest_framework import serializers

from members.models import Organization
from members.mouths import LARGEST_ID, fetch


class Scoped(serializers.PrimaryKeyRelatedField):
    """An id that must lie in what ``find(user, thing)`` offers; any other is a 404, like one that does not exist."""

    def __init__(self, find: Callable[[Any, Any], QuerySet], model: type[Model], **kwargs: Any) -> None:
        self.find = find
        super().__init__(queryset=model._default_manager.none(), **kwargs)

    def get_queryset(self) -> QuerySet:
        return self.find(self.context["request"].user, self.context.get("thing"))

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, bool) or not isinstance(data, int | str):
            self.fail("incorrect_type", data_type=type(data).__name__)
        return fetch(self.get_queryset(), data)


class ScopedList(serializers.ListField):
    """Several such ids, at most 500."""

    def __init__(self, find: Callable[[Any, Any], QuerySet], model: type[Model], **kwargs: Any) -> None:
        self.find, self.model = find, model
        super().__init__(child=serializers.IntegerField(min_value=1, max_value=LARGEST_ID), max_length=500, **kwargs)

    def to_internal_value(self, data: Any) -> list[Any]:
        wanted = set(super().to_internal_value(data))
        found = self.find(self.context["request"].user, self.context.get("thing")).filter(pk__in=wanted)
        things = list(found)
        if len(things) != len(wanted):
            raise Http404
        return things


def visible_organizations(user: Any, _thing: Any) -> QuerySet:
    return Organization.objects.visible_to(user)
