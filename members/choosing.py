"""The parts of every FilterSet: an id that is one, a division code that is one."""

from __future__ import annotations

import re
from typing import Any

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field

CODE = r"^([0-9]{2}|[0-9]{4}|[0-9]{6}|[0-9]{9}|[0-9]{12})$"


class IdField(forms.IntegerField):
    """Digits and nothing else: ``388.0`` is no id."""

    re_decimal = re.compile(r"(?!)")


class IdFilter(filters.Filter):
    """The id of another row; anything that cannot be one is an error, not a crash."""

    field_class = IdField

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput, **kwargs)


class CodeField(forms.RegexField):
    """A division code."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(CODE, strip=True, **kwargs)


@extend_schema_field(OpenApiTypes.STR)
class RegionFilter(filters.Filter):
    """A division code: the region and everything beneath it."""

    field_class = CodeField

    def filter(self, qs: QuerySet, value: str) -> QuerySet:
        return qs.within(value) if value else qs  # type: ignore[attr-defined]
