"""No verb of alliances, lists or claims changes an organisation's affiliation (隶属关系): read from the code itself."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
VERBS = sorted(p for app in ("alliances", "listings") for p in (ROOT / app / "transitions").glob("*.py"))
ORGANIZATIONS = {"organization", "lead", "supervising", "host", "asker", "asked_by", "own", "head", "newcomer_org"}
WRITING = {"save", "update", "create", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "delete"}


def dotted(node):
    """The names of a chain of attributes and calls, the first first: Organization.objects.filter(…).update."""
    parts = []
    while isinstance(node, ast.Attribute | ast.Call):
        if isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        else:
            node = node.func
    return [*([node.id] if isinstance(node, ast.Name) else []), *reversed(parts)]


@pytest.mark.parametrize("path", VERBS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_verb_writes_an_organisation(path):
    wrong = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
        for target in targets if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign) else ():
            chain = dotted(target) if isinstance(target, ast.Attribute) else []
            if chain[-1:] in (["parent"], ["parent_id"]) and chain[-2] not in {"alliance", "inner"}:
                wrong.append((node.lineno, ".".join(chain)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITING:
            chain = dotted(node.func)
            if chain[0] == "Organization" or (len(chain) > 1 and chain[-2] in ORGANIZATIONS):
                wrong.append((node.lineno, ".".join(chain)))
    assert not wrong, f"{path.name} writes an organisation: {wrong}"
