"""The cast of every test: 赤峰 above, 巴林左旗 and 林东 inside, 东石桥 leads, 妇联 is a member; 南阳 sees none.

Plain functions make things; ``people()`` makes the cast. Fixtures of the same names hand out one of them each.
Thousands of tests begin with the cast: it is written table by table, as those functions would leave it one by one.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone

from alliances.models import Alliance, Chain, Membership
from alliances.transitions import vote_on
from members.lifecycle import note
from members.models import ApiClient, Organization, PartyMember, Region, Role, Step, User
from members.models.client import digest_of

PLACES = {
    "15": "内蒙古自治区",
    "1504": "赤峰市",
    "150402": "红山区",
    "150422": "巴林左旗",
    "150422403": "林东西城街道",
    "150422403006": "鹿山社区",
    "150422404": "林东东城街道",
    "150422404001": "临潢路社区",
    "150422404002": "东石桥社区",
    "41": "河南省",
    "4113": "南阳市",
    "411302": "宛城区",
    "411302001": "东关街道",
    "411302001001": "东关社区",
}
SINCE = date(2018, 1, 1)
FOUNDED = date(2019, 3, 1)
KEY = "a-key-of-the-tests"


def at(day, hour=10):
    """That hour of the day, in Shanghai."""
    return timezone.make_aware(datetime.combine(day, time(hour)))


NOW = at(date(2019, 6, 3))
"""A Monday on which most tests take place."""


def organization(name, region, **fields):
    """A Party organisation; a branch of the community level unless said otherwise."""
    return Organization.objects.create(name=name, region_id=region, **PLAIN | {"code": next_code()} | fields)


PLAIN = {"kind": "branch", "sector": "organ", "industry": "other", "level": "primary", "ownership": "public"}


def next_code(number=None):
    return f"ORG-{number or Organization.objects.count() + 1:06d}"


def person(name, organization, since=SINCE, **fields):
    """A Party member of the organisation."""
    return PartyMember.objects.create(name=name, organization=organization, since=since, **fields)


def user(username, role=None, region=None, organization=None, duty="business"):
    """An account with one role (or none), without a password: tests log in by force."""
    account = User.objects.create(username=username, name=username, duty=duty)
    if role:
        Role.objects.create(
            user=account, role=role, duty=duty, region_id=region, organization=organization, since=SINCE
        )  # fmt: skip
    return account


def client_of(region, *scopes, organization=None, key=KEY):
    """A program with a key over the region."""
    return ApiClient.objects.create(
        name=f"client {region}", region_id=region, organization=organization, scopes=list(scopes),
        digest=digest_of(key), hint=key[-6:], created_at=NOW, expires_at=at(date(2099, 1, 1)),
    )  # fmt: skip


def alliance(name, lead, supervising, members=(), region=None, since=FOUNDED, **fields):
    """A running alliance with its lead and the members accepted, and the steps that brought it there."""
    given = {"form": "joint_committee", "formation": "non_established", "state": "active", **fields}
    made = Alliance.objects.create(
        name=name, region_id=region or lead.region_id, lead=lead, supervising=supervising, activated_on=since, **given
    )
    Alliance.objects.filter(pk=made.pk).update(code=f"LHT-{made.region_id[:6]:0<6}-{made.pk:06d}")
    made.refresh_from_db()
    for member in (lead, *members):
        join(made, member, since)
    note(made, "approve", at=at(since), to_state=made.state)
    return made


def join(alliance, organization, since=FOUNDED):
    """An accepted membership."""
    membership = Membership.objects.create(
        alliance=alliance, organization=organization, state="accepted", invited_on=since, joined_on=since
    )
    note(membership, "accept", at=at(since), to_state="accepted", organization=organization)
    return membership


def admit(newcomer, cast):
    """The members of 五金小区 let a newcomer in: both have a voice, and the second decides."""
    for who in ("dongshiqiao", "fulian"):
        vote_on(newcomer, getattr(cast, f"{who}_org"), agrees=True, by=getattr(cast, who), at=NOW)


def again(account):
    """The account as the next request reads it: rights are remembered for one request only."""
    return User.objects.get(pk=account.pk)


@dataclass
class Cast:
    """Who is who; organisations end in ``_org``."""

    city_org: Organization
    banner_org: Organization
    town_org: Organization
    dongshiqiao_org: Organization
    fulian_org: Organization
    lushan_org: Organization
    nanyang_org: Organization
    dongguan_org: Organization
    chifeng: User
    chifeng2: User
    balinzuo: User
    lindong: User
    dongshiqiao: User
    fulian: User
    lushan: User
    nanyang: User
    nanyang2: User
    dongguan: User
    sysadmin: User
    secadmin: User
    auditor: User
    alliance: Alliance
    nanyang_alliance: Alliance


def people():
    """The whole cast, with one running alliance in Chifeng and one in Nanyang."""
    Region.objects.bulk_create([Region(code=c, name=n) for c, n in PLACES.items()], ignore_conflicts=True)
    orgs = organizations()
    wujin, dongguan = alliances(orgs)
    return Cast(**orgs, **accounts(orgs), alliance=wujin, nanyang_alliance=dongguan)


def alliances(orgs):
    """五金小区基层治理共同体: led by the community of Dongshiqiao, joined by the women's federation of the banner; and
    the league of a quarter in Nanyang."""
    east, fulian, town, dongguan = (orgs[f"{who}_org"] for who in ("dongshiqiao", "fulian", "town", "dongguan"))
    given = {"formation": "non_established", "state": "active", "activated_on": FOUNDED}
    made = numbered([
        Alliance(
            name="五金小区基层治理共同体", region_id=east.region_id, lead_id=east.pk, supervising_id=town.pk,
            form="joint_committee", mode="regional", **given,
        ),
        Alliance(
            name="东关片区党建联盟", region_id=dongguan.region_id, lead_id=dongguan.pk,
            supervising_id=orgs["nanyang_org"].pk, form="league", **given,
        ),
    ])  # fmt: skip
    for one in made:
        one.code = f"LHT-{one.region_id[:6]:0<6}-{one.pk:06d}"
    Alliance.objects.bulk_create(made)
    wujin, league = made
    accepted = {"state": "accepted", "invited_on": FOUNDED, "joined_on": FOUNDED}
    joined = Membership.objects.bulk_create([
        Membership(alliance=alliance, organization=member, **accepted)
        for alliance, member in ((wujin, east), (wujin, fulian), (league, dongguan))
    ])  # fmt: skip
    Step.objects.bulk_create([
        *(stage(one, "accept", organization_id=one.organization_id) for one in joined),
        *(stage(one, "approve") for one in made),
    ])  # fmt: skip
    Chain.objects.create(alliance=wujin, kind="governance")
    return made


def stage(thing, verb, **words):
    """The step that brought the thing to where it stands."""
    kind = ContentType.objects.get_for_model(thing)
    return Step(thing_type=kind, thing_id=thing.pk, verb=verb, to_state=thing.state, at=at(FOUNDED), **words)


def numbered(things):
    """The things, unsaved and with ids: one may name another that is written in the same statement."""
    keys = "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)"
    with connection.cursor() as cursor:
        cursor.execute(keys, [things[0]._meta.db_table, len(things)])
        for thing, (key,) in zip(things, cursor.fetchall(), strict=True):
            thing.pk = key
    return things


def organizations():
    committee = {"kind": "committee", "industry": "party_affairs"}
    of_a_place = {"sector": "community", "industry": "governance"}
    said = {
        "city_org": ("中共赤峰市委员会", "1504", committee | {"level": "city"}),
        "banner_org": ("中共巴林左旗委员会", "150422", committee | {"level": "county"}),
        "town_org": (
            "林东街道党工委", "150422404",
            {"kind": "working_committee", "sector": "town", "level": "town", "industry": "governance"},
        ),
        "nanyang_org": ("中共南阳市委员会", "4113", committee | {"level": "city"}),
        "dongshiqiao_org": ("东石桥社区党总支", "150422404002", of_a_place | {"kind": "general_branch"}),
        "fulian_org": ("巴林左旗妇联党支部", "150422", {"level": "county", "industry": "civil"}),
        "lushan_org": ("鹿山社区党支部", "150422403006", of_a_place),
        "dongguan_org": ("东关社区党总支", "411302001001", of_a_place | {"kind": "general_branch"}),
    }  # fmt: skip
    made = dict(zip(said, numbered([
        Organization(name=name, region_id=region, code=next_code(number), **PLAIN | fields)
        for number, (name, region, fields) in enumerate(said.values(), 1)
    ]), strict=True))  # fmt: skip
    for name, above in ABOVE.items():
        made[name].parent = made[above]
    for name in PLACED:
        made[name].place_id = made[name].region_id
    Organization.objects.bulk_create(made.values())
    return made


ABOVE = {
    "banner_org": "city_org", "town_org": "banner_org", "dongshiqiao_org": "town_org", "fulian_org": "banner_org",
    "lushan_org": "banner_org", "dongguan_org": "nanyang_org",
}  # fmt: skip
PLACED = ("town_org", "dongshiqiao_org", "lushan_org", "dongguan_org")
"""Whose place has no other organisation of its own."""


def community(name, place, parent, **fields):
    """The Party organisation of a community."""
    return organization(name, place, sector="community", industry="governance", parent=parent, place_id=place, **fields)


GOVERN = {
    "chifeng": ("city", "1504"), "chifeng2": ("city", "1504"), "balinzuo": ("banner", "150422"),
    "lindong": ("town", "150422404"), "nanyang": ("city", "4113"), "nanyang2": ("city", "4113"),
}  # fmt: skip
SPEAK_FOR = {
    "lindong": "town_org", "dongshiqiao": "dongshiqiao_org", "fulian": "fulian_org", "lushan": "lushan_org",
    "dongguan": "dongguan_org",
}  # fmt: skip
KEEP_HOUSE = {"sysadmin": "system", "secadmin": "security", "auditor": "audit"}


def accounts(orgs):
    """Who governs, who speaks for an organisation (the street does both), and the three administrators."""
    names = dict.fromkeys([*GOVERN, *SPEAK_FOR, *KEEP_HOUSE])
    made = User.objects.bulk_create(
        [User(username=name, name=name, duty=KEEP_HOUSE.get(name, "business")) for name in names]
    )
    them = {account.username: account for account in made}
    roles = [Role(user=them[name], role=role, region_id=region) for name, (role, region) in GOVERN.items()]
    roles += [Role(user=them[name], role="branch", organization=orgs[org]) for name, org in SPEAK_FOR.items()]
    roles += [Role(user=them[name], role=duty, duty=duty) for name, duty in KEEP_HOUSE.items()]
    for role in roles:
        role.since, role.duty = SINCE, role.user.duty
    Role.objects.bulk_create(roles)
    return them


@pytest.fixture
def cast(db):
    """Everybody."""
    return people()


@pytest.fixture
def see(client):
    """``see(cast.fulian, "/claims/", state="open")``: the page as they get it, who have just logged in."""

    def seen(account, path="/", **params):
        client.force_login(again(account))
        return client.get(path, params)

    return seen


def one_of_the_cast(name):
    def handed_out(cast):
        return getattr(cast, name)

    return pytest.fixture(name=name)(handed_out)


FIXTURES = {name: one_of_the_cast(name) for name in Cast.__annotations__} | {"see": see}
