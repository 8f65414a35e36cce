"""What a review writes down: the rows and proposals of a batch in a statement each, and the fingerprint of it all."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from assessments.judging import Judgement
from assessments.models import Proposal, ReviewRun
from assessments.rules import Columns

encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode

ROWS = """
INSERT INTO assessments_reviewrow (run_id, alliance_id, light, values)
SELECT %s, alliance, light, line::jsonb
FROM unnest(string_to_array(%s, ',')::bigint[], string_to_array(%s, ','), string_to_array(%s, E'\n'))
    found (alliance, light, line)
"""

# Nobody is told of each: the end of the run tells everybody once.
PROPOSALS = """
WITH suggested AS (
    INSERT INTO assessments_proposal (run_id, alliance_id, region_id, synthetic, kind, evidence, state, updated_at)
    SELECT %(run)s, a.id, a.region_id, a.synthetic, row ->> 1, (row -> 2)::jsonb, %(state)s, clock_timestamp()
    FROM json_array_elements(%(rows)s) WITH ORDINALITY rows (row, place)
    JOIN alliances_alliance a ON a.id = (row ->> 0)::bigint ORDER BY place
    RETURNING id
)
INSERT INTO members_step (thing_type_id, thing_id, verb, from_state, to_state, at, told_at, reason, detail)
SELECT %(type)s, id, 'suggest', '', %(state)s, %(at)s, %(at)s, '', '{}' FROM suggested
"""

DIGEST = """
SELECT encode(sha256(concat(
    (SELECT string_agg(encode(sha256(convert_to(concat_ws(' ', alliance_id, light, values), 'UTF8')), 'hex'), ' '
        ORDER BY alliance_id) FROM assessments_reviewrow WHERE run_id = %(run)s), E'\n',
    (SELECT string_agg(encode(sha256(convert_to(concat_ws(' ', alliance_id, kind, evidence), 'UTF8')), 'hex'), ' '
        ORDER BY alliance_id, kind) FROM assessments_proposal WHERE run_id = %(run)s))::bytea), 'hex')
"""


def write(begun: ReviewRun, judgement: Judgement, at: datetime) -> None:
    """The rows, proposals and first steps of a batch; two statements."""
    columns, suggestions, lights = judgement
    proposals = [(pk, kind, why) for pk in sorted(suggestions) for kind, why in sorted(suggestions[pk].items())]
    ids, kind = ",".join(map(str, lights)), ContentType.objects.get_for_model(Proposal).pk
    said: dict[str, Any] = {"run": begun.pk, "type": kind, "state": Proposal.State.OPEN.value, "at": at}
    with connection.cursor() as cursor:
        cursor.execute(ROWS, [begun.pk, ids, ",".join(lights.values()), lines_of(columns, lights)])
        cursor.execute(PROPOSALS, said | {"rows": encode(proposals)})


def lines_of(columns: Columns, ids: Collection[int]) -> str:
    """A line of JSON for each alliance: key -> number, or null. Written down the columns, as numbers hold no comma."""
    written = [encode([column.get(pk) for pk in ids])[1:-1].split(",") for column in columns.values()]
    line = "{" + ",".join(f'"{key}":%s' for key in columns) + "}"
    return "\n".join(line % numbers for numbers in zip(*written, strict=True))


def digest_of(begun: ReviewRun) -> str:
    """The fingerprint of the fingerprints of all rows and proposals, each in the order of alliances."""
    with connection.cursor() as cursor:
        cursor.execute(DIGEST, {"run": begun.pk})
        digest: str = cursor.fetchone()[0]
    return digest
