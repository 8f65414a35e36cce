"""The demo's leadership: reported posts as reported, consents only where somebody gave them, 56 = 11 + 45."""

from alliances.measures import Period
from alliances.models import Alliance, Consent, Post
from assessments.statistics import METRICS
from assessments.workbench import todos_of
from members.models import User
from tests.demo.conftest import TODAY


def account(name):
    return User.objects.get(username=name)


def reported(person):
    return Post.objects.select_related("alliance", "organization").get(person=person)


def test_reported_posts_stand_without_invented_consents(cases):
    told = Post.objects.exclude(source="")
    assert set(told.filter(synthetic=False).values_list("person", flat=True)) == {"任忠磊", "戴鹏飞", "李世江", "李印"}
    assert set(told.values_list("state", flat=True)) == {"standing"}
    assert not Consent.objects.filter(post__in=told).exists()
    dai, li = reported("戴鹏飞"), reported("李世江")
    assert (dai.alliance.code, dai.kind, dai.organization.name) == (
        "CF-FP-01", "part_time_member", "北京市丰台区岳各庄村党总支",
    )  # fmt: skip
    assert (li.alliance.name, li.alliance.parent.code, li.title) == ("营销党支部", "NY-CY-01", "营销党支部书记")
    assert dai.organization.parent_id is None  # from Beijing, and still of Beijing


def test_the_property_companys_head_is_part_time_member_and_grid_worker(cases):
    held = Post.objects.filter(alliance__code="CF-ZL-01", source="PD2009")
    assert {post.kind for post in held} == {"part_time_member", "grid_worker"}
    assert held.values("person").distinct().count() == 1
    assert all(post.synthetic for post in held)


def test_a_nomination_waits_for_the_womens_federation_and_a_term_ends_soon(cases):
    fulian = account("fulian")
    (waiting,) = Post.objects.consentable_by(fulian)
    counted = Post.objects.with_voices().get(pk=waiting.pk)
    assert 2 * counted.agreed <= counted.voices < 2 * (counted.agreed + 1)
    titles = {todo.verb for todo in todos_of(fulian, TODAY)[0]}
    assert "去表态" in titles
    (ending,) = Post.objects.replaceable_by(account("dongshiqiao"), TODAY)
    assert (ending.until - TODAY).days == 20


def test_the_joint_branch_has_56_people_11_own_and_45_from_outside(cases):
    joint = Alliance.objects.get(code="NY-SQ-01")
    current = joint.participants.current()
    assert (current.count(), current.own().count()) == (56, 11)
    assert current.visible_to(account("nanyang")).count() == 56
    assert not joint.participants.visible_to(account("chifeng")).exists()
    assert not current.filter(person__synthetic=False).exists()


def test_every_social_organisation_of_hongshan_has_an_instructor_and_some_of_the_banner(cases):
    day = Period(TODAY, TODAY)
    assert METRICS["instructor_rate"].total(day, "150402") == 1.0
    assert 0 < METRICS["instructor_rate"].total(day, "150422") < 1
