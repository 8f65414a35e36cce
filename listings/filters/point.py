"""What may be asked of points: whose."""

from __future__ import annotations

import django_filters as filters

from listings.models import Help
from members.choosing import IdFilter


class PointFilter(filters.FilterSet):
    """Points of one person."""

    person = IdFilter(field_name="person_id")

    class Meta:
        model = Help
        fields = ("person",)
