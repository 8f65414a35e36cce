"""The shapes of templates, of the plan of a year, and of repeats."""

from __future__ import annotations

from typing import Any, ClassVar

from rest_framework import serializers

from alliances import choices
from alliances.forms.planning import EVERY
from alliances.models import Activity, ActivityTemplate
from alliances.serializers.fields import Scoped
from members.models import Organization
from members.shapes import Shape


class TemplateSerializer(Shape):
    class Meta:
        model = ActivityTemplate
        fields = ("id", "alliance", "kind", "title", "every", "month", "day", "place", "updated_at")
        read_only_fields = fields


class NewTemplateSerializer(serializers.ModelSerializer):
    class Meta:
        model = ActivityTemplate
        fields = ("kind", "title", "every", "month", "day", "place")


class TemplateWordsSerializer(NewTemplateSerializer):
    class Meta(NewTemplateSerializer.Meta):
        extra_kwargs: ClassVar[dict[str, Any]] = {
            name: {"required": False} for name in NewTemplateSerializer.Meta.fields
        }


class ProposedSerializer(serializers.Serializer):
    """A day that a template proposes; ``present``: the period has an activity of the kind already."""

    kind = serializers.ChoiceField(choices=Activity.Kind.choices)
    title = serializers.CharField(max_length=80)
    planned_on = serializers.DateField()
    place = serializers.CharField(max_length=80, required=False, allow_blank=True)
    present = serializers.BooleanField(read_only=True)


class PlanYearSerializer(serializers.Serializer):
    host = Scoped(choices.hosts_for, Organization)
    activities = ProposedSerializer(many=True, allow_empty=False)


class RepeatSerializer(serializers.Serializer):
    every = serializers.ChoiceField(choices=EVERY)
    until = serializers.DateField()
