"""Sheets of indicators: schemes, supplements, marks; browser sessions only."""

from tests.matrix.grammar import ALLIED, DEPARTMENTS, REASON, STAFF, rest

LEAVES = {"indicators": [{"name": "特色做法", "weight": "100", "source": "manual"}]}


def new(world, person):
    """For the region of one's own department."""
    region = "1504" if person == "chifeng" else "150422"
    return {"region": region, "year": 2017, "title": "考核", "cut_off": "2017-12-31"}


def mark(world, person):
    asked = {"alliance": world.things["alliance"].pk, "indicator": world.things["manual"].pk}
    return asked | {"score": "80", "reason": "有成效"}


ROUTES = {
    ("scheme-list", "POST"): rest(can=DEPARTMENTS, body=new, unseen=True),
    ("scheme-edit", "POST"): rest("sketch", STAFF, DEPARTMENTS, body=LEAVES),
    ("scheme-supplements", "POST"): rest("city_sketch", STAFF, {"balinzuo"}, body={"region": "150422", "share": "9"}),
    ("scheme-marks", "POST"): rest("marked", ALLIED, DEPARTMENTS, body=mark),
    ("supplement-list", "GET"): rest(),
    ("supplement-detail", "GET"): rest("supplement", STAFF),
    ("supplement-edit", "POST"): rest("supplement", STAFF, DEPARTMENTS, body=LEAVES | {"share": "9"}),
    ("supplement-adopt", "POST"): rest("supplement", STAFF, DEPARTMENTS, body=REASON),
}
