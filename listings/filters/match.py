"""What may be asked of matches."""

from __future__ import annotations

import django_filters as filters

from listings.models import Match
from members.choosing import IdFilter, RegionFilter


class MatchFilter(filters.FilterSet):
    """Matches by state, need, resource, organisation and region."""

    state = filters.ChoiceFilter(choices=Match.State.choices)
    need = IdFilter(field_name="need_id")
    resource = IdFilter(field_name="resource_id")
    organization = IdFilter(field_name="organization_id")
    region = RegionFilter(field_name="need__region")

    class Meta:
        model = Match
        fields = ("state", "need", "resource", "organization", "region")
