"""Whistles: the caller blows and judges, its head lets it sound, the called answer."""

from tests.matrix.grammar import ALL, ALLIED, LEAD, MEMBER, SEES_ALLIANCE, TOWN, page, verb

CALLS = LEAD | TOWN
HEADS = TOWN | {"balinzuo"}

PAGES = {
    "whistles:list": page(),
    "whistles:where": page(ALL),
    "whistles:new": verb("alliance", SEES_ALLIANCE, CALLS),
    "whistles:blow": verb("whistleable", ALLIED, CALLS),
    "whistles:detail": page(ALLIED, "whistle"),
    "whistles:approve": verb("whistle", ALLIED, HEADS),
    "whistles:turn_down": verb("whistle", ALLIED, HEADS),
    "whistles:call_in": verb("sounding", ALLIED, CALLS),
    "whistles:evaluate": verb("reported", ALLIED, CALLS),
    "whistles:call_off": verb("sounding", ALLIED, CALLS),
    "calls:sign_for": verb("called", ALLIED, MEMBER),
    "calls:arrive": verb("signed_call", ALLIED, MEMBER),
    "calls:report": verb("arrived_call", ALLIED, MEMBER),
    "calls:refuse": verb("called", ALLIED, MEMBER),
}
