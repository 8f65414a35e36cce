"""Every adjective of lists, items and claims, asked for everybody: who may leak is in the cast."""

import pytest

from listings import transitions as verbs
from listings.models import Claim, Item, Listing
from listings.notices import WRITERS
from members.models import Notice, Role
from members.notices import tell
from tests.cast import NOW, SINCE, again, client_of, join, organization, user
from tests.listings.conftest import item_on, list_of

EVERYBODY = (
    "chifeng", "balinzuo", "lindong", "dongshiqiao", "fulian", "lushan", "nanyang", "dongguan", "sysadmin", "secadmin",
    "auditor",
)  # fmt: skip
STAFF = {"chifeng", "balinzuo", "lindong"}
MEMBERS = {"dongshiqiao", "fulian"}


def who(cast, model, word, thing):
    """For whom of the cast the queryset word holds the thing."""
    rows = {name: getattr(model.objects, word)(getattr(cast, name)) for name in EVERYBODY}
    return {name for name, found in rows.items() if found.filter(pk=thing.pk).exists()}


LISTING_WORDS = {
    "visible_to": STAFF | MEMBERS,
    "governed_by": STAFF,
    "leadable_by": {"dongshiqiao"},
    "signable_by": {"dongshiqiao"},
    "countersigned_by": MEMBERS,
    "revisable_by": set(),
    "writable_by": {"lindong"} | MEMBERS,
}


@pytest.mark.parametrize(("word", "names"), LISTING_WORDS.items())
def test_of_a_draft(cast, item, word, names):
    assert who(cast, Listing, word, item.listing) == names


def test_after_the_lead_the_other_members_may_sign(cast, item):
    verbs.sign(item.listing, cast.dongshiqiao_org, at=NOW)
    assert who(cast, Listing, "signable_by", item.listing) == {"fulian"}
    verbs.sign(item.listing, cast.fulian_org, at=NOW)
    assert who(cast, Listing, "signable_by", item.listing) == set()
    assert who(cast, Listing, "revisable_by", item.listing) == {"dongshiqiao"}


COLLECTED = {
    "visible_to": STAFF | MEMBERS,
    "studyable_by": {"lindong", "dongshiqiao"},
    "freshly_studyable_by": {"lindong", "dongshiqiao"},
    "openable_by": {"lindong", "dongshiqiao"},
    "overseen_by": {"lindong", "dongshiqiao"},
    "linkable_by": set(),
    "claimable_by": set(),
    "confirmable_by": set(),
    "sendable_back_by": set(),
    "resubmittable_by": set(),
    "amendable_by": {"lindong", "dongshiqiao", "fulian"},
    "wordable_by": {"lindong", "dongshiqiao", "fulian"},
    "concerning": {"fulian"},
}


@pytest.mark.parametrize(("word", "names"), COLLECTED.items())
def test_of_an_item_that_fulian_has_asked(cast, needs, word, names):
    item = item_on(needs, cast.fulian, cast.fulian_org, opened=False)
    assert who(cast, Item, word, item) == names


def test_of_an_open_item(cast, item):
    assert who(cast, Item, "claimable_by", item) == MEMBERS
    assert who(cast, Item, "claimed_for_by", item) == MEMBERS
    assert who(cast, Item, "studyable_by", item) == {"lindong", "dongshiqiao"}
    assert who(cast, Item, "openable_by", item) == set()


def test_of_a_claimed_and_a_done_item(cast, item):
    claim = verbs.claim(item, cast.fulian_org, at=NOW)
    assert who(cast, Item, "claimable_by", item) == set()
    for word in ("reportable_by", "finishable_by", "releasable_by", "own_of"):
        assert who(cast, Claim, word, claim) == {"fulian"}
    assert who(cast, Claim, "visible_to", claim) == STAFF | MEMBERS
    verbs.finish(claim, at=NOW)
    assert who(cast, Item, "confirmable_by", item) == {"dongshiqiao"}
    assert who(cast, Item, "sendable_back_by", item) == {"dongshiqiao"}
    assert who(cast, Item, "judged_by", item) == MEMBERS
    assert who(cast, Claim, "reportable_by", claim) == set()


def test_of_a_linked_problem(cast, item, problem):
    assert who(cast, Item, "linkable_by", problem) == {"lindong", "dongshiqiao"}
    verbs.link(problem, item, at=NOW)
    assert who(cast, Item, "confirmable_by", problem) == set()
    verbs.finish(verbs.claim(item, cast.fulian_org, at=NOW), at=NOW)
    assert who(cast, Item, "confirmable_by", problem) == {"dongshiqiao"}
    assert who(cast, Item, "sendable_back_by", problem) == {"dongshiqiao"}


