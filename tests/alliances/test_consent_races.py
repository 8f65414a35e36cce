"""Two voices at the same instant to one nomination: both count, the post begins once, nobody has two voices."""

from datetime import timedelta

import pytest

from alliances import transitions as verbs
from alliances.models import Post
from members.models import Step
from tests.cast import NOW, again, join
from tests.listings.test_races import at_once, crowd  # noqa: F401 (a fixture)

pytestmark = pytest.mark.django_db(transaction=True)


def nomination(cast):
    day = NOW.date()
    return verbs.nominate(
        cast.alliance, kind="deputy", person="王芳", organization=cast.fulian_org, since=day,
        until=day + timedelta(days=900), by=cast.dongshiqiao, at=NOW,
    )  # fmt: skip


def voice(post, account, own, agrees=True):
    words = {"agrees": agrees, "by": again(account), "at": NOW}
    return lambda: verbs.consent(Post.objects.get(pk=post.pk), own, **words)


def outcome(found):
    return sorted(getattr(one, "code", "said") for one in found)


def test_two_members_who_agree_at_once_both_count_and_the_post_begins_once(cast, crowd):  # noqa: F811
    (first, one), (second, two), _silent = crowd(3)  # with the lead and 妇联 five members: three voices decide
    post = nomination(cast)
    assert outcome(at_once(voice(post, first, one), voice(post, second, two))) == ["said", "said"]
    post.refresh_from_db()
    assert post.state == "standing"
    assert post.consents.filter(agrees=True).count() == 3
    assert [step.verb for step in Step.objects.of(post)].count("begin") == 1


def test_of_two_deciding_voices_at_once_the_second_finds_it_decided(cast, crowd):  # noqa: F811
    crew = crowd(1)  # three members: either voice decides
    post = nomination(cast)
    both = at_once(voice(post, *crew[0]), voice(post, cast.fulian, cast.fulian_org))
    assert outcome(both) == ["move_refused", "said"]
    post.refresh_from_db()
    assert (post.state, post.consents.count()) == ("standing", 2)


def test_agreement_and_objection_at_once_end_in_one_state_that_the_voices_carry(cast, crowd):  # noqa: F811
    (first, one), (second, two) = crowd(2)  # four members: two against fail it, three for it begin it
    join(cast.alliance, cast.lushan_org)  # five: three for, three against (half or more)
    post = nomination(cast)
    at_once(voice(post, first, one), voice(post, second, two, agrees=False))
    post.refresh_from_db()
    assert (post.state, post.consents.count()) == ("nominated", 3)
    assert voice(post, cast.fulian, cast.fulian_org)().state == "standing"


def test_one_organisation_has_one_voice_however_many_of_its_accounts_press(cast, crowd):  # noqa: F811
    (account, own), *_silent = crowd(4)
    post = nomination(cast)
    assert outcome(at_once(*[voice(post, account, own)] * 4)) == ["already_said"] * 3 + ["said"]
    assert post.consents.filter(organization=own).count() == 1
