"""What a review writes down: the rows, proposals and first steps of a batch, and the fingerprint of it all."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from assessments.judging import Judgement, Subject
from assessments.models import Proposal, ReviewRow, ReviewRun
from assessments.rules import Columns
from members.models import Step
from members.pouring import Written, drawn, pour

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode

DIGEST = """
SELECT encode(sha256(concat(
    (SELECT string_agg(encode(sha256(convert_to(concat_ws(' ', alliance_id, light, values), 'UTF8')), 'hex'), ' '
        ORDER BY alliance_id) FROM assessments_reviewrow WHERE run_id = %(run)s), E'\n',
    (SELECT string_agg(encode(sha256(convert_to(concat_ws(' ', alliance_id, kind, evidence), 'UTF8')), 'hex'), ' '
        ORDER BY alliance_id, kind) FROM assessments_proposal WHERE run_id = %(run)s))::bytea), 'hex')
"""


def write(begun: ReviewRun, alliances: Sequence[Subject], judgement: Judgement, at: datetime) -> None:
    """The rows, proposals and first steps of a batch, each by one COPY."""
    columns, suggestions, lights = judgement
    ids = [one.pk for one in alliances]
    pour(
        ReviewRow, {"alliance_id": ids, "values": lines_of(columns, ids), "light": [lights[pk] for pk in ids]},
        run_id=begun.pk,
    )  # fmt: skip
    found = [(one, kind, why) for one in alliances for kind, why in sorted(suggestions.get(one.pk, {}).items())]
    keys = drawn(Proposal, len(found))
    pour(
        Proposal,
        {
            "id": keys, "kind": [kind for _one, kind, _why in found], "evidence": evidence_of(found),
            "alliance_id": [one.pk for one, _kind, _why in found],
            "region_id": [one.region_id for one, _kind, _why in found],
            "synthetic": [one.synthetic for one, _kind, _why in found],
        },
        run_id=begun.pk,
    )  # fmt: skip
    # Nobody is told of each: the end of the run tells everybody once.
    kind = ContentType.objects.get_for_model(Proposal).pk
    pour(Step, {"thing_id": keys}, thing_type_id=kind, verb="suggest", to_state=Proposal.State.OPEN, at=at, told_at=at)


def lines_of(columns: Columns, ids: Sequence[int]) -> list[Written]:
    """The figures of each alliance: key -> number, or null. Written down the columns, as numbers hold no comma."""
    written = [encode([column.get(pk) for pk in ids])[1:-1].split(",") for column in columns.values()]
    line = "{" + ",".join(f'"{key}":%s' for key in columns) + "}"
    return [Written(line % numbers) for numbers in zip(*written, strict=True)]


def evidence_of(found: Sequence[tuple[Subject, str, list[dict[str, Any]]]]) -> list[Written]:
    """The evidence of each proposal; what many share is written once."""
    rules = {id(rule): rule for _one, _kind, why in found for rule in why}
    said = {key: encode(rule) for key, rule in rules.items()}
    return [Written(f"[{','.join([said[id(rule)] for rule in why])}]") for _one, _kind, why in found]


def digest_of(begun: ReviewRun) -> str:
    """The fingerprint of the fingerprints of all rows and proposals, each in the order of alliances."""
    with connection.cursor() as cursor:
        cursor.execute(DIGEST, {"run": begun.pk})
        digest: str = cursor.fetchone()[0]
    return digest
