"""The figures, and the rows behind them: for who reads statistics."""

from tests.matrix.grammar import ALL, BUSINESS, row

PAGES = {
    "statistics:figures": row(ALL, BUSINESS, methods="GET"),
    "statistics:figures_export": row(ALL, BUSINESS, methods="GET"),
    "statistics:rows": row(ALL, BUSINESS, methods="GET"),
    "statistics:rows_export": row(ALL, BUSINESS, methods="GET"),
}
