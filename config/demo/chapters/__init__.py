"""Chapters of the demo: what each room of the house shows, played through the verbs once the scenes have been."""

from __future__ import annotations

from collections.abc import Callable

from config.demo.chapters import (
    charter,
    deadline,
    founding,
    imports,
    keys,
    leadership,
    lists,
    loops,
    matching,
    means,
    messages,
    projects,
    rectify,
    register,
    registration,
    review,
    scheme,
    whistles,
    year,
)
from config.demo.chapters.meetings import meetings
from config.demo.chapters.stage import Stage

CHAPTERS: tuple[Callable[[Stage], None], ...] = (
    register.play,
    leadership.play,
    means.play,
    meetings,
    registration.play,
    deadline.play,
    projects.play,
    loops.play,
    whistles.play,
    founding.play,
    charter.play,
    matching.play,
    imports.play,
    keys.play,
    lists.play,
    rectify.play,
    review.play,
    messages.play,
    year.play,
    scheme.play,
)
"""In the order in which they are played; each is a file of this folder, a function over the stage."""
__all__ = [
    "CHAPTERS",
    "Stage",
]
