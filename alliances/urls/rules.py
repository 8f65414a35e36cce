"""The addresses of the rule sets."""

from django.urls import path

from alliances.views import rules

rule_patterns = [
    path("", rules.RuleListView.as_view(), name="list"),
    path("<int:pk>/", rules.RuleDetailView.as_view(), name="detail"),
    path("<int:pk>/change/", rules.RuleChangeView.as_view(), name="change"),
    path("<int:pk>/checklist/", rules.ChecklistFillView.as_view(), name="fill_checklist"),
]
