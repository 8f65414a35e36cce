"""Whistles and calls by REST."""

from tests.matrix.grammar import ALLIED, LISTS, MEMBER, REASON, of, rest
from tests.matrix.rows.whistles import CALLS, HEADS

SAID = {"text": "下午三点，两位同志到场"}


def blow(world, person):
    caller = world.cast.town_org if person == "lindong" else world.cast.dongshiqiao_org
    return {
        "item": world.things["whistleable"].pk, "caller": caller.pk, "reason": "pressing", "need": "请来疏通",
        "lead": world.cast.fulian_org.pk,
    }  # fmt: skip


def judged(world, person):
    call = world.things["reported"].calls.get()
    return {"solved": True, "satisfied": True, "departments": [{"call": call.pk, "satisfied": True}]}


ROUTES = {
    ("whistle-list", "GET"): rest(scopes=LISTS),
    ("whistle-list", "POST"): rest(sees=ALLIED, can=CALLS, body=blow),
    ("whistle-detail", "GET"): rest("whistle", ALLIED, scopes=LISTS),
    ("whistle-approve", "POST"): rest("whistle", ALLIED, HEADS),
    ("whistle-turn-down", "POST"): rest("whistle", ALLIED, HEADS, body=REASON),
    ("whistle-call-in", "POST"): rest("sounding", ALLIED, CALLS, body=of(organization="fulian_org")),
    ("whistle-evaluate", "POST"): rest("reported", ALLIED, CALLS, body=judged),
    ("whistle-call-off", "POST"): rest("sounding", ALLIED, CALLS, body=REASON),
    ("call-list", "GET"): rest(scopes=LISTS),
    ("call-detail", "GET"): rest("called", ALLIED, scopes=LISTS),
    ("call-sign-for", "POST"): rest("called", ALLIED, MEMBER),
    ("call-arrive", "POST"): rest("signed_call", ALLIED, MEMBER, body=SAID),
    ("call-report", "POST"): rest("arrived_call", ALLIED, MEMBER, body=SAID),
    ("call-refuse", "POST"): rest("called", ALLIED, MEMBER, body=REASON | {"where_next": "住建局"}),
}
