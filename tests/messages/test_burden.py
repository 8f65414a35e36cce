"""The burden ledger says what was asked of each branch, from what happened; above a ceiling staff see it, no more."""

from datetime import date

import pytest
from django.urls import get_resolver, reverse

from assessments.asked import APART, APART_PAGES
from assessments.burden import FORMS, REQUESTS, above, ledger, months_until, set_ceiling, watch
from assessments.events import EVENTS
from assessments.notices import WRITERS
from listings import transitions as verbs
from members.models import Notice, Organization, Region, Role, Step
from members.notices import tell
from tests.cast import NOW, user

pytestmark = pytest.mark.django_db
JUNE = date(2019, 6, 1)


@pytest.fixture
def item(item):
    """What was before is told already."""
    Step.objects.update(told_at=NOW)
    return item


@pytest.fixture
def worked(cast, item):
    """妇联 claims, reports and finishes; all are told."""
    claim = verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)
    verbs.report(claim, "已到现场", by=cast.fulian, at=NOW)
    verbs.finish(claim, by=cast.fulian, at=NOW, outcome="清运完毕")
    tell(WRITERS, NOW, EVENTS)
    return item


def test_every_page_that_asks_a_branch_for_words_is_in_the_map_of_forms():
    """A new form stands in ``FORMS`` under its deed, or is said to ask nothing of a branch."""
    known = set(FORMS.values())
    missing = {
        name
        for name, view in pages_of(get_resolver())
        if any(field.required for field in view.form_class.base_fields.values())
        and view.form_class not in known
        and name.partition(":")[0] not in APART
        and name not in APART_PAGES
    }
    assert not missing
    assert not APART_PAGES - {name for name, _view in pages_of(get_resolver())}


def pages_of(resolver, space=""):
    """(name, view) of the pages that show a form of their own."""
    for entry in resolver.url_patterns:
        if hasattr(entry, "url_patterns"):
            yield from pages_of(entry, f"{entry.namespace}:" if entry.namespace else space)
        elif getattr(getattr(entry.callback, "view_class", None), "form_class", None) is not None:
            yield f"{space}{entry.name}", entry.callback.view_class


def of(organization, month=JUNE):
    (row,) = ledger([organization], month)
    return row


def ceiling(cast, code="150422", fillings=100, requests=0, messages=100):
    region = Region.objects.get(code=code)
    return set_ceiling(
        region, fillings=fillings, requests=requests, messages=messages, by=cast.balinzuo, at=NOW
    )  # fmt: skip


def test_what_was_asked_is_counted_from_what_happened(cast, worked):
    """东石桥 was told of the claim and asked to confirm; 妇联 filled in what its forms require."""
    asked = of(cast.dongshiqiao_org)
    assert (asked.messages, asked.requests) == (2, 1)
    assert {line.deed.verb for line in asked.lines if line.asks} == {"finish"}
    women = of(cast.fulian_org)
    assert women.messages == 0
    assert women.fillings == sum(
        field.required
        for deed in (("listings.item", "claim"), ("listings.claim", "report"), ("listings.claim", "finish"))
        for field in FORMS[deed].base_fields.values()
    )


def test_two_heads_told_of_one_deed_are_one_message_of_their_branch(cast, item):
    second = user("dongshiqiao2", "branch", organization=cast.dongshiqiao_org)
    verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)
    tell(WRITERS, NOW, EVENTS)
    assert Notice.objects.filter(user__in=[cast.dongshiqiao, second]).count() == 2
    assert of(cast.dongshiqiao_org).messages == 1


def test_who_spoke_for_another_branch_then_is_counted_there(cast, worked):
    Role.objects.filter(user=cast.dongshiqiao).update(until=date(2019, 6, 2))
    Role.objects.create(user=cast.dongshiqiao, role="branch", organization=cast.lushan_org, since=date(2019, 6, 3))
    assert (of(cast.dongshiqiao_org).messages, of(cast.lushan_org).messages) == (0, 2)


