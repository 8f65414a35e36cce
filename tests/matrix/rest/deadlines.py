"""Terms of items: pauses, extensions and the answers to them."""

from datetime import timedelta

from django.utils import timezone

from tests.matrix.grammar import ALLIED, LISTS, MEMBER, REASON, STUDIES, of, rest, said

LATER = (timezone.localdate() + timedelta(days=90)).isoformat()

ROUTES = {
    ("item-deadline", "GET"): rest("working", ALLIED, scopes=LISTS),
    ("item-pause", "POST"): rest("working", ALLIED, STUDIES | MEMBER, body=REASON | {"waits_for": "供电公司"}),
    ("item-resume", "POST"): rest("paused", ALLIED, STUDIES | MEMBER),
    ("item-extend", "POST"): rest(
        "working", ALLIED, MEMBER, body=said(of(organization="fulian_org"), until=LATER, **REASON)
    ),
    ("extension-list", "GET"): rest(scopes=LISTS),
    ("extension-detail", "GET"): rest("extension", ALLIED, scopes=LISTS),
    ("extension-grant", "POST"): rest("extension", ALLIED, STUDIES),
    ("extension-refuse", "POST"): rest("extension", ALLIED, STUDIES, body=REASON),
}
