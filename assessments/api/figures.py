"""Figures, statistics and the rows behind a number as programs read them."""

from __future__ import annotations

from rest_framework import serializers


class FigureSerializer(serializers.Serializer):
    """What a figure means."""

    key = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    unit = serializers.CharField(allow_blank=True)
    definition = serializers.CharField()
    nature = serializers.ChoiceField(choices=["stock", "flow", "rate", "median"])
    additive = serializers.BooleanField()


class GroupSerializer(serializers.Serializer):
    code = serializers.CharField(allow_null=True)
    label = serializers.CharField()  # type: ignore[assignment]


class BeforeSerializer(serializers.Serializer):
    """The same days of the year before."""

    to = serializers.DateField(required=False)
    figures = serializers.DictField(child=serializers.FloatField(allow_null=True))
    suppressed = serializers.ListField(child=serializers.CharField(), required=False)

    def get_fields(self) -> dict[str, serializers.Field]:
        return {"from": serializers.DateField(required=False), **super().get_fields()}


class FiguresSerializer(serializers.Serializer):
    """``suppressed`` names figures hidden because they count fewer than five persons; ``before`` and ``change`` only
    with ``compare``."""

    figures = serializers.DictField(child=serializers.FloatField(allow_null=True))
    suppressed = serializers.ListField(child=serializers.CharField(), required=False)
    before = BeforeSerializer(required=False)
    change = serializers.DictField(child=serializers.FloatField(allow_null=True), required=False)


class RowSerializer(FiguresSerializer):
    group = GroupSerializer()


class StatisticsSerializer(FiguresSerializer):
    """``rows`` only with ``by``, ``counted_at`` only with ``max_age``."""

    region = serializers.CharField()
    to = serializers.DateField()
    as_of = serializers.DateField()
    counted_at = serializers.DateTimeField(required=False)
    rows = RowSerializer(many=True, required=False)

    def get_fields(self) -> dict[str, serializers.Field]:
        return {"from": serializers.DateField(), **super().get_fields()}


class BehindSerializer(serializers.Serializer):
    """A row that a figure counts: ``counts_as`` is what it brings in (1 or 0 to a rate, days, yuan)."""

    thing = serializers.CharField()
    id = serializers.IntegerField(allow_null=True)
    columns = serializers.DictField()
    counts_as = serializers.FloatField()


class DrilledSerializer(serializers.Serializer):
    """``counted`` rows make the ``value``; ``hidden`` of them are counted, but not for the caller to read."""

    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = BehindSerializer(many=True)
    figure = serializers.CharField()
    value = serializers.FloatField(allow_null=True)
    counted = serializers.IntegerField()
    hidden = serializers.IntegerField()
    sentence = serializers.CharField()
