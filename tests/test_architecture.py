"""The house stands as it was drawn: imports run down only, one place moves states, only mouths know today."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
STOREYS = ["members", "alliances", "listings", "assessments", "config"]
FILES = [path for app in STOREYS for path in sorted((ROOT / app).rglob("*.py"))]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
MOUTHS = {"filters", "views", "api", "tasks", "commands", "pages", "rest", "context", "middleware"}
KNOWS_TODAY = {
    # rights are those of the moment of the request
    "members/models/account.py",
    # sessions, keys, limits and log-ins live by the clock on the wall
    "members/sessions.py",
    "members/models/session.py",
    "members/authentication.py",
    "members/passwords.py",
    "members/idempotency.py",
    "members/serializers/keys.py",
    "members/throttling.py",
}

TODAY = re.compile(r"timezone\.now\(\)|localdate\(\)|localtime\(\)|date\.today\(\)|datetime\.now\(")
SENDERS = r"signals?|request_finished|post_save|pre_save|user_logged\w*|user_login\w*|worker_\w+"
LISTENING = re.compile(rf"^\s*@receiver|(?:{SENDERS})\.connect\(", re.MULTILINE)


def name(path):
    return path.relative_to(ROOT).as_posix()


def tree(path):
    return ast.parse(path.read_text(encoding="utf-8"))


def imported_apps(path):
    """Every app that the file imports, also inside functions and under TYPE_CHECKING."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            yield node.module.split(".")[0], node.lineno
        elif isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name.split(".")[0], node.lineno


@pytest.mark.parametrize("path", FILES, ids=name)
def test_imports_run_down_only(path):
    own = STOREYS.index(path.relative_to(ROOT).parts[0])
    upward = [(app, line) for app, line in imported_apps(path) if app in STOREYS and STOREYS.index(app) > own]
    assert not upward, f"{name(path)} imports from a higher storey: {upward}"


@pytest.mark.parametrize("path", [p for p in FILES if "migrations" not in p.parts], ids=name)
def test_the_house_is_imported_at_the_top_of_a_file(path):
    """An import of ours inside a function hides a circle. (Only an app's ``ready()`` must wait for the models.)"""
    if path.name == "apps.py":
        return
    hidden = [
        node.lineno
        for function in ast.walk(tree(path))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in STOREYS[:4]
    ]
    assert not hidden, f"{name(path)} hides imports of the house in functions, lines {hidden}"


@pytest.mark.parametrize("path", [p for p in FILES if "migrations" not in p.parts], ids=name)
def test_only_moving_assigns_a_state(path):
    if name(path) == "members/lifecycle.py":
        return
    assigned = [
        node.lineno
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Assign | ast.AugAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and target.attr == "state"
    ]
    assert not assigned, f"{name(path)} assigns .state at lines {assigned}: use moving()"


@pytest.mark.parametrize("path", FILES, ids=name)
def test_no_rule_knows_today(path):
    relative = path.relative_to(ROOT)
    words = {word for part in relative.with_suffix("").parts for word in part.split("_")}  # api_messages is an api
    if relative.parts[0] == "config" or MOUTHS & words or "migrations" in words:
        return
    if name(path) in KNOWS_TODAY:
        return
    called = TODAY.findall(path.read_text("utf-8"))
    assert not called, f"{name(path)} asks for today ({called}): let the mouth pass it in"


def test_no_signals_of_our_own():
    listening = [name(p) for p in FILES if LISTENING.search(p.read_text("utf-8"))]
    allowed = {"config/celery.py", "members/apps.py"}  # the worker's start; the failed log-ins that axes reports
    assert set(listening) <= allowed, listening


@pytest.mark.parametrize("path", [p for p in FILES if "migrations" not in p.parts], ids=name)
def test_a_file_is_read_in_one_sitting(path):
    assert len(path.read_text("utf-8").splitlines()) <= 400, f"{name(path)}: split it by noun"


@pytest.mark.parametrize("path", TEMPLATES, ids=name)
def test_templates_carry_no_style_no_script_and_no_trust(path):
    text = path.read_text("utf-8")
    assert " style=" not in text, "styles stand in static/css"
    assert not re.search(r"<script(?![^>]*\bsrc=)[^>]*>", text), "scripts stand in static/js"
    assert not re.search(r"\|\s*safe\b|autoescape off", text), "everything is escaped"
    assert len(text.splitlines()) <= 120, "cut it into partials"


@pytest.mark.parametrize("path", sorted((ROOT / "static/css").glob("*.css")), ids=name)
def test_a_style_sheet_closes_what_it_opens(path):
    """A browser skips the rest of an unclosed rule without a word."""
    depth = 0
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        assert depth == 0 or not line.startswith((".", "@")), f"{name(path)}:{number}: the rule before is not closed"
        depth += line.count("{") - line.count("}")
    assert depth == 0
