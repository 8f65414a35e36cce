"""Activities, an alliance's year, one's own calendar, meetings."""

from tests.matrix.grammar import ALL, ALLIED, LEAD, MEMBER, SEES_ALLIANCE, STAFF, page, row, verb

PAGES = {
    "activities:list": page(),
    "activities:detail": page(ALLIED, "activity"),
    "activities:hold": verb("activity", ALLIED, {"lindong"} | LEAD),
    "activities:cancel": verb("activity", ALLIED, {"lindong"} | LEAD),
    "activities:confirm_session": verb("session", ALLIED, STAFF),
    "activities:serve": verb("session", ALLIED, LEAD),
    # an alliance's year, one's own calendar
    "alliances:templates": page(SEES_ALLIANCE, "alliance"),
    "alliances:adopt_templates": verb("alliance", SEES_ALLIANCE, {"lindong"} | LEAD),
    "alliances:add_template": verb("alliance", SEES_ALLIANCE, {"lindong"} | LEAD),
    "alliances:plan_year": verb("alliance", SEES_ALLIANCE, {"lindong"} | LEAD),
    "activities:template_edit": verb("template", ALLIED, {"lindong"} | LEAD),
    "activities:template_drop": verb("template", ALLIED, {"lindong"} | LEAD),
    "activities:repeat": verb("activity", ALLIED, {"lindong"} | LEAD),
    "calendar:feed": row(ALL),
    "calendar:close": row(ALL, methods="POST"),
    "calendar:document": row(ALL, methods="GET", public=True),
    # meetings
    "alliances:meetings": page(SEES_ALLIANCE, "alliance"),
    "alliances:convene": verb("alliance", SEES_ALLIANCE, LEAD),
    "meetings:list": page(),
    "meetings:detail": page(ALLIED, "meeting"),
    "meetings:propose": verb("meeting", ALLIED, LEAD | MEMBER),
    "meetings:advance": verb("topic", ALLIED, LEAD),
    "meetings:strike": verb("topic", ALLIED, LEAD | MEMBER),
    "meetings:hold": verb("meeting", ALLIED, LEAD),
    "meetings:minutes": verb("held_meeting", ALLIED, LEAD),
    "meetings:cancel": verb("meeting", ALLIED, LEAD),
    "meetings:confirm": verb("late_meeting", ALLIED, STAFF),
    "meetings:decide": verb("held_meeting", ALLIED, LEAD),
    "meetings:vote": verb("voting", ALLIED, LEAD | MEMBER),
    "meetings:close_vote": verb("voting", ALLIED, LEAD),
    "meetings:enact": verb("decision", ALLIED, LEAD),
}
