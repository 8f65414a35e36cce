"""Supplements to a scheme, and the points that departments give."""

from tests.matrix.grammar import ALLIED, DEPARTMENTS, STAFF, page, row, verb

PAGES = {
    # the supplement is the banner's own; the city's scheme is drawn up without one
    "assessments:supplement_new": verb("city_sketch", STAFF, {"balinzuo"}),
    "assessments:supplement": page(STAFF, "supplement"),
    "assessments:supplement_edit": verb("supplement", STAFF, DEPARTMENTS),
    "assessments:adopt": verb("supplement", STAFF, DEPARTMENTS),
    "assessments:marks": row(ALLIED, DEPARTMENTS, thing="marked", methods="GET"),
    "assessments:mark": row(
        ALLIED, DEPARTMENTS, thing="marked", more=[("alliance", "alliance"), ("indicator", "manual")]
    ),
}
