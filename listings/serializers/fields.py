"""Ids in bodies, looked up in what the caller may see."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers


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
        found = self.model._default_manager.visible_to(self.context["request"].user).filter(pk=int(text)).first()
        if found is None:
            raise Http404
        return found
