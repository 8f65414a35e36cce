"""Who may do what, page by page; a file a topic, all of them gathered here. A route without a row fails the matrix."""

from importlib import import_module
from pkgutil import iter_modules

PAGES = {}
for part in iter_modules(__path__):
    found = import_module(f"{__name__}.{part.name}").PAGES
    assert not PAGES.keys() & found.keys(), f"{part.name} repeats a row"
    PAGES |= found
