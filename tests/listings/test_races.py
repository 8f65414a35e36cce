"""Many at once, on real PostgreSQL: exactly as many claims as an item wants, and never an error nobody foresaw."""

import json
import threading
from collections import Counter

import psycopg2
import pytest
from django.db import OperationalError, close_old_connections, connection, connections, transaction
from django.test import Client
from django.urls import reverse

from listings import transitions as verbs
from listings.models import Claim, Item
from listings.transitions.order import retried
from members.models import Role, User
from members.states import Refused
from tests.cast import NOW, SINCE, join, organization
from tests.listings.conftest import item_on

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def crowd(cast):
    """``crowd(64)``: as many members of the alliance, each with an account: (user, organisation)."""

    def gather(number):
        found = []
        for place in range(number):
            org = organization(f"第{place}党支部", "150422404")
            join(cast.alliance, org)
            account = User.objects.create(username=f"branch-{place}", name=f"branch {place}")
            Role.objects.create(user=account, role="branch", organization=org, since=SINCE)
            found.append((account, org))
        return found

    return gather


def at_once(*deeds):
    """Do all deeds at the same moment, each on a connection of its own; what each returned or raised."""
    gate, outcomes = threading.Barrier(len(deeds)), [None] * len(deeds)

    def run(place, deed):
        try:
            gate.wait(60)
            outcomes[place] = deed()
        except Exception as error:
            outcomes[place] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(120)
    return outcomes


def by_rest(user, item, org, **words):
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    body = json.dumps({"organization": org.pk} | words)
    return lambda: browser.post(f"/api/v1/items/{item.pk}/claims/", body, content_type="application/json").status_code


def by_page(user, item, org):
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    return lambda: browser.post(reverse("items:claim", args=[item.pk]), {"organization": org.pk}).status_code


def test_of_sixty_four_on_one_place_one_is_told_yes_and_sixty_three_no(cast, item, crowd):
    answers = at_once(*(by_rest(user, item, org) for user, org in crowd(64)))
    assert Counter(answers) == {201: 1, 409: 63}
    assert item.claims.active().count() == 1


def test_three_places_take_three_by_page_and_rest_alike(cast, needs, crowd):
    item = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, capacity=3)
    ways = [by_rest if place % 2 else by_page for place in range(24)]
    answers = Counter(at_once(*(way(user, item, org) for way, (user, org) in zip(ways, crowd(24), strict=True))))
    assert answers[201] + answers[302] == 3
    assert answers[409] == 21
    assert sorted(item.claims.active().values_list("slot", flat=True)) == [1, 2, 3]
    assert item.claims.active().filter(role="lead").count() == 1


def waits_by_rest(user, item, org):
    browser = Client(raise_request_exception=False)
    browser.force_login(user)
    body = json.dumps({"organization": org.pk, "wait": True})

    def send():
        answer = browser.post(f"/api/v1/items/{item.pk}/claims/", body, content_type="application/json")
        return answer.status_code, answer.json()["waiting_position"]

    return send


def test_sixty_four_who_are_ready_to_wait_three_are_in_and_sixty_one_stand_in_line(cast, needs, crowd):
    item = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, capacity=3)
    answers = at_once(*(waits_by_rest(user, item, org) for user, org in crowd(64)))
    assert [place for status, place in answers if status == 201] == [None] * 3
    assert sorted(place for status, place in answers if status == 202) == list(range(1, 62))
    first = item.claims.waiting().first()
    verbs.release(item.claims.get(role="lead"), at=NOW, reason="另有任务")
    assert list(item.claims.filter(state="offered").values_list("pk", flat=True)) == [first.pk]


def test_pages_and_rest_share_one_line(cast, needs, crowd):
    item = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, capacity=3)

    def waits_by_page(user, item, org):
        browser = Client(raise_request_exception=False)
        browser.force_login(user)
        words = {"organization": org.pk, "wait": "on"}
        return lambda: (browser.post(reverse("items:claim", args=[item.pk]), words).status_code, None)

    ways = [waits_by_rest if place % 2 else waits_by_page for place in range(24)]
    answers = at_once(*(way(user, item, org) for way, (user, org) in zip(ways, crowd(24), strict=True)))
    assert {status for status, _place in answers} <= {201, 202, 302}
    found = Claim.objects.filter(item=item).with_positions()
    assert sorted(c.waiting_position for c in found if c.state == "waiting") == list(range(1, 22))
    assert item.claims.active().count() == 3


def test_an_offer_accepted_and_lapsed_at_once_is_one_or_the_other(cast, item, crowd):
    (first, first_org), (_second, second_org) = crowd(2)
    held = verbs.claim(item, cast.fulian_org, at=NOW)
    for org in (first_org, second_org):
        verbs.claim(item, org, at=NOW, wait=True)
    verbs.release(held, at=NOW, reason="另有任务")
    offered = Claim.objects.get(organization=first_org)
    later = offered.offered_until
    outcomes = at_once(
        lambda: verbs.accept(Claim.objects.get(pk=offered.pk), by=first, at=NOW), lambda: verbs.lapse_offers(later)
    )
    assert all(isinstance(one, Claim | Refused | int) for one in outcomes), outcomes
    assert item.claims.holding().count() == 1


def test_all_who_claim_a_problem_at_once_share_one_item_and_one_wins(cast, problem, crowd):
    answers = at_once(*(by_rest(user, problem, org) for user, org in crowd(32)))
    assert Counter(answers) == {201: 1, 409: 31}
    problem.refresh_from_db()
    assert (problem.state, Item.objects.services().count()) == ("linked", 1)
    assert problem.answered_by.claims.active().count() == 1


