"""The addresses of the alliances' storey; a module a topic, gathered here."""

from django.urls import include, path

from alliances.urls.activity import activity_patterns, calendar_patterns
from alliances.urls.alliance import alliance_patterns
from alliances.urls.leadership import instructor_patterns, participant_patterns, post_patterns
from alliances.urls.means import distribution_patterns, means_patterns, venue_patterns
from alliances.urls.meeting import meeting_patterns
from alliances.urls.papers import agreement_patterns, charter_patterns, rotation_patterns
from alliances.urls.points import belt_patterns
from alliances.urls.registration import registration_patterns
from alliances.urls.rules import rule_patterns

__all__ = ["meeting_patterns", "urlpatterns"]

urlpatterns = [
    path("rules/", include((rule_patterns, "rules"))),
    path("alliances/", include((alliance_patterns, "alliances"))),
    path("belts/", include((belt_patterns, "belts"))),
    path("activities/", include((activity_patterns, "activities"))),
    path("charters/", include((charter_patterns, "charters"))),
    path("agreements/", include((agreement_patterns, "agreements"))),
    path("rotations/", include((rotation_patterns, "rotations"))),
    path("registrations/", include((registration_patterns, "registrations"))),
    path("means/", include((means_patterns, "means"))),
    path("venues/", include((venue_patterns, "venues"))),
    path("distributions/", include((distribution_patterns, "distributions"))),
    path("calendar/", include((calendar_patterns, "calendar"))),
    path("posts/", include((post_patterns, "posts"))),
    path("participants/", include((participant_patterns, "participants"))),
    path("instructors/", include((instructor_patterns, "instructors"))),
]
