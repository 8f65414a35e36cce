"""What the source may not hold (G25), and what the verbs of upper storeys never write."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("members", "alliances", "listings", "assessments", "config")
SOURCES = [path for app in APPS for path in sorted((ROOT / app).rglob("*.py")) if "migrations" not in path.parts]
FORBIDDEN = {
    "code from data": r"(?<!\.)\b(eval|exec)\(|\bpickle\b.*load|yaml\.load\(|marshal\.load",
    "a query made of the request": r"filter\(\*\*(self\.)?request|\*\*request\.(GET|POST|data|query_params)|order_by\(request",  # noqa: E501
    "unescaped text": r"mark_safe\((?!\")|\|\s*safe\b",
    "shells": r"shell=True|os\.system\(",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_the_source_holds_none_of(what):
    found = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in SOURCES
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if re.search(FORBIDDEN[what], line)
        and not re.match(r"\s*(#|\"\"\"|[\w ,]+\(unlike)", line)
        and "unlike pickle" not in line
        and path.name != "icons.py"  # draws the house's own icons
    ]
    assert not found


def test_no_statement_is_put_together_from_values():
    """The rules of ruff for security hold, those about strings of SQL among them."""
    run = [
        sys.executable,
        "-m",
        "ruff",
        "check",
        "--select",
        "S",
        *APPS,
        "--no-cache",
        "--extend-exclude",
        "**/migrations/*",
    ]
    said = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False)
    if "No module named ruff" in said.stderr:
        pytest.skip("ruff is not in this environment: make lint says the same")
    assert said.returncode == 0, said.stdout


def test_templates_escape_everything():
    found = [
        str(path)
        for path in (ROOT / "templates").rglob("*.html")
        if re.search(r"\|\s*safe\b|autoescape off", path.read_text("utf-8"))
    ]
    assert not found


def test_no_verb_of_alliances_lists_or_claims_writes_an_affiliation():
    """隶属关系 stays: only the ground's own verb writes an organisation's record."""
    for path in SOURCES:
        if path.parts[len(ROOT.parts)] in {"alliances", "listings", "assessments"}:
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(node, ast.Assign | ast.AugAssign):
                    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                    written = {ast.unparse(target) for target in targets}
                    assert not any(
                        re.search(r"organization\.(parent|region)|lead\.parent", name) for name in written
                    ), path
                if isinstance(node, ast.Call) and "Organization.objects" in ast.unparse(node.func):
                    assert not ast.unparse(node.func).endswith((".update", ".create", ".bulk_update", ".delete")), path
