"""Who may ask what of REST, route by route, written from the role table and the page of scopes, not from the code.

``Rest(thing, sees, can, scopes, body)``: as in ``rows``; ``scopes`` are those of which a key needs one (none: for
browser sessions only); ``body`` gives the words of a caller: ``body(world, person)``.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from tests.matrix.rows import (
    ALL,
    ALLIED,
    BESIDE,
    BUSINESS,
    DEPARTMENTS,
    LEAD,
    MEMBER,
    OUTSIDER,
    SEES_ALLIANCE,
    STAFF,
)
from tests.matrix.world import DAY

PARTY = {"member"}  # a Party member of the lead organisation
PROPOSER = {"chifeng2"}
EVERYBODY = ALL | PARTY
TOWN = {"lindong"}
SCOPES = (
    "statistics:read",
    "register:read",
    "lists:read",
    "items:write",
    "items:confirm",
    "claims:write",
)
REGISTER, STATISTICS = {"register:read"}, {"statistics:read"}
LISTS = {"lists:read", "items:write", "items:confirm", "claims:write"}
REASON = {"reason": "理由"}
TERM = {"valid_from": "2030-01-01", "valid_to": "2030-12-31"}
AGREEMENT = TERM | {"title": "协议", "text": "一、共用阵地。"}
TODAY = timezone.localdate().isoformat()


@dataclass(frozen=True)
class Rest:
    thing: str | None
    sees: frozenset
    can: frozenset
    scopes: frozenset
    body: Callable
    key_can: bool = True
    unseen: bool = False  # a body may name what the caller does not see: then 404 stands for 403


def rest(thing=None, sees=EVERYBODY, can=None, scopes=(), body=None, **more):
    words = body if callable(body) else lambda world, person: body or {}
    return Rest(thing, frozenset(sees), frozenset(sees if can is None else can), frozenset(scopes), words, **more)


def founding(world, person):
    cast = world.cast
    return {
        "name": "新联合体", "form": "league", "formation": "agreement", "lead": cast.dongshiqiao_org.pk,
        "supervising": cast.town_org.pk, "region": "150422404002",
    }  # fmt: skip


def own(world, person):
    """The organisation in whose name the person tries it: their own if they are a member, else the lead."""
    mine = {"fulian": world.cast.fulian_org, "claims:write": world.cast.fulian_org}
    return mine.get(person, world.cast.dongshiqiao_org).pk


def part(world, person):
    """A draft with both members, in the name of the person's own."""
    cast = world.cast
    return {
        "name": "分出的联盟", "purpose": "一家办不成", "form": "league", "formation": "convened",
        "lead": own(world, person), "supervising": cast.banner_org.pk,
        "organizations": [cast.dongshiqiao_org.pk, cast.fulian_org.pk],
    }  # fmt: skip


def voice(world, person):
    return {"newcomer": world.things["newcomer"].pk, "organization": own(world, person), "agrees": True}


def plan(world, person):
    return {"kind": "theme_day", "title": "参观", "host": own(world, person), "planned_on": world.today()}


def nomination(world, person):
    return {"kind": "deputy", "person": "王芳", "organization": world.cast.fulian_org.pk} | world.term()


def offer(world, person):
    return {"person": world.things["person" if person in {"dongshiqiao", "member"} else "volunteer"].pk}


def assignment(world, person):
    return {
        "organization": world.things["social"].pk, "person": "赵敏", "sent_by": world.cast.fulian_org.pk,
        "since": world.today(),
    }  # fmt: skip


def need(world, person):
    mine = {"fulian": world.cast.fulian_org, "lindong": world.cast.town_org}
    asked_by = mine.get(person, world.cast.dongshiqiao_org).pk
    return {"listing": world.things["listing"].pk, "title": "路灯不亮", "asked_by": asked_by}


def rating(world, person):
    pair = {"alliance": world.things["alliance"].pk, "organization": world.cast.fulian_org.pk}
    return pair | {"direction": "members", "score": "90"}


