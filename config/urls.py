"""Every address of the house. Each storey lists its own pages."""

from django.urls import include, path

from config.health import HealthView

STOREYS = ("members", "alliances", "listings", "assessments")

urlpatterns = [
    path("healthz", HealthView.as_view(), name="healthz"),
    path("api/v1/", include("config.api")),
    *(path("", include(f"{storey}.urls")) for storey in STOREYS),
]

handler400 = "members.views.errors.bad_request"
handler403 = "members.views.errors.forbidden"
handler404 = "members.views.errors.not_found"
handler500 = "members.views.errors.server_error"
