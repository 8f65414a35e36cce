"""The shapes of what changes an alliance's place or number."""

from __future__ import annotations

from rest_framework import serializers

from alliances import choices
from alliances.models import Alliance
from alliances.serializers.fields import Scoped, ScopedList
from members.models import Organization
from members.rest import ReasonSerializer


class PlaceUnderSerializer(ReasonSerializer):
    supervising = Scoped(choices.superiors_for, Organization)


class SplitSerializer(serializers.Serializer):
    """The new draft; lead and invited are current members of the alliance of the path."""

    name = serializers.CharField(max_length=80)
    purpose = serializers.CharField(max_length=2000)
    form = serializers.ChoiceField(choices=Alliance.Form.choices)
    formation = serializers.ChoiceField(choices=Alliance.Formation.choices)
    lead = Scoped(choices.heirs_for, Organization)
    supervising = Scoped(lambda user, alliance: choices.committees_over(alliance), Organization)
    organizations = ScopedList(lambda user, alliance: choices.members_of(alliance), Organization)