def of(**names):
    """A body of ids: name -> attribute of the cast."""
    return lambda world, person: {name: getattr(world.cast, thing).pk for name, thing in names.items()}


def said(make, **words):
    return lambda world, person: make(world, person) | words


def template(world, person):
    return {"kind": "theme_day", "title": "主题党日", "every": "quarter"}


def year(world, person):
    row = {"kind": "theme_day", "title": "主题党日", "planned_on": world.today()}
    return {"host": world.cast.dongshiqiao_org.pk, "activities": [row]}


def weekly(world, person):
    """Three weeks on from the day of the world's activity."""
    return {"every": "week", "until": (DAY + timedelta(days=21)).isoformat()}


def meeting(world, person):
    return {
        "kind": "regular", "title": "工作例会", "host": world.cast.dongshiqiao_org.pk, "planned_on": world.today(),
        "topics": ["垃圾清运"],
    }  # fmt: skip


def topic(world, person):
    return {"topic": world.things["topic"].pk}


def held_on(world, person):
    return {"held_on": world.today(), "organizations": [world.cast.dongshiqiao_org.pk]}


def in_own_name(**words):
    return lambda world, person: {"organization": own(world, person)} | words
def clerk(world, person):
    return {"person": world.things["clerk"].pk}


def session(world, person):
    return {"session": world.things["session"].pk}


def booking(world, person):
    day = world.later()
    return {"organization": own(world, person), "starts_at": f"{day}T14:00", "ends_at": f"{day}T15:00", "purpose": "会"}


IN = of(alliance="alliance")
HALVES = [{"party": "甲", "percent": "50"}, {"party": "乙", "percent": "50"}]
MONEY = {"amount": "1.00", "on": "2019-06-03"}
NOUNS_OF_MEANS = {
    "fundentry": "fund", "reserveentry": "drawn", "staff": "staff", "partner": "partner", "venue": "venue",
    "booking": "booking", "distributionscheme": "distribution_scheme", "distribution": "divided",
}  # fmt: skip
ALLIANCE = SEES_ALLIANCE | PARTY
DRAFT = STAFF | LEAD | PARTY
FOUNDING = DRAFT | MEMBER
LEADS = STAFF | LEAD
STUDIES = TOWN | LEAD

