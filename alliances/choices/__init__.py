"""Which rows a form or a body may name; a module a topic, gathered here (double registration speaks for itself)."""

from alliances.choices.activity import activities_of, attenders_of, hosts_for
from alliances.choices.founding import (
    committees_above,
    committees_over,
    heirs_for,
    leads_for,
    parents_for,
    places_of,
    superiors_for,
)
from alliances.choices.leadership import (
    nominators_of,
    offered_by,
    people_of,
    silent_voices_of,
    succeeded_in,
    way_of_sending,
)
from alliances.choices.membership import (
    givers_of,
    invitable_by,
    members_of,
    newcomers_for,
    own_members,
    second_members,
    voices_of,
    voters_for,
)

__all__ = [
    "activities_of",
    "attenders_of",
    "committees_above",
    "committees_over",
    "givers_of",
    "heirs_for",
    "hosts_for",
    "invitable_by",
    "leads_for",
    "members_of",
    "newcomers_for",
    "nominators_of",
    "offered_by",
    "own_members",
    "parents_for",
    "people_of",
    "places_of",
    "second_members",
    "silent_voices_of",
    "succeeded_in",
    "superiors_for",
    "voices_of",
    "voters_for",
    "way_of_sending",
]
