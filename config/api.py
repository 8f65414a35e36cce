"""The REST router: one line for each noun. Each storey writes its own viewsets."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from assessments.api.statistics import FigureViewSet, StatisticsViewSet
from listings.api import ClaimViewSet, ItemViewSet, ListingViewSet

router = SimpleRouter()
router.register("listings", ListingViewSet)
router.register("items", ItemViewSet)
router.register("claims", ClaimViewSet)
router.register("figures", FigureViewSet, basename="figure")
router.register("statistics", StatisticsViewSet, basename="statistics")

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("", include(router.urls)),
]
