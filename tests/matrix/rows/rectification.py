"""Putting in order: the lead answers, departments judge, a town forwards an appeal, a third person decides on it."""

from tests.matrix.grammar import ALLIED, DEPARTMENTS, LEAD, STAFF, TOWN, page, verb

HEARD = STAFF | LEAD

PAGES = {
    "rectifications:detail": page(ALLIED, "order"),
    **{
        f"rectifications:{name}": verb("order", ALLIED, LEAD)
        for name in ("plan", "report_progress", "declare_ready", "lodge")
    },
    "rectifications:accept_plan": verb("order", ALLIED, DEPARTMENTS),
    "rectifications:return_plan": verb("order", ALLIED, DEPARTMENTS),
    "rectifications:finish_part": verb("order_part", ALLIED, LEAD),
    "rectifications:forward": verb("order_appeal", HEARD, TOWN),
    "rectifications:uphold": verb("order_appeal", HEARD, {"chifeng"}),
    "rectifications:dismiss": verb("order_appeal", HEARD, {"chifeng"}),
    "rectifications:withdraw": verb("order_appeal", HEARD, LEAD),
}
