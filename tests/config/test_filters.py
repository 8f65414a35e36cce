"""What a list can be filtered by is offered in words of the interface."""

import re

import pytest
from django.urls import URLPattern, get_resolver

CHINESE = re.compile(r"[\u4e00-\u9fff]")


def filtersets(patterns=None):
    """The FilterSet of every page that has one."""
    for entry in get_resolver().url_patterns if patterns is None else patterns:
        if not isinstance(entry, URLPattern):
            yield from filtersets(entry.url_patterns)
        elif not str(entry.pattern).startswith("api/") and (found := filterset_of(entry.callback)):
            yield found


def filterset_of(callback):
    return getattr(getattr(callback, "view_class", None), "filterset_class", None)


@pytest.mark.django_db
@pytest.mark.parametrize("filterset", sorted(set(filtersets()), key=lambda one: one.__name__), ids=lambda o: o.__name__)
def test_every_filter_that_a_page_shows_has_a_word(filterset, rf):
    request = rf.get("/")
    form = filterset({}, queryset=filterset.Meta.model.objects.none(), request=request).form
    mute = [bound.name for bound in form.visible_fields() if not CHINESE.search(str(bound.label))]
    assert not mute, f"{filterset.__name__} shows {mute} without a word, or should hide them"