def test_problems_claimed_at_once_in_an_alliance_without_a_list_meet_on_one_new_list(cast, problems, crowd):
    several = [item_on(problems, cast.dongshiqiao, cast.dongshiqiao_org, title=f"问题 {n}") for n in range(8)]
    pairs = zip(several, crowd(8), strict=True)
    assert Counter(at_once(*(by_rest(user, one, org) for one, (user, org) in pairs))) == {201: 8}
    assert cast.alliance.listings.filter(kind="supply_demand").count() == 1


def test_sixteen_copies_of_one_post_are_one_claim(cast, item):
    answers = at_once(*[by_rest(cast.fulian, item, cast.fulian_org) for _copy in range(16)])
    assert Counter(answers) == {201: 1, 409: 15}


def test_a_double_click_is_one_claim(cast, item):
    answers = at_once(*[by_page(cast.fulian, item, cast.fulian_org) for _click in range(2)])
    assert sorted(answers) == [302, 409]
    assert Claim.objects.count() == 1


def test_a_place_given_up_while_others_ask_is_taken_once(cast, item, crowd):
    (first, first_org), *others = crowd(17)
    held = verbs.claim(item, first_org, by=first, at=NOW)
    asking = [lambda org=org: verbs.claim(Item.objects.get(pk=item.pk), org, at=NOW) for _user, org in others]
    outcomes = at_once(lambda: verbs.release(held, by=first, at=NOW, reason="另有任务"), *asking)
    assert all(isinstance(one, Claim | Refused) for one in outcomes), outcomes
    assert item.claims.active().count() <= 1


def test_claims_links_confirmations_and_refusals_at_once_leave_a_legal_state(cast, needs, problems, crowd):
    items = [item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title=f"事项 {n}", capacity=2) for n in range(4)]
    asked = [item_on(problems, cast.dongshiqiao, cast.dongshiqiao_org, title=f"问题 {n}") for n in range(8)]
    fresh = Item.objects.get
    pairs = [(problem, items[n % 4]) for n, problem in enumerate(asked)]
    deeds = [lambda p=p, i=i: verbs.link(fresh(pk=p.pk), fresh(pk=i.pk), at=NOW) for p, i in pairs]
    deeds += [lambda o=o, n=n: verbs.claim(fresh(pk=asked[n % 8].pk), o, at=NOW) for n, (_u, o) in enumerate(crowd(16))]
    deeds += [lambda i=i: verbs.refuse(fresh(pk=i.pk), at=NOW, reason="重复", goes_to="同一事项") for i in items]
    outcomes = at_once(*deeds)
    assert not [one for one in outcomes if isinstance(one, Exception) and not isinstance(one, Refused)]
    assert not Item.objects.filter(state="linked", answered_by=None).exists()
    assert not Item.objects.filter(state="linked", answered_by__state="refused").exists()


def test_a_deadlock_is_tried_again(cast, needs):
    one, two = (item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title=name) for name in ("一", "二"))
    met, through = threading.Barrier(2), threading.Event()
    tries = Counter()

    def crosswise(mine, other):
        @retried
        def deed():
            tries[mine.pk] += 1
            if tries[mine.pk] > 1:
                through.wait(30)  # the victim comes back when the other is through: they collide once
            with transaction.atomic():
                Item.objects.select_for_update().get(pk=mine.pk)
                if tries[mine.pk] == 1:
                    met.wait(30)
                Item.objects.select_for_update().get(pk=other.pk)
            through.set()
            return "done"

        return deed

    assert at_once(crosswise(one, two), crosswise(two, one)) == ["done", "done"]
    assert sum(tries.values()) == 3


def test_a_claim_whose_session_is_terminated_leaves_nothing_and_can_be_made_again(cast, item):
    """The server ends the session between lock and commit; the caller is told, and nothing is half done."""
    pid = {}

    def interrupted():
        with transaction.atomic():
            verbs.claim(Item.objects.get(pk=item.pk), cast.fulian_org, at=NOW)
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_backend_pid()")
                pid["of"] = cursor.fetchone()[0]
            terminate(pid["of"])
            Item.objects.count()

    outcome = at_once(interrupted)[0]
    assert isinstance(outcome, OperationalError), outcome
    assert Claim.objects.count() == 0
    assert verbs.claim(Item.objects.get(pk=item.pk), cast.fulian_org, at=NOW).state == "claimed"


def terminate(pid):
    close = psycopg2.connect(**{k: v for k, v in connection.get_connection_params().items() if k in KNOWN})
    close.autocommit = True
    with close.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    close.close()


KNOWN = ("dbname", "user", "password", "host", "port")


def test_after_the_sessions_are_terminated_the_next_request_is_served(cast, item):
    browser = Client()
    browser.force_login(cast.fulian)
    assert browser.get(reverse("items:detail", args=[item.pk])).status_code == 200
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    terminate(pid)
    connection.close_if_health_check_failed()
    close_old_connections()
    answer = browser.post(reverse("items:claim", args=[item.pk]), {"organization": cast.fulian_org.pk})
    assert answer.status_code == 302


def test_sixteen_copies_with_one_idempotency_key_get_one_answer(cast, item):
    def copy():
        browser = Client(raise_request_exception=False)
        browser.force_login(cast.fulian)
        body = json.dumps({"organization": cast.fulian_org.pk})

        def send():
            answer = browser.post(
                f"/api/v1/items/{item.pk}/claims/", body, content_type="application/json",
                headers={"Idempotency-Key": "one-press"},
            )  # fmt: skip
            return answer.status_code, answer.json().get("id")

        return send

    answers = set(at_once(*[copy() for _copy in range(16)]))
    assert answers == {(201, Claim.objects.get().pk)}
