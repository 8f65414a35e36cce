"""The report, the dashboard, the network, the screen."""

from tests.matrix.grammar import ALL, ALLIED, BESIDE, BUSINESS, STAFF, TRIO, row

PAGES = {
    "reports:report": row(ALL, BUSINESS, methods="GET"),
    "reports:workbook": row(ALL, BUSINESS, methods="GET"),
    "reports:dashboard": row(ALL, BUSINESS, methods="GET"),
    "reports:network": row(ALL, BUSINESS, methods="GET"),
    "reports:alliance": row(ALLIED | TRIO, ALLIED, "alliance", "GET"),
    "reports:screen": row(ALL, STAFF | BESIDE, methods="GET"),
}
