"""Ids in bodies, looked up in what the caller may see."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from members.models import Organization
from members.mouths import fetch
from members.scope import rights_of


@extend_schema_field(OpenApiTypes.INT)
class Visible(serializers.PrimaryKeyRelatedField):
    """The id of something that the caller may see; anything else is a 404, in a body as in a path."""

    def __init__(self, model: Any = None, **kwargs: Any) -> None:
        self.model = model
        super().__init__(queryset=model._default_manager.all() if model else None, **kwargs)

    def to_internal_value(self, data: Any) -> Any:
        if isinstance(data, bool) or not isinstance(data, int | str):
            self.fail("incorrect_type", data_type=type(data).__name__)
        text = str(data)
        if not (text.isascii() and text.isdigit() and len(text) <= 18):
            raise Http404
        return fetch(self.among(int(text)), text)

    def among(self, pk: int) -> QuerySet:
        """Where it is looked for."""
        return self.model._default_manager.visible_to(self.context["request"].user)


class Own(Visible):
    """The id of an organisation: one's own is seen in any case, so it need not be looked for among all that are."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(Organization, **kwargs)

    def among(self, pk: int) -> QuerySet:
        own = pk in rights_of(self.context["request"].user).organizations
        return Organization.objects.standing() if own else super().among(pk)