def test_who_asked_and_claimed_does_not_confirm(cast, item):
    verbs.finish(verbs.claim(item, cast.dongshiqiao_org, at=NOW), at=NOW)
    assert who(cast, Item, "confirmable_by", item) == set()


def test_an_ex_member_reads_its_own_claims_and_nothing_newer(cast, item, needs):
    claim = verbs.claim(item, cast.fulian_org, at=NOW)
    cast.alliance.memberships.filter(organization=cast.fulian_org).update(state="left", left_on=NOW.date())
    later = item_on(needs, cast.dongshiqiao, cast.dongshiqiao_org, title="以后的事")
    assert "fulian" in who(cast, Claim, "visible_to", claim)
    assert "fulian" in who(cast, Item, "visible_to", item)
    assert "fulian" not in who(cast, Item, "visible_to", later)
    assert "fulian" not in who(cast, Listing, "visible_to", needs)


def test_a_community_reads_the_lists_of_its_own_area(cast):
    """An alliance of the community of Lushan in which Lushan's own organisation takes no part."""
    lead = organization("供电所党支部", "150422403")
    made = cast.alliance.__class__.objects.create(
        name="鹿山网格联盟", region_id="150422403006", lead=lead, supervising=cast.banner_org, form="league",
        formation="convened", state="active", activated_on=SINCE,
    )  # fmt: skip
    join(made, lead)
    listing = list_of(made, None)
    item = item_on(listing, None, lead)
    assert who(cast, Item, "visible_to", item) == {"chifeng", "balinzuo", "lushan"}


def test_a_party_member_reads_signed_lists_only(cast, item):
    worker = user("party-member", "member", organization=cast.fulian_org)
    assert not Item.objects.visible_to(worker).exists()
    for org in (cast.dongshiqiao_org, cast.fulian_org):
        verbs.sign(item.listing, org, at=NOW)
    assert Item.objects.visible_to(worker).get() == item
    assert not Item.objects.claimable_by(worker).exists()


def test_a_program_reads_its_region_and_what_it_pushed(cast, item):
    chifeng, nanyang = client_of("1504", "lists:read"), client_of("4113", "lists:read", key="another")
    assert Item.objects.visible_to(chifeng).get() == item
    assert not Item.objects.visible_to(nanyang).exists()
    assert not Item.objects.studyable_by(chifeng).exists()


def test_a_role_that_has_ended_shows_nothing(cast, item):
    Role.objects.filter(user=cast.fulian).update(until=SINCE)
    assert not Item.objects.visible_to(again(cast.fulian)).exists()


def test_whom_it_concerns_is_told_once_and_who_did_it_never(cast, item):
    tell(WRITERS, NOW)
    Notice.objects.all().delete()
    claim = verbs.claim(item, cast.fulian_org, by=cast.fulian, at=NOW)
    verbs.finish(claim, by=cast.fulian, at=NOW)
    item.refresh_from_db()
    verbs.send_back(item, by=cast.dongshiqiao, at=NOW, reason="还差一户")
    assert tell(WRITERS, NOW) == 3
    assert tell(WRITERS, NOW) == 0
    told = list(Notice.objects.order_by("step_id").values_list("user__username", "text"))
    assert [name for name, _text in told] == ["dongshiqiao", "dongshiqiao", "fulian"]
    assert "还差一户" in told[2][1]


def test_members_are_asked_to_sign_and_askers_hear_of_refusals(cast, needs):
    item = item_on(needs, cast.dongshiqiao, cast.fulian_org, opened=False)
    verbs.sign(needs, cast.dongshiqiao_org, by=cast.dongshiqiao, at=NOW)
    verbs.refuse(item, by=cast.dongshiqiao, at=NOW, reason="不归我们", goes_to="12345 热线")
    tell(WRITERS, NOW)
    texts = list(Notice.objects.filter(user=cast.fulian).values_list("text", flat=True))
    assert any("请会签" in text for text in texts)
    assert any("12345" in text for text in texts)


def test_a_key_of_an_organisation_reads_the_items_of_its_alliance_wherever_that_is(cast, item):
    """The key itself opens a community where that alliance is not served."""
    member = client_of("150422403006", "claims:write", organization=cast.fulian_org)
    stranger = client_of("150422403006", "claims:write", key="another", organization=cast.lushan_org)
    assert Item.objects.visible_to(member).filter(pk=item.pk).exists()
    assert not Item.objects.visible_to(stranger).filter(pk=item.pk).exists()
