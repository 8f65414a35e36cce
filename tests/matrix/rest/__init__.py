"""Who may ask what of REST, route by route; a file a topic, all of them gathered here."""

from importlib import import_module
from pkgutil import iter_modules

ROUTES = {}
for part in iter_modules(__path__):
    found = import_module(f"{__name__}.{part.name}").ROUTES
    assert not ROUTES.keys() & found.keys(), f"{part.name} repeats a row"
    ROUTES |= found
