"""Public functions whose types leave open what is in what they return or take."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

from tests.house.sources import APP, modules, tree

# What may stay open, and why.
EXCUSED = {
    "catalogue/queries.py columns_of": "whatever columns a table has, for the open data",
    "core/database.py insert_once": "the columns of whichever table",
    "core/forms.py texts_field": "what the form library's fields take",
    "core/openapi.py document": "a document whose form a standard sets",
    "demo/services/seeding.py seed": "printed as JSON and read by no code",
    "organisations/forms/profile.py ProfileForm.profile": "the columns of the record, by name",
    "organisations/models.py Organisation.facts": "a column of JSON",
    "organisations/queries.py shown": "what a column of JSON tells at a place",
}


def untyped_functions() -> set[str]:
    """Those that return `dict[str, Any]` or take `**anything: Any`, by file and name."""
    return {
        f"{module.relative_to(APP)} {name}"
        for module in modules("app")
        if module.is_relative_to(APP)
        for name, function in _public(tree(module).body)
        if _is_open(function)
    }


def bare_verbs() -> list[str]:
    """Where the audit trail is told a verb that no enum holds."""
    return [
        f"{module.relative_to(APP)}:{node.lineno}"
        for module in modules("app")
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call)
        and ast.unparse(node.func) == "audit.record"
        and isinstance(node.args[2], ast.Constant | ast.JoinedStr)
    ]


def _public(body: Sequence[ast.stmt], of: str = "") -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from _public(node.body, f"{node.name}.")
        elif isinstance(node, ast.FunctionDef) and (node.name == "__init__" or node.name[0] != "_"):
            yield of + node.name, node


def _is_open(function: ast.FunctionDef) -> bool:
    returned = ast.unparse(function.returns) if function.returns else ""
    named = function.args.kwarg
    takes = ast.unparse(named.annotation) if named and named.annotation else ""
    return "dict[str, Any]" in returned or "Any" in takes
