"""A list asks the database as often for three rows as for one."""

from datetime import timedelta

import pytest
from django.urls import reverse

from alliances import transitions as verbs
from alliances.models import Chain, Fact, Membership
from tests.cast import NOW, alliance, organization


def grow(cast, browse, n):
    """So many more alliances and activities, each with members, chains and sessions."""
    for i in range(n):
        made = alliance(f"东石桥第{i}联盟", cast.dongshiqiao_org, cast.town_org, [cast.fulian_org, cast.lushan_org])
        Chain.objects.create(alliance=made, kind="service")
        alliance(f"鹿山第{i}联盟", cast.lushan_org, cast.banner_org, [], parent=cast.alliance, form="joint_branch")
        Membership.objects.create(
            alliance=cast.alliance, organization=organization(f"第{i}党支部", "150422"), state="asking",
            applied_on=NOW.date(), vote_until=NOW.date(), statement="一起办",
        )  # fmt: skip
        Fact.objects.create(alliance=cast.alliance, name=f"事实{i}", value=i, source="PD2009")
        activity = verbs.plan(
            cast.alliance,
            kind="other",
            title=f"座谈{i}",
            host=cast.fulian_org,
            planned_on=NOW.date(),
            by=cast.fulian,
            at=NOW,
        )
        words = {"by": cast.dongshiqiao, "at": NOW}
        for day in (NOW.date(), NOW.date() + timedelta(days=1)):
            meeting = verbs.convene(
                cast.alliance, kind="regular", title=f"例会{i}", host=cast.dongshiqiao_org, planned_on=day,
                topics=["清运", "停车"], **words,
            )  # fmt: skip
        verbs.cancel_meeting(meeting, reason="改期", **words)
        meeting = cast.alliance.meetings.filter(state="planned").last()
        verbs.hold_meeting(
            meeting, held_on=NOW.date(), organizations=[cast.fulian_org, cast.dongshiqiao_org], **words
        )
        vote = verbs.decide(meeting, title=f"决议{i}", put_to_vote=True, **words)
        verbs.vote(vote, cast.fulian_org, choice="abstain", by=cast.fulian, at=NOW)
        session = {"held_on": NOW.date(), "organizations": [cast.fulian_org, cast.dongshiqiao_org]}
        verbs.hold(activity, by=cast.fulian, at=NOW, **session)
        verbs.hold(activity, by=cast.fulian, at=NOW, **session)


PAGES = {
    "list": lambda c: reverse("alliances:list"),
    "detail": lambda c: reverse("alliances:detail", args=[c.alliance.pk]),
    "members": lambda c: reverse("alliances:members", args=[c.alliance.pk]),
    "activities of one": lambda c: reverse("alliances:activities", args=[c.alliance.pk]),
    "timeline": lambda c: reverse("alliances:timeline", args=[c.alliance.pk]),
    "activities": lambda c: reverse("activities:list") + "?month=2019-06",
    "meetings of one": lambda c: reverse("alliances:meetings", args=[c.alliance.pk]),
    "meetings": lambda c: reverse("meetings:list"),
    "REST meetings": lambda c: "/api/v1/meetings/",
    "REST decisions": lambda c: "/api/v1/decisions/",
    "foundings": lambda c: reverse("alliances:foundings"),
    "invitations": lambda c: reverse("alliances:invitations"),
    "to join": lambda c: reverse("alliances:join"),
    "REST to join": lambda c: "/api/v1/alliances/joinable/",
    "REST alliances": lambda c: "/api/v1/alliances/",
    "REST activities": lambda c: "/api/v1/activities/",
    "REST members": lambda c: f"/api/v1/alliances/{c.alliance.pk}/members/",
}


def queries(browser, url):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    browser.get(url)  # content types are remembered
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert browser.get(url).status_code == 200
    return [query["sql"] for query in asked]


@pytest.mark.parametrize("page", PAGES)
def test_three_rows_cost_no_more_queries_than_one(cast, browse, page):
    chifeng = browse("chifeng")
    url = PAGES[page](cast)
    grow(cast, browse, 1)
    one = queries(chifeng, url)
    grow(cast, browse, 2)
    three = queries(chifeng, url)
    assert len(three) == len(one), "\n".join(three)
    assert len(one) <= 24, "\n".join(one)


def test_a_list_by_rest_needs_few_queries(cast, browse):
    grow(cast, browse, 1)
    asked = [sql for sql in queries(browse("chifeng"), "/api/v1/alliances/") if '"alliances_' in sql]
    assert len(asked) == 2  # the rows, their chains
