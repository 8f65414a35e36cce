"""The addresses of terms, pauses and extensions."""

from django.urls import path

from listings.views import deadline

term_patterns = [
    path("<int:pk>/pause/", deadline.ItemPauseView.as_view(), name="pause"),
    path("<int:pk>/resume/", deadline.ItemResumeView.as_view(), name="resume"),
    path("<int:pk>/extend/", deadline.ItemExtendView.as_view(), name="extend"),
]
extension_patterns = [
    path("<int:pk>/grant/", deadline.ExtensionGrantView.as_view(), name="grant"),
    path("<int:pk>/refuse/", deadline.ExtensionRefuseView.as_view(), name="refuse"),
]
