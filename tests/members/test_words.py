"""Whatever is done has a word: no timeline, ledger or audit shows the name of a verb."""

import ast
from pathlib import Path

import pytest
from django.apps import apps
from django.utils.module_loading import import_string

from members.words import DEEDS, vocabulary

ROOT = Path(__file__).resolve().parents[2]
STOREYS = ("members", "alliances", "listings", "assessments")


def literals(node):
    """The texts that an expression can be, where it says so itself."""
    if isinstance(node, ast.IfExp):
        return literals(node.body) | literals(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def verbs_in(tree):
    """What ``note(thing, VERB, …)`` and ``moving(thing, …, verb=VERB)`` are given."""
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = getattr(call.func, "id", "")
        if name == "note":
            yield from literals(call.args[1])
        if name in {"note", "moving"}:
            yield from (text for word in call.keywords if word.arg == "verb" for text in literals(word.value))


def done_in(storey):
    files = [path for path in (ROOT / storey).rglob("*.py") if "migrations" not in path.parts]
    return {verb for path in files for verb in verbs_in(ast.parse(path.read_text("utf-8")))} - {""}


def words_of(storey):
    named = getattr(apps.get_app_config(storey), "deeds", "")
    return {verb for words in import_string(named).values() for verb in words} if named else set()


@pytest.mark.parametrize("storey", STOREYS)
def test_every_verb_of_a_storey_has_its_word(storey):
    """In its own words or those of a storey below it, whose things it may do something to."""
    known = set(DEEDS).union(*map(words_of, STOREYS[: STOREYS.index(storey) + 1]))
    done = done_in(storey)
    assert len(done) > 10
    assert done <= known, sorted(done - known)


@pytest.mark.parametrize(
    ("thing", "verb", "word"),
    [
        ("assessments.scheme", "remind", "提醒未完成的单位"),
        ("assessments.reviewrun", "begin", "开始分析"),
        ("assessments.selfreport", "begin", "开始起草"),
        ("alliances.hostturn", "begin", "开始轮值"),
        ("listings.jointcase", "begin", "开始联动"),
        ("listings.call", "report", "报告处置情况"),
        ("members.user", "set_up_factor", "设置第二因素"),
    ],
)
def test_one_verb_has_the_word_of_the_thing_that_it_is_done_to(thing, verb, word):
    app, model = thing.split(".")
    assert vocabulary(app, model).get(verb, DEEDS.get(verb)) == word
