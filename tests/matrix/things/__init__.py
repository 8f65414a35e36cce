"""What the world holds beyond its first things: a file a topic, each with ``build(world)``, in alphabetical order."""

from importlib import import_module
from pkgutil import iter_modules

BUILDERS = [import_module(f"{__name__}.{part.name}").build for part in iter_modules(__path__)]
