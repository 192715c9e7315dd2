"""Reads the house's own sources: modules, functions and templates with their sizes and escapes."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app"
TEMPLATES = ROOT / "templates"
ESCAPE = re.compile(r"(?:#|{#)\s*budget: \S+")
PAGE_FILES = {"routes", "desk", "api"}


@dataclass(frozen=True)
class Function:
    """A function or method of the application, as its budget sees it."""

    module: Path
    name: str
    first: int
    lines: int
    is_handler: bool
    excused: bool

    def __str__(self) -> str:
        return f"{self.module.relative_to(ROOT)}:{self.first} {self.name} has {self.lines} lines"


def modules(*folders: str) -> list[Path]:
    """Every Python file in these folders of the repository, and config.py with the application."""
    found = [file for folder in folders for file in sorted((ROOT / folder).rglob("*.py"))]
    return [*found, ROOT / "config.py"] if "app" in folders else found


def templates(suffix: str = ".html") -> list[Path]:
    """Every template with this ending."""
    return sorted(TEMPLATES.rglob(f"*{suffix}"))


@cache
def tree(module: Path) -> ast.Module:
    """The parsed module."""
    return ast.parse(module.read_text())


def functions() -> Iterator[Function]:
    """Every function of the application."""
    for module in modules("app"):
        text = module.read_text().splitlines()
        for node in ast.walk(tree(module)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                start = min([one.lineno for one in node.decorator_list], default=node.lineno)
                yield Function(
                    module=module,
                    name=node.name,
                    first=node.lineno,
                    lines=(node.end_lineno or node.lineno) - node.lineno + 1,
                    is_handler=_is_handler(node),
                    excused=start > 1 and bool(ESCAPE.search(text[start - 2])),
                )


def excused(file: Path) -> bool:
    """Whether one of the file's first lines gives a reason for its size."""
    return bool(ESCAPE.search("\n".join(file.read_text().splitlines()[:5])))


def escapes_by_package() -> Counter[str]:
    """How many budgets each capability breaks with a reason."""
    counts: Counter[str] = Counter()
    for file in [*modules("app"), *templates()]:
        place = file.relative_to(ROOT).parts
        counts[place[1] if len(place) > 2 else place[0]] += len(ESCAPE.findall(file.read_text()))
    return counts


def strings(module: Path) -> set[str]:
    """Every string literal of a module."""
    return {
        node.value
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def calls_on_import(module: Path) -> list[ast.Call]:
    """Every call that is made when the module is imported, and not within a function."""
    inside = {
        id(node)
        for function in ast.walk(tree(module))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for node in ast.walk(function)
    }
    return [
        node
        for node in ast.walk(tree(module))
        if isinstance(node, ast.Call) and id(node) not in inside
    ]


def name_of(call: ast.Call) -> str:
    """The name that is called, without what it belongs to."""
    called = call.func
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def packages() -> list[str]:
    """The capabilities that exist, by name."""
    return sorted(one.name for one in APP.iterdir() if (one / "__init__.py").exists())


def _is_handler(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    names = [one.func if isinstance(one, ast.Call) else one for one in node.decorator_list]
    return any(isinstance(one, ast.Name) and one.id == "open_to" for one in names)
