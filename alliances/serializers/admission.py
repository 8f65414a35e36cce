"""The shapes of admission: what may be joined, asking, voting."""

from __future__ import annotations

from rest_framework import serializers

from alliances.models import Alliance, Membership
from alliances.serializers.alliance import OwnSerializer
from alliances.serializers.fields import Scoped
from members.shapes import Shape


class JoinableSerializer(Shape):
    """What an outsider may know of an alliance that it may ask to join."""

    class Meta:
        model = Alliance
        fields = ("id", "code", "name", "form", "mode", "region")
        read_only_fields = fields


class ApplySerializer(OwnSerializer):
    statement = serializers.CharField(max_length=500, required=False, allow_blank=True)


class VoteSerializer(OwnSerializer):
    """``newcomer`` is the id of the membership on which one votes, ``organization`` the member that speaks."""

    newcomer = Scoped(lambda user, alliance: Membership.objects.visible_to(user).filter(alliance=alliance), Membership)
    agrees = serializers.BooleanField()
