"""The REST router: one line for each noun. Each storey writes its own viewsets."""

from django.urls import include, path
from drf_spectacular.views import SpectacularAPIView
from rest_framework.routers import SimpleRouter

from assessments.api.statistics import FigureViewSet, StatisticsViewSet

router = SimpleRouter()
router.register("figures", FigureViewSet, basename="figure")
router.register("statistics", StatisticsViewSet, basename="statistics")

urlpatterns = [
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    path("", include(router.urls)),
]
