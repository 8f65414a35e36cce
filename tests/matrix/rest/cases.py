"""Joint cases and their records by REST."""

from tests.matrix.grammar import ALLIANCE, ALLIED, LEAD, LISTS, MEMBER, REASON, of, own, rest, said


def reached(world, person):
    return {
        "measure": world.things["measure"].pk, "organization": own(world, person), "period_from": "2019-01-01",
        "period_to": "2019-03-31", "value": "3",
    }  # fmt: skip


ROUTES = {
    ("case-list", "GET"): rest(scopes=LISTS),
    ("case-list", "POST"): rest(
        sees=ALLIANCE,
        can=LEAD,
        body=said(of(alliance="alliance", lead="dongshiqiao_org"), kind="joint", title="联动", begun_on="2019-01-01"),
        unseen=True,
    ),
    ("case-detail", "GET"): rest("case", ALLIED, scopes=LISTS),
    ("case-take-in", "POST"): rest("case", ALLIED, LEAD, body={"departments": []}),
    ("case-measure-by", "POST"): rest("case", ALLIED, LEAD, body={"name": "整改", "unit": "处"}),
    ("case-record", "POST"): rest("case", ALLIED, LEAD | MEMBER, body=reached),
    ("case-close", "POST"): rest("case", ALLIED, LEAD),
    ("case-record-list", "GET"): rest(scopes=LISTS),
    ("case-record-detail", "GET"): rest("case_line", ALLIED, scopes=LISTS),
    ("case-record-correct", "POST"): rest("case_line", ALLIED, MEMBER, body=REASON | {"value": "11"}),
}
