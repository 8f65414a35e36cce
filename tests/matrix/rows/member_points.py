"""Points: everybody may open the page; it shows one's own."""

from tests.matrix.grammar import page

PAGES = {"points:list": page()}
