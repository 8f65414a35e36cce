"""Alliances: founding, joining, leadership, rules, belts."""

from tests.matrix.grammar import (
    ALLIANCE,
    ALLIED,
    DEPARTMENTS,
    DRAFT,
    FOUNDING,
    LEAD,
    LEADS,
    MEMBER,
    OUTSIDER,
    PARTY,
    REASON,
    REGISTER,
    STAFF,
    TOWN,
    of,
    own,
    rest,
    said,
)


def founding(world, person):
    cast = world.cast
    return {
        "name": "新联合体", "form": "league", "formation": "agreement", "lead": cast.dongshiqiao_org.pk,
        "supervising": cast.town_org.pk, "region": "150422404002",
    }  # fmt: skip


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


ROUTES = {
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
    ("alliance-revoke", "POST"): rest("alliance", DEPARTMENTS | OUTSIDER, OUTSIDER, body=of(organization="lushan_org")),
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
}
