"""The shapes of what is asked of an alliance together with its lists."""

from __future__ import annotations

from alliances.models import Alliance
from alliances.serializers.fields import Scoped
from members.rest import ReasonSerializer


class MergeSerializer(ReasonSerializer):
    """``into`` is the id of the running alliance into which the one of the path goes."""

    into = Scoped(lambda user, alliance: Alliance.objects.absorbing(alliance, user), Alliance)
