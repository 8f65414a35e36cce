"""What the threat model claims has a test, and the test exists (G30)."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CLAIMED = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", (ROOT / "docs/threat-model.md").read_text("utf-8"))


@pytest.mark.parametrize(("path", "name"), CLAIMED, ids=lambda part: part if part.startswith("test_") else "")
def test_every_named_test_exists(path, name):
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}


def test_the_model_names_tests_at_all():
    assert len(CLAIMED) > 40