def test_another_month_is_another_ledger(cast, worked):
    assert of(cast.dongshiqiao_org, date(2019, 5, 1)).messages == 0
    assert months_until(date(2020, 1, 31)) == [date(2020, 1, 1), date(2019, 12, 1), date(2019, 11, 1)]


def test_the_nearest_ceiling_holds_and_what_it_was_is_kept(cast, worked):
    ceiling(cast, "1504", requests=5)
    assert not above(Organization.objects.all(), JUNE)
    made = ceiling(cast, "150422", requests=0)
    assert list(above(Organization.objects.all(), JUNE)) == [cast.dongshiqiao_org]
    ceiling(cast, "150422404", requests=1)
    assert not above(Organization.objects.all(), JUNE)
    ceiling(cast, "150422", requests=3)
    assert Step.objects.of(made).last().detail["was"]["requests"] == 0


def test_passing_it_blocks_nothing_and_is_told_once_a_month(cast, worked):
    ceiling(cast)
    assert [watch(JUNE, NOW), watch(JUNE, NOW)] == [1, 0]
    tell(WRITERS, NOW, EVENTS)
    assert "减负上限" in Notice.objects.filter(user=cast.balinzuo).latest("pk").text
    assert not Notice.objects.filter(user=cast.nanyang).exists()
    verbs.confirm(worked, by=cast.dongshiqiao, at=NOW)


def test_a_branch_reads_its_own_and_staff_those_above_by_name(cast, worked, browse, time_machine):
    time_machine.move_to(NOW)
    ceiling(cast)
    page, detail = reverse("burden:list"), reverse("burden:detail", args=[cast.dongshiqiao_org.pk])
    names = [row.organization.name for row in browse("balinzuo").get(page, {"tab": "above"}).context["rows"]]
    assert names == ["东石桥社区党总支"]
    everybody = [row.organization.name for row in browse("balinzuo").get(page).context["rows"]]
    assert everybody == sorted(everybody)
    assert [row.organization for row in browse("fulian").get(page).context["rows"]] == [cast.fulian_org]
    assert browse("fulian").get(detail).status_code == browse("nanyang").get(detail).status_code == 404
    assert "超出了上限" in browse("dongshiqiao").get(detail).content.decode()
    said = browse("balinzuo").get("/api/v1/burden/above/").json()["results"]
    assert [(row["name"], row["requests"], row["above"]) for row in said] == [("东石桥社区党总支", 1, True)]
    assert browse("fulian").get("/api/v1/burden/").json()["results"][0]["code"] == cast.fulian_org.code


def test_the_ceiling_by_page_and_by_rest_is_the_same_step(cast, browse):
    region = reverse("burden:ceiling", args=["150422"])
    words = {"fillings": 9, "requests": 8, "messages": 7}
    assert browse("balinzuo").post(region, words).status_code == 302
    said = browse("balinzuo").post("/api/v1/burden-ceilings/", words | {"region": "150422"}, "application/json")
    assert said.status_code == 201
    first, second = Step.objects.filter(verb="set_ceiling").order_by("pk")
    assert first.detail["now"] == second.detail["now"] == words
    for bad in ({"fillings": -1}, {"fillings": "10" * 40}, {}):
        assert browse("balinzuo").post(region, words | bad if bad else {}).status_code == 422
    for name in ("nanyang", "fulian", "lindong"):
        assert browse(name).post(region, words).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_the_same_number_of_questions_for_any_number_of_rows(
    cast, worked, browse, count, django_assert_max_num_queries
):  # fmt: skip
    shown = Organization.objects.order_by("pk")[:count]
    with django_assert_max_num_queries(5):
        ledger(list(shown), JUNE)


def test_every_request_has_its_writer():
    assert set(WRITERS) >= REQUESTS


def test_the_ledger_says_in_words_what_was_asked(cast, worked, browse, time_machine):
    time_machine.move_to(NOW)
    page = browse("dongshiqiao").get(reverse("burden:detail", args=[cast.dongshiqiao_org.pk]))
    words = [word for word, _line in page.context["lines"]]
    assert len(words) == len(set(words))
    assert all(word.startswith(("事项 · ", "清单 · ")) for word in words)
    assert not [word for word in words if word.isascii()]
