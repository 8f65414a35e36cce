"""Lists whose statement is kept: how to ask is remembered, never what was answered, and for nobody else."""

from collections import OrderedDict
from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from members import kept
from members.models import ApiClient, Organization, Role
from tests.cast import KEY, again, client_of, organization

pytestmark = pytest.mark.django_db
LIST = "/api/v1/organizations/"


@pytest.fixture(autouse=True)
def _nothing_kept():
    kept.forget()


@contextmanager
def written():
    """The statements over organisations that are put together inside."""
    seen, as_sql = [], SQLCompiler.as_sql

    def noted(compiler, *args, **kwargs):
        if compiler.query.model is Organization:
            seen.append(compiler.query)
        return as_sql(compiler, *args, **kwargs)

    with patch.object(SQLCompiler, "as_sql", noted):
        yield seen


@pytest.fixture
def program(client, cast):
    """What a program over the banner is told to a question."""
    client_of("150422", "register:read")
    return lambda **asked: names(client.get(LIST, asked, headers={"authorization": f"Bearer {KEY}"}))


def names(answer):
    assert answer.status_code == 200, answer.content
    return {row["name"] for row in answer.json()["results"]}


def test_who_asks_again_is_told_what_is_true_now_without_a_statement_being_written(program, cast):
    first = program()
    organization("新设支部", "150422")
    Organization.objects.filter(pk=cast.fulian_org.pk).update(name="妇联党总支")
    with written() as statements:
        second = program()
    assert statements == []
    assert second == first - {"巴林左旗妇联党支部"} | {"新设支部", "妇联党总支"}


def test_another_question_is_another_statement(program, cast):
    everybody = program()
    assert program(q="妇联") == {"巴林左旗妇联党支部"}
    assert program(page_size=1) < everybody
    assert program(q="妇联") == {"巴林左旗妇联党支部"}
    assert program() == everybody


def test_a_program_whose_region_changed_is_asked_for_anew(program, cast):
    assert "中共南阳市委员会" not in program()
    ApiClient.objects.update(region_id="4113")
    assert "中共南阳市委员会" in program()
    assert "巴林左旗妇联党支部" not in program()


def test_nobody_gets_the_rows_of_somebody_else_who_asked_the_same(client, cast):
    client.force_login(cast.chifeng)
    theirs = names(client.get(LIST))
    client.force_login(cast.nanyang)
    ours = names(client.get(LIST))
    assert "巴林左旗妇联党支部" in theirs - ours
    assert "东关社区党总支" in ours - theirs


def test_two_people_of_the_same_rights_are_still_two(client, cast):
    assert cast.chifeng.rights == cast.chifeng2.rights
    for account in (cast.chifeng, cast.chifeng2):
        client.force_login(account)
        client.get(LIST)
    assert len(kept._kept) == 2


def test_who_lost_a_role_sees_no_longer_what_it_showed(client, cast):
    client.force_login(cast.lindong)
    assert "东石桥社区党总支" in names(client.get(LIST))
    Role.objects.filter(user=cast.lindong, role="town").update(until=timezone.localdate() - timedelta(days=1))
    client.force_login(again(cast.lindong))
    assert "鹿山社区党支部" not in names(client.get(LIST))


def test_what_is_overdue_is_asked_anew_each_day(client, cast, monkeypatch):
    client.force_login(cast.chifeng)
    asked = "/api/v1/items/?due=overdue"
    for _time in range(2):
        assert client.get(asked).status_code == 200
        assert len(kept._kept) == 1
    tomorrow = timezone.localdate() + timedelta(days=1)
    monkeypatch.setattr(timezone, "localdate", lambda *_args: tomorrow)
    assert client.get(asked).status_code == 200
    assert len(kept._kept) == 2


def test_a_question_that_names_a_moment_of_today_is_not_kept(program):
    program(updated_since=timezone.now().isoformat())
    assert len(kept._kept) == 0
    program(updated_since="2019-06-01")
    assert len(kept._kept) == 1


def test_later_pages_are_not_kept(client, cast):
    client.force_login(cast.chifeng)
    later = client.get(f"{LIST}?page_size=2").json()["next"]
    client.get(later)
    client.get(later)
    assert len(kept._kept) == 1


def test_the_question_that_was_not_asked_for_longest_is_forgotten(program, monkeypatch):
    monkeypatch.setattr(kept, "AT_MOST", 2)
    for text in ("妇联", "社区", "妇联", "街道"):
        program(q=text)
    assert len(kept._kept) == 2
    with written() as statements:
        program(q="妇联")
    assert statements == []


def test_a_question_that_looks_something_up_is_not_kept(cast):
    def rows():
        banner = Organization.objects.filter(region="150422").values_list("pk", flat=True)
        return Organization.objects.filter(pk__in=list(banner))

    late = kept.Late(("whoever",), rows, timezone.now()).order_by("pk")
    assert len(late[0:50]) == len(rows())
    assert len(kept._kept) == 0


class Forgetful(OrderedDict):
    """What another thread does between two looks: it forgets everything."""

    def get(self, asked, default=None):
        known = super().get(asked, default)
        self.clear()
        return known


def test_a_question_that_another_thread_forgets_meanwhile_is_answered_all_the_same(program, monkeypatch):
    monkeypatch.setattr(kept, "_kept", Forgetful())
    assert program() == program()


def test_what_is_too_long_is_not_kept(program, monkeypatch):
    monkeypatch.setattr(kept, "LONGEST", 100)
    assert program() == program()
    assert not kept._kept


def test_a_question_holds_no_secret_of_who_asks(program, client, cast):
    program()
    cast.chifeng.set_password("a-Password-0123")
    cast.chifeng.save()
    client.force_login(again(cast.chifeng))
    names(client.get(LIST))
    held = repr(list(kept._kept))
    assert len(kept._kept) == 2
    assert cast.chifeng.password not in held
    assert ApiClient.objects.get().digest not in held
