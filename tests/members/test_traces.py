"""Who changed a record: the history tells a person from a program, also where both have the same number."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.test import RequestFactory

from members.history import changes_of
from members.middleware import TraceMiddleware
from members.models import ApiClient
from tests.cast import client_of

pytestmark = pytest.mark.django_db


def told_of(organization, before, within):
    """Who is named for a change that a request makes: ``before`` the view is its session's caller, then ``within``."""

    def view(request):
        request.user = within
        organization.short_name = "改过的简称"
        organization.save()
        return HttpResponse()

    request = RequestFactory().post("/api/v1/organizations/")
    request.user = before
    TraceMiddleware(view)(request)
    return changes_of(organization)[0].who


def test_a_person_is_named(cast):
    assert told_of(cast.fulian_org, cast.chifeng, cast.chifeng) == str(cast.chifeng)


def test_a_program_is_named_and_not_the_person_of_its_number(cast):
    made = client_of("1504", "items:write")
    ApiClient.objects.filter(pk=made.pk).update(id=cast.chifeng.pk)
    program = ApiClient.objects.get(pk=cast.chifeng.pk)
    assert told_of(cast.fulian_org, AnonymousUser(), program) == str(program) != str(cast.chifeng)


def test_nobody_is_the_system(cast):
    assert told_of(cast.fulian_org, AnonymousUser(), AnonymousUser()) == "系统"
