"""A page loads the style sheets whose classes it uses; most need the common ones alone."""

import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TEMPLATES = {path.relative_to(ROOT / "templates").as_posix(): path.read_text("utf-8")
             for path in (ROOT / "templates").rglob("*.html")}  # fmt: skip
BLOCK = re.compile(r"{% block css %}(.*?){% endblock %}", re.DOTALL)


@cache
def sheets_by_class():
    found = {}
    for path in (ROOT / "static/css").glob("*.css"):
        rules = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
        for name in re.findall(r"\.([a-zA-Z][\w-]*)", rules):
            found.setdefault(name, set()).add(path.name)
    return found


def lineage(name):
    """The template and those that it extends, itself first."""
    parent = re.search(r'{% extends "([^"]+)"', TEMPLATES[name])
    return [name, *(lineage(parent[1]) if parent else [])]


def parts(name):
    """The template with what it includes."""
    found = [name]
    for other in re.findall(r'{% include "([^"]+)"', TEMPLATES[name]):
        if other != name:
            found += parts(other)
    return found


def linked(text):
    return set(re.findall(r"css/([\w-]+\.css)", text))


def loaded(names):
    """What stands outside of the block, and the block of whoever fills it first."""
    fixed = set().union(*(linked(BLOCK.sub("", TEMPLATES[name])) for name in names))
    filled = next((found[1] for name in names if (found := BLOCK.search(TEMPLATES[name]))), "")
    return fixed | linked(filled)


def used(names):
    for name in names:
        for classes in re.findall(r'class="([^"]*)"', TEMPLATES[name]):
            yield from re.findall(r"[a-zA-Z][\w-]+", re.sub(r"{[%{].*?[%}]}", " ", classes))


PAGES = sorted(name for name in TEMPLATES if "<html" in TEMPLATES[lineage(name)[-1]])


@pytest.mark.parametrize("name", PAGES)
def test_a_page_loads_the_style_sheets_of_its_classes(name):
    sheets, names = sheets_by_class(), lineage(name)
    there = loaded(names)
    every = {part for one in names for part in parts(one)}
    missing = {one: sheets[one] for one in used(every) if one in sheets and not sheets[one] & there}
    assert not missing
