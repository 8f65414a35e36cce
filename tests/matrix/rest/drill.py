"""The rows behind a figure: for browser sessions only."""

from tests.matrix.grammar import BUSINESS, EVERYBODY, rest

ROUTES = {("statistics-rows", "GET"): rest(sees=EVERYBODY, can=BUSINESS)}
