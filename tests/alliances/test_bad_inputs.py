"""Odd words in addresses and forms: refused or found to be nothing, never an error of the house."""

import pytest
from django.urls import reverse

from alliances.models import Activity, Alliance
from members.models import Step
from tests.cast import NOW

ODD = ["%00", "a%00b", "%F0%A0%AE%B7", "%E2%80%8B", "<script>", "'; drop table", "x" * 5000, "-1", "9" * 40]


@pytest.mark.parametrize("odd", ODD)
def test_odd_queries_find_nothing_or_are_refused(cast, browse, odd):
    chifeng = browse("chifeng")
    pages = [
        reverse("alliances:list") + f"?q={odd}", reverse("alliances:list") + f"?lead={odd}&region={odd}&state={odd}",
        reverse("alliances:new") + f"?q={odd}", reverse("alliances:invite", args=[cast.alliance.pk]) + f"?q={odd}",
        reverse("activities:list") + f"?month={odd}&on={odd}&alliance={odd}",
    ]  # fmt: skip
    for page in pages:
        assert chifeng.get(page).status_code == 200, page
    for path in (f"alliances/?q={odd}", f"alliances/?region={odd}", f"activities/?on={odd}"):
        assert chifeng.get(f"/api/v1/{path}").status_code in {200, 422}, path


@pytest.mark.parametrize("cursor", ["x", "cD0=", "bz0x", "%00"])
def test_a_cursor_that_nobody_gave_is_no_page(cast, browse, cursor):
    assert browse("chifeng").get(reverse("alliances:list") + f"?cursor={cursor}").status_code in {200, 404}


@pytest.mark.parametrize("name", ["<b>党建</b>", "党\u200b建", "ᠮᠣᠩᠭᠣᠯ", "𠮷𠮷", "=HYPERLINK(1)"])
def test_a_name_is_shown_as_it_was_written_and_never_as_markup(cast, browse, name):
    Alliance.objects.filter(pk=cast.alliance.pk).update(name=name)
    for tab in ("detail", "members", "standing", "timeline", "edit"):
        page = browse("dongshiqiao").get(reverse(f"alliances:{tab}", args=[cast.alliance.pk]))
        assert page.status_code == 200
        assert "<b>党建</b>" not in page.content.decode()


def test_reading_changes_nothing(cast, browse):
    before = (Step.objects.count(), Alliance.objects.count(), Activity.objects.count())
    for name in ("list", "foundings", "invitations"):
        browse("lindong").get(reverse(f"alliances:{name}"))
    for verb in ("edit", "rectify", "reward", "plan", "invite", "hand_over", "place_under", "split", "nest"):
        browse("chifeng").get(reverse(f"alliances:{verb}", args=[cast.alliance.pk]))
    for verb in ("dissolve", "merge"):
        browse("chifeng").get(reverse(f"endings:{verb}", args=[cast.alliance.pk]))
    assert (Step.objects.count(), Alliance.objects.count(), Activity.objects.count()) == before


def test_a_session_of_another_activity_is_not_there(cast, browse):
    made = [
        Activity.objects.create(
            alliance=cast.alliance, region=cast.alliance.region, kind="other", title=t, host=cast.fulian_org,
            planned_on=NOW.date(), state="held",
        ) for t in "甲乙"
    ]  # fmt: skip
    session = made[0].sessions.create(
        region=cast.alliance.region, held_on=NOW.date(), late=True, recorded_at=NOW, recorded_by=cast.fulian
    )
    answer = browse("balinzuo").post(
        f"/api/v1/activities/{made[1].pk}/confirm-session/", {"session": session.pk}, content_type="application/json"
    )
    assert answer.status_code == 404
