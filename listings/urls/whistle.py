"""The addresses of whistles and of the calls that they make."""

from django.urls import include, path

from listings.views import call, whistle

whistle_patterns = [
    path("", whistle.WhistleListView.as_view(), name="list"),
    path("new/", whistle.WhistleWhereView.as_view(), name="where"),
    path("new/<int:pk>/", whistle.BlowAnewView.as_view(), name="new"),
    path("items/<int:pk>/", whistle.BlowView.as_view(), name="blow"),
    path("<int:pk>/", whistle.WhistleDetailView.as_view(), name="detail"),
    path("<int:pk>/approve/", whistle.WhistleApproveView.as_view(), name="approve"),
    path("<int:pk>/turn-down/", whistle.WhistleTurnDownView.as_view(), name="turn_down"),
    path("<int:pk>/call-in/", whistle.WhistleCallInView.as_view(), name="call_in"),
    path("<int:pk>/evaluate/", whistle.WhistleEvaluateView.as_view(), name="evaluate"),
    path("<int:pk>/call-off/", whistle.WhistleCallOffView.as_view(), name="call_off"),
]
call_patterns = [
    path("<int:pk>/sign-for/", call.CallSignForView.as_view(), name="sign_for"),
    path("<int:pk>/arrive/", call.CallArriveView.as_view(), name="arrive"),
    path("<int:pk>/report/", call.CallReportView.as_view(), name="report"),
    path("<int:pk>/refuse/", call.CallRefuseView.as_view(), name="refuse"),
]

urlpatterns = [
    path("whistles/", include((whistle_patterns, "whistles"))),
    path("calls/", include((call_patterns, "calls"))),
]
