"""The cast of every test: 赤峰 above, 巴林左旗 and 林东 inside, 东石桥 leads, 妇联 is a member; 南阳 sees none.

Plain functions make things; ``people()`` makes the cast. Fixtures of the same names hand out one of them each.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

import pytest
from django.utils import timezone

from alliances.models import Alliance, Chain, Membership
from alliances.transitions import vote_on
from members.lifecycle import note
from members.models import ApiClient, Organization, PartyMember, Region, Role, User
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
    given = {
        "code": f"ORG-{Organization.objects.count() + 1:06d}", "kind": "branch", "sector": "organ", "industry": "other",
        "level": "primary", "ownership": "public", **fields,
    }  # fmt: skip
    return Organization.objects.create(name=name, region_id=region, **given)


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
    return Cast(
        **orgs, **accounts(orgs),
        alliance=wujin(orgs),
        nanyang_alliance=alliance("东关片区党建联盟", orgs["dongguan_org"], orgs["nanyang_org"], form="league"),
    )  # fmt: skip


def wujin(orgs):
    """五金小区基层治理共同体: led by the community of Dongshiqiao, joined by the women's federation of the banner."""
    made = alliance(
        "五金小区基层治理共同体", orgs["dongshiqiao_org"], orgs["town_org"], [orgs["fulian_org"]], mode="regional"
    )
    Chain.objects.create(alliance=made, kind="governance")
    return made


def organizations():
    city = organization("中共赤峰市委员会", "1504", kind="committee", level="city", industry="party_affairs")
    banner = organization(
        "中共巴林左旗委员会", "150422", kind="committee", level="county", industry="party_affairs", parent=city
    )
    town = organization(
        "林东街道党工委", "150422404", kind="working_committee", sector="town", level="town", industry="governance",
        parent=banner, place_id="150422404",
    )  # fmt: skip
    nanyang = organization("中共南阳市委员会", "4113", kind="committee", level="city", industry="party_affairs")
    return {
        "city_org": city,
        "banner_org": banner,
        "town_org": town,
        "dongshiqiao_org": community("东石桥社区党总支", "150422404002", town, kind="general_branch"),
        "fulian_org": organization("巴林左旗妇联党支部", "150422", level="county", industry="civil", parent=banner),
        "lushan_org": community("鹿山社区党支部", "150422403006", banner),
        "nanyang_org": nanyang,
        "dongguan_org": community("东关社区党总支", "411302001001", nanyang, kind="general_branch"),
    }


def community(name, place, parent, **fields):
    """The Party organisation of a community."""
    return organization(name, place, sector="community", industry="governance", parent=parent, place_id=place, **fields)


def accounts(orgs):
    return {
        "chifeng": user("chifeng", "city", "1504"),
        "chifeng2": user("chifeng2", "city", "1504"),
        "balinzuo": user("balinzuo", "banner", "150422"),
        "lindong": lindong(orgs["town_org"]),
        "dongshiqiao": user("dongshiqiao", "branch", organization=orgs["dongshiqiao_org"]),
        "fulian": user("fulian", "branch", organization=orgs["fulian_org"]),
        "lushan": user("lushan", "branch", organization=orgs["lushan_org"]),
        "nanyang": user("nanyang", "city", "4113"),
        "nanyang2": user("nanyang2", "city", "4113"),
        "dongguan": user("dongguan", "branch", organization=orgs["dongguan_org"]),
        "sysadmin": user("sysadmin", "system", duty="system"),
        "secadmin": user("secadmin", "security", duty="security"),
        "auditor": user("auditor", "audit", duty="audit"),
    }


def lindong(town_org):
    """The street's committee: governs the street and speaks for its own organisation."""
    account = user("lindong", "town", "150422404")
    Role.objects.create(user=account, role="branch", organization=town_org, since=SINCE)
    return account


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
