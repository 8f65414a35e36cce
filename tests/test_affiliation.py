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
            if chain[-1:] in (["parent"], ["parent_id"]) and chain[-2] not in {"alliance", "inner", "item"}:
                wrong.append((node.lineno, ".".join(chain)))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in WRITING:
            chain = dotted(node.func)
            if chain[0] == "Organization" or (len(chain) > 1 and chain[-2] in ORGANIZATIONS):
                wrong.append((node.lineno, ".".join(chain)))
    assert not wrong, f"{path.name} writes an organisation: {wrong}"


MAY = {"members/forms/__init__.py", "members/organizations.py", "members/importing/organizations.py"}
"""The department's form, the merging of two records of one organisation, and the import."""


def writes_parent(node):
    """Whether the node assigns an organisation's parent, a column of them, or hands one to what writes rows."""
    targets = node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)]
    if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign):
        chains = [dotted(target) for target in targets if isinstance(target, ast.Attribute)]
        columns = [target.slice for target in targets if isinstance(target, ast.Subscript)]
        if any(isinstance(column, ast.Constant) and column.value == "parent_id" for column in columns):
            return True
        return any(
            chain[-1] in {"parent", "parent_id"} and chain[-2] not in {"alliance", "inner", "item"} for chain in chains
        )
    if isinstance(node, ast.Call):
        name = dotted(node.func)[-1:] if isinstance(node.func, ast.Attribute) else [getattr(node.func, "id", "")]
        if name == ["setattr"]:
            return any(isinstance(arg, ast.Constant) and arg.value in {"parent", "parent_id"} for arg in node.args)
        words = {keyword.arg for keyword in node.keywords}
        return name[0] in WRITING and bool(words & {"parent", "parent_id"})
    return False


def test_an_affiliation_is_written_in_three_places_of_the_house():
    found = {
        path.relative_to(ROOT).as_posix()
        for app in ("members", "alliances", "listings", "assessments", "config")
        for path in (ROOT / app).rglob("*.py")
        if "migrations" not in path.parts and "demo" not in path.parts
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if writes_parent(node)
    }
    assert found == MAY
