"""Pages that are looked at in the browser, with the account that opens them: a file a topic, all gathered here."""

from importlib import import_module
from pkgutil import iter_modules

PAGES = [page for part in iter_modules(__path__) for page in import_module(f"{__name__}.{part.name}").PAGES]
