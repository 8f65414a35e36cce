"""A column among many values: one parameter, however many they are, where ``__in`` takes one a value."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db import models
from django.db.models.lookups import Lookup


class Among(Lookup):
    """Rows whose ``name`` is one of the values, for ``filter(Among("code", codes))``; no rows for no values."""

    lookup_name = "among"
    prepare_rhs = False

    def __init__(self, name: str | models.Expression, values: Iterable[Any]) -> None:
        super().__init__(models.F(name) if isinstance(name, str) else name, list(values))

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        lhs, params = self.process_lhs(compiler, connection)
        return f"{lhs} = ANY(%s)", (*params, self.rhs)
