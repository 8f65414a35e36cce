"""How views are read into the OpenAPI document: what may be empty is said to be so, also where it is only read."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import FieldDoesNotExist
from drf_spectacular.openapi import AutoSchema
from rest_framework import serializers


class HouseSchema(AutoSchema):
    """A read-only choice of a column that may be blank may be blank: REST framework forgets it of what is only read.
    Only what is read comes in pages: a deed answers with all that it made.
    """

    def _get_paginator(self) -> Any:
        return super()._get_paginator() if self.method == "GET" else None

    def _map_serializer_field(self, field: Any, direction: str, bypass_extensions: bool = False) -> Any:
        if isinstance(field, serializers.ChoiceField) and field.read_only and _may_be_blank(field):
            field.allow_blank = True
        return super()._map_serializer_field(field, direction, bypass_extensions)


def _may_be_blank(field: serializers.ChoiceField) -> bool:
    model = getattr(getattr(field.parent, "Meta", None), "model", None)
    try:
        return bool(model and model._meta.get_field(field.source).blank)
    except FieldDoesNotExist:
        return False
