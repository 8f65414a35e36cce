"""Corrections, forced releases, disputes, reopening, parts, passing on, helpers."""

from tests.matrix.grammar import ALLIED, DEPARTMENTS, LEAD, MEMBER, STAFF, page, verb

OVERSEERS = {"lindong"} | LEAD

PAGES = {
    "items:correct": verb("confirmed", ALLIED, DEPARTMENTS),
    "items:confirm_for": verb("ruled", ALLIED, STAFF),
    "items:reopen": verb("confirmed", ALLIED, LEAD),
    "items:forward": verb("collected", ALLIED, OVERSEERS),
    "items:attach": verb("collected", ALLIED, OVERSEERS),
    "items:detach": verb("smaller", ALLIED, OVERSEERS),
    "items:dispute": verb("quarrelled", ALLIED, LEAD | MEMBER),
    "claims:force_release": verb("claim", ALLIED, STAFF | LEAD),
    "claims:strike_helper": verb("helped_claim", ALLIED, MEMBER),
    "claims:name_helpers": verb("claim", ALLIED, MEMBER),
    "disputes:list": page(),
    "disputes:detail": page(ALLIED, "dispute"),
    "disputes:decide": verb("dispute", ALLIED, STAFF),
    "disputes:withdraw": verb("dispute", ALLIED, MEMBER),
    "forwardings:list": page(),
    "forwardings:detail": page(ALLIED, "forwarding"),
    "forwardings:take_over": verb("forwarding", ALLIED, LEAD),
    "forwardings:pass_back": verb("forwarding", ALLIED, LEAD),
    "forwardings:call_back": verb("forwarding", ALLIED, OVERSEERS),
}

