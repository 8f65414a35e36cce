"""What programs read: rows as flat objects, each in the words of its serializer, read by a table made once a class.

REST framework builds the fields of a serializer anew for each request and asks each of them for each row: for fifty
rows of forty columns that is most of a list's cost. What most fields do is known beforehand: they give a column as it
stands, or in one way of writing it. What is written is the same to the byte (a test reads every route both ways).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from operator import itemgetter, methodcaller
from typing import Any, ClassVar

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.timezone import get_default_timezone
from rest_framework import serializers
from rest_framework.fields import SkipField
from rest_framework.relations import PKOnlyObject

Show = Callable[[Any], Any]
Reader = Callable[[Any, Any], Any]
"""Reads one name of a thing for a Shape (which knows the request); SkipField where the thing has nothing there."""

AS_IT_STANDS: dict[type, type | tuple[type, ...]] = {
    serializers.CharField: (models.CharField, models.TextField),
    serializers.ChoiceField: (models.CharField, models.TextField),
    serializers.IntegerField: models.AutoField,
    serializers.BigIntegerField: models.AutoField,
    serializers.BooleanField: models.BooleanField,
    serializers.DateField: models.DateField,
    serializers.JSONField: models.JSONField,
}
"""What a column of such a kind holds is what such a field would write, or what JSON writes the same: a day. A number
is not always one yet: what has just been made may hold it as it was said."""

ALONE: set[type] = {
    *AS_IT_STANDS, serializers.ReadOnlyField, serializers.DateField, serializers.DateTimeField, serializers.TimeField,
    serializers.DecimalField, serializers.FloatField, serializers.EmailField, serializers.URLField,
    serializers.UUIDField, serializers.ListField, serializers.PrimaryKeyRelatedField, serializers.SlugRelatedField,
}  # fmt: skip
"""Fields that write the same whoever asks: one of them serves all requests."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How a class of shapes reads a row: every name in its place with the column that it copies; what is more than a
    copy is then written over by its reader."""

    names: tuple[str, ...]
    columns: tuple[str, ...]
    copied: Callable[[Mapping[str, Any]], tuple[Any, ...]]
    readers: tuple[tuple[str, Reader], ...]


class Shape(serializers.ModelSerializer):
    # What programs read, as a row goes out. No docstring: the OpenAPI document would tell it of every shape.

    _plan: ClassVar[Plan]

    @classmethod
    def plan(cls) -> Plan:
        """Made when the first row is read."""
        if "_plan" not in vars(cls):
            fields: list[Any] = list(cls()._readable_fields)
            key = cls.Meta.model._meta.pk.attname  # type: ignore[attr-defined]
            columns = tuple(_copied(field, cls) or key for field in fields)
            readers = tuple((field.field_name, _reader(field, cls)) for field in fields if not _copied(field, cls))
            names = tuple(field.field_name for field in fields)
            cls._plan = Plan(names, columns, itemgetter(*columns, key), readers)
        return cls._plan

    def to_representation(self, thing: Any) -> dict[str, Any]:
        plan = self.plan()
        try:
            shown = dict(zip(plan.names, plan.copied(thing.__dict__), strict=False))
        except KeyError:  # something was not fetched with the rest: it is now
            shown = {name: getattr(thing, column) for name, column in zip(plan.names, plan.columns, strict=True)}
        for name, read in plan.readers:
            try:
                shown[name] = read(self, thing)
            except SkipField:
                del shown[name]
        return shown


def _copied(field: Any, shape: type[Shape]) -> str:
    """The column that goes out as it stands; "" where there is more to it."""
    kind, column = type(field), _column(field, shape)
    as_id = kind is serializers.PrimaryKeyRelatedField and isinstance(column, models.ForeignKey) and not field.pk_field
    if kind is serializers.DateField and (hasattr(field, "format") or isinstance(column, models.DateTimeField)):
        return ""
    return str(column.attname) if as_id or isinstance(column, AS_IT_STANDS.get(kind, ())) else ""


def _reader(field: Any, shape: type[Shape]) -> Reader:
    kind, column = type(field), _column(field, shape)
    if kind is serializers.SerializerMethodField:
        return lambda asked, thing: getattr(asked, field.method_name)(thing)
    if kind is serializers.ReadOnlyField and isinstance(getattr(shape.Meta.model, field.source, None), property):
        return lambda _asked, thing: getattr(thing, field.source)
    if column is not None and kind is serializers.DateTimeField and not hasattr(field, "format"):
        zone = field.timezone if hasattr(field, "timezone") else get_default_timezone()
        return _written(column.attname, methodcaller("astimezone", zone))
    if column is not None and kind in {serializers.IntegerField, serializers.BigIntegerField}:
        return _written(column.attname, int)
    if column is not None and kind in {serializers.DecimalField, serializers.ChoiceField}:
        return _written(column.attname, field.to_representation)
    if isinstance(getattr(field, "child", field), Shape):
        return lambda asked, thing: _inside(asked, field, thing)
    one = getattr(field, "child_relation", field)
    if type(one) in ALONE and type(getattr(field, "child", None)) in {type(None), *ALONE}:
        return lambda _asked, thing: _asked_of(field, thing)
    return lambda asked, thing: _asked_of(asked.fields[field.field_name], thing)


def _column(field: Any, shape: type[Shape]) -> Any:
    """The column of the thing's own that a field writes; None for what is reckoned or belongs to something else."""
    try:
        column: Any = shape.Meta.model._meta.get_field(field.source)  # type: ignore[attr-defined]
    except FieldDoesNotExist:
        return None
    return column if getattr(column, "concrete", False) and not column.many_to_many else None


def _written(name: str, show: Show) -> Reader:
    """A column of the thing's own in its way of writing."""

    def read(_asked: Any, thing: Any) -> Any:
        value = getattr(thing, name)
        return None if value is None else show(value)

    return read


def _asked_of(field: Any, thing: Any) -> Any:
    """As REST framework reads any field."""
    value = field.get_attribute(thing)
    empty = (value.pk if isinstance(value, PKOnlyObject) else value) is None
    return None if empty else field.to_representation(value)


def _inside(asked: Shape, field: Any, thing: Any) -> Any:
    """What stands inside a row in a shape of its own, for the same request: a list of rows or one; None for none."""
    many, found = hasattr(field, "child"), field.get_attribute(thing)
    inner = type(field.child if many else field)(context=asked.context)
    if many:
        return [inner.to_representation(row) for row in (found.all() if isinstance(found, models.Manager) else found)]
    return None if found is None else inner.to_representation(found)
