"""Accounts, organisations, persons, the inbox, complaints, the audit trail."""

from tests.matrix.grammar import ALLIED, DEPARTMENTS, PARTY, REASON, REGISTER, STATISTICS, of, rest, said

ROUTES = {
    ("region-list", "GET"): rest(scopes=STATISTICS | REGISTER),
    ("region-detail", "GET"): rest("banner", scopes=STATISTICS | REGISTER),
    ("organization-list", "GET"): rest(scopes=REGISTER),
    ("organization-detail", "GET"): rest("organization", ALLIED | PARTY, scopes=REGISTER),
    ("organization-merge", "POST"): rest(
        "organization", ALLIED | PARTY, DEPARTMENTS, body=said(of(into="fulian_org"), **REASON)
    ),
}

ORGANIZATION_KEYS = {
    "id", "code", "name", "short_name", "kind", "sector", "industry", "level", "ownership", "region", "place", "parent",
    "contact", "phone", "source", "synthetic", "updated_at",
}  # fmt: skip
