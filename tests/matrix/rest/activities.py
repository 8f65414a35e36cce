"""Activities, an alliance's year, one's own calendar, meetings."""

from datetime import timedelta

from tests.matrix.grammar import (
    ALLIANCE,
    ALLIED,
    LEAD,
    MEMBER,
    PARTY,
    REASON,
    REGISTER,
    STAFF,
    STUDIES,
    in_own_name,
    rest,
    said,
    year,
)
from tests.matrix.world import DAY


def template(world, person):
    return {"kind": "theme_day", "title": "主题党日", "every": "quarter"}


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


def session(world, person):
    return {"session": world.things["session"].pk}


ROUTES = {
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
}