ROUTES = {
    ("region-list", "GET"): rest(scopes=STATISTICS | REGISTER),
    ("region-detail", "GET"): rest("banner", scopes=STATISTICS | REGISTER),
    ("organization-list", "GET"): rest(scopes=REGISTER),
    ("organization-detail", "GET"): rest("organization", ALLIED | PARTY, scopes=REGISTER),
    ("organization-merge", "POST"): rest(
        "organization", ALLIED | PARTY, DEPARTMENTS, body=said(of(into="fulian_org"), **REASON)
    ),
    # alliances
    ("alliance-list", "GET"): rest(scopes=REGISTER),
    ("alliance-list", "POST"): rest(sees=ALLIED | PARTY, can=LEADS, body=founding),
    ("alliance-detail", "GET"): rest("alliance", ALLIANCE, scopes=REGISTER),
    ("alliance-members", "GET"): rest("alliance", ALLIANCE),
    ("alliance-edit", "POST"): rest("alliance", ALLIANCE, LEADS, body={"purpose": "一起办"}),
    ("alliance-submit", "POST"): rest("draft", DRAFT, LEADS),
    ("alliance-activate", "POST"): rest("draft", DRAFT, LEADS),
    ("alliance-withdraw", "POST"): rest("draft", DRAFT, LEADS),
    ("alliance-approve", "POST"): rest("founding", FOUNDING, STAFF),
    ("alliance-return", "POST"): rest("founding", FOUNDING, STAFF, body=REASON),
    ("alliance-hand-over", "POST"): rest(
        "alliance", ALLIANCE, LEADS, body=said(of(organization="dongshiqiao_org"), **REASON)
    ),
    ("alliance-rectify", "POST"): rest("alliance", ALLIANCE, DEPARTMENTS, body=REASON),
    ("alliance-reinstate", "POST"): rest("alliance", ALLIANCE, DEPARTMENTS, body=REASON),
    ("alliance-reward", "POST"): rest("alliance", ALLIANCE, DEPARTMENTS, body=REASON | {"what": "经费"}),
    ("alliance-designate", "POST"): rest("alliance", ALLIANCE, DEPARTMENTS, body=REASON),
    ("alliance-undesignate", "POST"): rest("alliance", ALLIANCE, DEPARTMENTS, body=REASON),
    ("belt-list", "GET"): rest(scopes=REGISTER),
    ("belt-list", "POST"): rest(
        can=DEPARTMENTS,
        unseen=True,
        body=lambda world, person: {
            "name": "新的一条线",
            "kind": "belt",
            "region": "150422",
            "alliances": [world.things["alliance"].pk, world.things["neighbour"].pk],
        },
    ),
    ("belt-detail", "GET"): rest("belt", ALLIANCE, scopes=REGISTER),
    ("belt-rename", "POST"): rest("belt", ALLIANCE, DEPARTMENTS, body={"name": "改了名"}),
    ("belt-arrange", "POST"): rest(
        "belt",
        ALLIANCE,
        DEPARTMENTS,
        body=lambda world, person: {"alliances": [world.things["neighbour"].pk, world.things["alliance"].pk]},
    ),
    ("belt-end", "POST"): rest("belt", ALLIANCE, DEPARTMENTS, body=REASON),
    ("alliance-dissolve", "POST"): rest("alliance", ALLIANCE, LEADS, body=REASON),
    ("alliance-merge", "POST"): rest(
        "alliance", ALLIANCE, LEADS, body=lambda world, person: REASON | {"into": world.things["beside"].pk}
    ),
    # a committee that the caller does not govern is not there
    ("alliance-place-under", "POST"): rest(
        "alliance", ALLIANCE, DEPARTMENTS, body=said(of(supervising="banner_org"), **REASON), unseen=True
    ),
    ("alliance-split", "POST"): rest("alliance", ALLIANCE, LEADS | MEMBER, body=part),
    ("alliance-checklist", "GET"): rest("alliance", ALLIANCE),
    ("alliance-mark", "POST"): rest(
        "alliance",
        ALLIANCE,
        LEAD,
        body=lambda world, person: {"row": world.things["row"].pk, "standing": "in_place"},
    ),
    # admission
    ("alliance-joinable", "GET"): rest(),
    ("alliance-apply", "POST"): rest("alliance", TOWN, body=of(organization="town_org")),
    ("alliance-revoke", "POST"): rest(
        "alliance", DEPARTMENTS | OUTSIDER, OUTSIDER, body=of(organization="lushan_org")
    ),
    ("alliance-vote-on", "POST"): rest("alliance", ALLIED | PARTY, LEAD | MEMBER, body=voice),
    ("rule-list", "GET"): rest(scopes=REGISTER),
    ("rule-detail", "GET"): rest("banner", scopes=REGISTER),
    ("rule-change", "POST"): rest("banner", can=DEPARTMENTS, body=REASON | {"rules": {"admission_days": 9}}),
    ("rule-fill-checklist", "POST"): rest("banner", can=DEPARTMENTS, body=REASON | {"texts": {"1": "防火"}}),
    ("alliance-invite", "POST"): rest("alliance", ALLIANCE, LEADS, body={"code": "ORG-404404"}),
    ("alliance-accept", "POST"): rest("alliance", DEPARTMENTS | OUTSIDER, OUTSIDER, body=of(organization="lushan_org")),
    ("alliance-decline", "POST"): rest(
        "alliance", DEPARTMENTS | OUTSIDER, OUTSIDER, body=of(organization="lushan_org")
    ),
    ("alliance-leave", "POST"): rest(
        "alliance", DEPARTMENTS | LEAD | MEMBER | PARTY, MEMBER, body=said(of(organization="fulian_org"), **REASON)
    ),
    ("alliance-plan", "POST"): rest("alliance", ALLIANCE, TOWN | LEAD | MEMBER, body=plan),
    # leadership: browser sessions only
    ("alliance-nominate", "POST"): rest("alliance", ALLIANCE, LEAD, body=nomination),
    ("alliance-put-forward", "POST"): rest("joint", ALLIED | PARTY, LEAD | MEMBER | PARTY, body=offer),
    ("post-list", "GET"): rest(),
    ("post-detail", "GET"): rest("nomination", ALLIANCE),
    ("post-person", "GET"): rest("nomination", ALLIANCE),
    ("post-consent", "POST"): rest(
        "nomination",
        ALLIANCE,
        LEAD | MEMBER,
        body=lambda world, person: {"organization": own(world, person), "agrees": True},
    ),
    ("post-retract", "POST"): rest("nomination", ALLIANCE, LEAD, body=REASON),
    ("post-relieve", "POST"): rest("held_post", ALLIANCE, LEAD, body=REASON),
    ("participant-list", "GET"): rest(),
    ("participant-detail", "GET"): rest("participation", ALLIED),
    ("participant-take-in", "POST"): rest("participation", ALLIED, LEAD),
    ("participant-turn-down", "POST"): rest("participation", ALLIED, LEAD, body=REASON),
    ("participant-step-out", "POST"): rest("participation", ALLIED, MEMBER, body=REASON),
    ("instructor-list", "GET"): rest(),
    ("instructor-list", "POST"): rest(
        sees=DEPARTMENTS | LEAD | MEMBER | PARTY, can=DEPARTMENTS | LEAD, body=assignment
    ),
    ("instructor-detail", "GET"): rest("instructor", DEPARTMENTS | LEAD | MEMBER),
    ("instructor-recall", "POST"): rest("instructor", DEPARTMENTS | LEAD | MEMBER, DEPARTMENTS | LEAD, body=REASON),
    # charter, agreements, rotation: browser sessions only
    ("charter-list", "GET"): rest(),
    ("charter-list", "POST"): rest(sees=ALLIANCE, can=LEAD, body=said(of(alliance="alliance"), text="第一条")),
    ("charter-detail", "GET"): rest("charter", ALLIANCE),
    ("charter-amend", "POST"): rest("charter_draft", LEAD, body={"text": "第一条"}),
    ("charter-put", "POST"): rest("charter_draft", LEAD),
    ("charter-assent", "POST"): rest("charter", ALLIANCE, LEAD | MEMBER, body=of(organization="fulian_org")),
    ("charter-object", "POST"): rest(
        "charter", ALLIANCE, LEAD | MEMBER, body=said(of(organization="fulian_org"), **REASON)
    ),
    ("charter-withdraw", "POST"): rest("charter", ALLIANCE, LEAD, body=REASON),
    ("agreement-list", "GET"): rest(),
    ("agreement-list", "POST"): rest(sees=ALLIANCE, can=LEAD, body=said(of(alliance="alliance"), **AGREEMENT)),
    ("agreement-detail", "GET"): rest("agreement", ALLIED | PARTY),
    ("agreement-amend", "POST"): rest("agreement_draft", LEAD, body=AGREEMENT),
    ("agreement-put", "POST"): rest("agreement_draft", LEAD),
    ("agreement-sign", "POST"): rest(
        "agreement", ALLIED | PARTY, LEAD | MEMBER, body=of(organization="fulian_org")
    ),
    ("agreement-renew", "POST"): rest("agreement_signed", ALLIED | PARTY, LEAD, body=TERM),
    ("agreement-withdraw", "POST"): rest("agreement", ALLIED | PARTY, LEAD, body=REASON),
    ("rotation-list", "GET"): rest(),
    ("rotation-list", "POST"): rest(
        sees=ALLIANCE, can=LEAD, body=said(of(alliance="alliance"), starts_on="2099-01-01")
    ),
    ("rotation-detail", "GET"): rest("rotation", ALLIED | PARTY),
    ("rotation-arrange", "POST"): rest("rotation_draft", LEAD, body={"starts_on": TODAY}),
    ("rotation-set", "POST"): rest("rotation_draft", LEAD),
    ("rotation-end", "POST"): rest("rotation", ALLIED | PARTY, LEAD, body=REASON),
    ("hostturn-list", "GET"): rest(),
    ("hostturn-detail", "GET"): rest("turn", ALLIED | PARTY),
    ("hostturn-swap", "POST"): rest(
        "turn", ALLIED | PARTY, MEMBER, body=lambda world, person: {"other": world.things["swap"].turn_id} | REASON
    ),
    ("swap-list", "GET"): rest(),
    ("swap-detail", "GET"): rest("swap", ALLIED | PARTY),
    ("swap-accept", "POST"): rest("swap", ALLIED | PARTY, MEMBER),
    ("swap-refuse", "POST"): rest("swap", ALLIED | PARTY, MEMBER, body=REASON),
    ("swap-withdraw", "POST"): rest("swap", ALLIED | PARTY, LEAD),
    # activities
    ("activity-list", "GET"): rest(scopes=REGISTER),
    ("activity-detail", "GET"): rest("activity", ALLIED | PARTY, scopes=REGISTER),
    ("activity-hold", "POST"): rest(
        "activity",
        ALLIED | PARTY,
        STUDIES,
        body=lambda world, person: {"held_on": world.today(), "organizations": [world.cast.dongshiqiao_org.pk]},
    ),
    ("activity-cancel", "POST"): rest("activity", ALLIED | PARTY, STUDIES, body=REASON),
    ("activity-confirm-session", "POST"): rest("held", ALLIED | PARTY, STAFF, body=session),
    ("activity-serve", "POST"): rest(
        "held",
        ALLIED | PARTY,
        LEAD,
        unseen=True,
        body=lambda world, person: (
            session(world, person)
            | {"organization": world.cast.dongshiqiao_org.pk, "people": [world.things["person"].pk]}
        ),
    ),
    # an alliance's year
    ("alliance-adopt-templates", "POST"): rest("alliance", ALLIANCE, STUDIES),
    ("alliance-add-template", "POST"): rest("alliance", ALLIANCE, STUDIES, body=template),
    ("alliance-proposed-year", "GET"): rest("alliance", ALLIANCE, STUDIES),
    ("alliance-plan-year", "POST"): rest("alliance", ALLIANCE, STUDIES, body=year),
    ("activitytemplate-list", "GET"): rest(scopes=REGISTER),
    ("activitytemplate-detail", "GET"): rest("template", ALLIED | PARTY, scopes=REGISTER),
    ("activitytemplate-edit", "POST"): rest("template", ALLIED | PARTY, STUDIES, body={"month": 2}),
    ("activitytemplate-drop", "POST"): rest("template", ALLIED | PARTY, STUDIES),
    ("activity-repeat", "POST"): rest("activity", ALLIED | PARTY, STUDIES, body=weekly),
    # meetings
    ("alliance-convene", "POST"): rest("alliance", ALLIANCE, LEAD, body=meeting),
    ("meeting-list", "GET"): rest(scopes=REGISTER),
    ("meeting-detail", "GET"): rest("meeting", ALLIED | PARTY, scopes=REGISTER),
    ("meeting-propose", "POST"): rest("meeting", ALLIED | PARTY, LEAD | MEMBER, body=in_own_name(title="路灯")),
    ("meeting-advance", "POST"): rest("meeting", ALLIED | PARTY, LEAD, body=topic),
    ("meeting-strike", "POST"): rest("meeting", ALLIED | PARTY, LEAD | MEMBER, body=said(topic, **REASON)),
    ("meeting-hold", "POST"): rest("meeting", ALLIED | PARTY, LEAD, body=held_on),
    ("meeting-minutes", "POST"): rest("held_meeting", ALLIED | PARTY, LEAD, body={"minutes": "议定三件事。"}),
    ("meeting-cancel", "POST"): rest("meeting", ALLIED | PARTY, LEAD, body=REASON),
    ("meeting-confirm", "POST"): rest("late_meeting", ALLIED | PARTY, STAFF),
    ("meeting-decide", "POST"): rest("held_meeting", ALLIED | PARTY, LEAD, body={"title": "共同清运"}),
    ("decision-list", "GET"): rest(scopes=REGISTER),
    ("decision-detail", "GET"): rest("decision", ALLIED | PARTY, scopes=REGISTER),
    ("decision-vote", "POST"): rest("voting", ALLIED | PARTY, LEAD | MEMBER, body=in_own_name(choice="for")),
    ("decision-close-vote", "POST"): rest("voting", ALLIED | PARTY, LEAD),
    ("decision-enact", "POST"): rest("decision", ALLIED | PARTY, LEAD, body={"kind": "project"}),
    # double registration: browser sessions only; who may not name an organ, a person or a community sees none
    ("organlink-list", "GET"): rest(),
    ("organlink-list", "POST"): rest(sees=MEMBER, body=of(organ="fulian_org", community="lushan_org")),
    ("organlink-detail", "GET"): rest("link", ALLIED | PARTY),
    ("organlink-accept", "POST"): rest("link", ALLIED | PARTY, LEAD),
    ("organlink-decline", "POST"): rest("link", ALLIED | PARTY, LEAD),
    ("organlink-withdraw", "POST"): rest("link", ALLIED | PARTY, MEMBER),
    ("organlink-end", "POST"): rest("link", ALLIED | PARTY, LEAD | MEMBER, body=REASON),
    ("registration-list", "GET"): rest(),
    ("registration-list", "POST"): rest(
        sees=MEMBER,
        body=lambda world, person: {"people": [world.things["clerk"].pk], "community": world.cast.lushan_org.pk},
    ),
    ("registration-keep-skills", "POST"): rest(sees=MEMBER, body=said(clerk, skills=["law"])),
    ("registration-detail", "GET"): rest("registered", ALLIED),
    ("registration-end", "POST"): rest("registered", ALLIED, MEMBER, body=REASON),
    ("servicepost-list", "GET"): rest(),
    ("servicepost-list", "POST"): rest(
        sees=LEAD, body=said(of(community="dongshiqiao_org"), title="巡逻", capacity=1)
    ),
    ("servicepost-detail", "GET"): rest("post", ALLIED | PARTY),
    ("servicepost-holdings", "GET"): rest("post", ALLIED | PARTY),
    ("servicepost-take", "POST"): rest("post", ALLIED | PARTY, MEMBER, body=clerk),
    ("servicepost-leave", "POST"): rest("post", ALLIED, MEMBER, body=clerk),
    ("servicepost-thank", "POST"): rest("post", ALLIED, LEAD, body=clerk),
    ("servicepost-close", "POST"): rest("post", ALLIED | PARTY, LEAD),
    ("team-list", "GET"): rest(),
    ("team-list", "POST"): rest(
        sees=LEAD,
        body=lambda world, person: {
            "community": world.cast.dongshiqiao_org.pk, "name": "夜巡队", "captain": world.things["clerk"].pk,
        },
    ),
    ("team-detail", "GET"): rest("team", ALLIED | PARTY),
    ("team-members", "GET"): rest("team", ALLIED | PARTY),
    ("team-join", "POST"): rest("team", ALLIED | PARTY, MEMBER, body=clerk),
    ("team-leave", "POST"): rest("team", ALLIED, MEMBER, body=clerk),
    ("team-end", "POST"): rest("team", ALLIED | PARTY, LEAD),
    # means: no key reads them
    **{(f"{noun}-list", "GET"): rest() for noun in NOUNS_OF_MEANS},
    **{(f"{noun}-detail", "GET"): rest(thing, ALLIED | PARTY) for noun, thing in NOUNS_OF_MEANS.items()},
    ("alliance-funds", "GET"): rest("alliance", ALLIED | PARTY),
    ("fundentry-receive", "POST"): rest(sees=ALLIANCE, can=LEAD, body=said(IN, **MONEY, source="dues")),
    ("fundentry-spend", "POST"): rest(sees=ALLIANCE, can=LEAD, body=said(IN, **MONEY, purpose="工具")),
    ("fundentry-reverse", "POST"): rest("fund", ALLIED | PARTY, LEAD, body=REASON),
    ("reserveentry-draw", "POST"): rest(sees=ALLIANCE, can=LEAD, body=said(IN, **MONEY, purpose="补偿")),
    ("reserveentry-reverse", "POST"): rest("drawn", ALLIED | PARTY, LEAD, body=REASON),
    ("staff-list", "POST"): rest(
        sees=ALLIANCE,
        can=LEAD,
        body=said(IN, kind="engaged", name="钱七", unit="公司", task="账务", since="2019-06-03"),
    ),
    ("staff-end", "POST"): rest("staff", ALLIED | PARTY, LEAD),
    ("partner-list", "POST"): rest(
        sees=ALLIANCE, can=LEAD, body=said(IN, kind="growers", name="敖包后村种植户", since="2019-06-03")
    ),
    ("partner-end", "POST"): rest("partner", ALLIED | PARTY, LEAD),
    ("venue-list", "POST"): rest(
        sees=ALLIANCE,
        can=LEAD | MEMBER,
        body=lambda world, person: (
            IN(world, person) | {"organization": own(world, person), "kind": "hall", "name": "厅"}
        ),
    ),
    ("venue-edit", "POST"): rest("venue", ALLIED | PARTY, LEAD, body={"name": "改名"}),
    ("venue-close", "POST"): rest("venue", ALLIED | PARTY, LEAD, body=REASON),
    ("venue-book", "POST"): rest("venue", ALLIED | PARTY, LEAD | MEMBER, body=booking),
    ("booking-release", "POST"): rest("booking", ALLIED | PARTY, MEMBER),
    ("booking-refuse", "POST"): rest("booking", ALLIED | PARTY, LEAD, body=REASON),
    ("distributionscheme-list", "POST"): rest(
        sees=ALLIANCE,
        can=LEAD,
        body=said(
            IN, name="对半", base="利润", shares=[{"party": "甲", "percent": "50"}, {"party": "乙", "percent": "50"}]
        ),
    ),
    ("distributionscheme-retire", "POST"): rest("distribution_scheme", ALLIED | PARTY, LEAD),
    ("distributionscheme-distribute", "POST"): rest("distribution_scheme", ALLIED | PARTY, LEAD, body=MONEY),
    ("distribution-confirm", "POST"): rest("divided", ALLIED | PARTY, MEMBER, body=of(organization="fulian_org")),
    ("distribution-settle", "POST"): rest("divided", ALLIED | PARTY, LEAD),
    ("distribution-cancel", "POST"): rest("divided", ALLIED | PARTY, LEAD, body=REASON),
    ("distribution-ask-reversal", "POST"): rest("settled", ALLIED | PARTY, LEAD, body=REASON),
    ("distribution-agree-reversal", "POST"): rest(
        "settled", ALLIED | PARTY, MEMBER, body=of(organization="fulian_org")
    ),
    ("distribution-keep", "POST"): rest(
        "settled", ALLIED | PARTY, MEMBER, body=said(of(organization="fulian_org"), **REASON)
    ),
    # lists
    ("listing-list", "GET"): rest(scopes=LISTS),
    ("listing-list", "POST"): rest(
        sees=ALLIANCE,
        can=LEAD,
        body=said(of(alliance="alliance"), kind="project", period_from="2019-01-01", period_to="2019-06-30"),
    ),
    ("listing-detail", "GET"): rest("listing", ALLIED, scopes=LISTS),
    ("listing-sign", "POST"): rest("listing", ALLIED, LEAD | MEMBER),
    ("listing-revise", "POST"): rest("listing", ALLIED, LEAD),
    ("item-list", "GET"): rest(scopes=LISTS),
    ("item-list", "POST"): rest(sees=ALLIED, can=STUDIES | MEMBER, scopes={"items:write"}, body=need),
    ("item-detail", "GET"): rest("item", ALLIED, scopes=LISTS),
    ("item-study", "POST"): rest("collected", ALLIED, STUDIES),
    ("item-open", "POST"): rest("collected", ALLIED, STUDIES),
    ("item-return-", "POST"): rest("collected", ALLIED, STUDIES, body=REASON),
    ("item-refuse", "POST"): rest("collected", ALLIED, STUDIES, body=REASON),
    ("item-resubmit", "POST"): rest("returned", ALLIED, LEAD),
    ("item-amend", "POST"): rest("collected", ALLIED, STUDIES, body={"title": "改过的"}),
    ("item-link", "POST"): rest(
        "problem", ALLIED, STUDIES, body=lambda world, person: {"item": world.things["item"].pk}
    ),
    ("item-claims", "POST"): rest(
        "item", ALLIED, LEAD | MEMBER, {"claims:write"}, body=lambda world, person: {"organization": own(world, person)}
    ),
    # who has not pushed the item, program or not, does not confirm it
    ("item-confirm", "POST"): rest("done", ALLIED, LEAD | MEMBER, {"items:confirm"}, key_can=False),
    ("item-send-back", "POST"): rest("done", ALLIED, LEAD, body=REASON),
    ("claim-list", "GET"): rest(scopes=LISTS),
    ("claim-detail", "GET"): rest("claim", ALLIED, scopes=LISTS),
    ("claim-accept", "POST"): rest("offered", ALLIED, MEMBER, {"claims:write"}),
    ("claim-decline", "POST"): rest("offered", ALLIED, MEMBER, {"claims:write"}),
    ("claim-report", "POST"): rest("claim", ALLIED, MEMBER, {"claims:write"}, {"text": "已到现场"}),
    ("claim-finish", "POST"): rest("claim", ALLIED, MEMBER, {"claims:write"}),
    ("claim-release", "POST"): rest("claim", ALLIED, MEMBER, {"claims:write"}, REASON),
    # the year and the quarter: browser sessions only
    ("scheme-list", "GET"): rest(),
    ("scheme-detail", "GET"): rest("scheme", ALLIED | PROPOSER),
    ("scheme-open", "POST"): rest("sketch", STAFF, DEPARTMENTS, body=REASON),
    ("scheme-close", "POST"): rest("scheme", ALLIED, {"chifeng"}),
    ("scheme-publish", "POST"): rest("scheme", ALLIED, {"chifeng"}, body=REASON),
    # whose sheet the pair is not on cannot tell that it is due
    ("scheme-ratings", "POST"): rest("scheme", MEMBER, body=rating),
    ("reviewrun-list", "GET"): rest(),
    ("reviewrun-detail", "GET"): rest("run", STAFF | BESIDE),
    ("proposal-list", "GET"): rest(),
    ("proposal-detail", "GET"): rest("proposal", STAFF),
    ("proposal-confirm", "POST"): rest("proposal", STAFF, DEPARTMENTS, body=REASON),
    ("proposal-overrule", "POST"): rest("proposal", STAFF, DEPARTMENTS, body=REASON),
    ("approval-list", "GET"): rest(),
    ("approval-detail", "GET"): rest("approval", DEPARTMENTS),
    ("approval-approve", "POST"): rest("approval", DEPARTMENTS),
    ("approval-refuse", "POST"): rest("approval", DEPARTMENTS, body={"answer": "不同意"}),
    # figures
    ("figure-list", "GET"): rest(scopes=STATISTICS),
    ("statistics-list", "GET"): rest(sees=EVERYBODY, can=BUSINESS, scopes=STATISTICS),
}

ORGANIZATION_KEYS = {
    "id", "code", "name", "short_name", "kind", "sector", "industry", "level", "ownership", "region", "place", "parent",
    "contact", "phone", "source", "synthetic", "updated_at",
}  # fmt: skip
