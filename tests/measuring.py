"""Counts the lines and branches that the tests pass, by marks written into the application.

A tracer (coverage's own) makes all of Python half as fast, libraries too: the tests of workshops
took 60 % more processor time with it (46 against 28 seconds), and take 5 % more with marks. The
report is coverage's: `python -m tests.measuring` hands it what the marks saw.
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.machinery
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from types import CodeType, ModuleType

from coverage import Coverage
from coverage.data import CoverageData
from coverage.parser import PythonParser

ROOT = Path(__file__).resolve().parents[1]
# The environment variable with the folder where each process leaves what its marks saw.
FOLDER = "TORVET_MEASURED"
SEEN = "__seen__"
# A line; or of a line that branches, whether it went on between these lines, or elsewhere.
Mark = tuple[int] | tuple[int, int, int, bool]
MARKS: dict[str, tuple[list[Mark], list[int]]] = {}


class Marking(ast.NodeVisitor):
    """Writes a mark before each statement of a module and into both ways of each branch."""

    def __init__(self) -> None:
        self.marks: list[Mark] = []

    def mark(self, at: ast.AST, mark: Mark) -> ast.stmt:
        """The statement that tells that this was passed."""
        self.marks.append(mark)
        written = ast.parse(f"{SEEN}[{len(self.marks) - 1}] = 1").body[0]
        for node in ast.walk(written):
            if "lineno" in node._attributes:
                ast.copy_location(node, at)
        return written

    def body(self, statements: list[ast.stmt], begin: Sequence[ast.stmt] = ()) -> list[ast.stmt]:
        """The statements with a mark before each; what must come first stays there."""
        marked: list[ast.stmt] = []
        began = False
        for place, one in enumerate(statements):
            self.visit(one)
            if _must_come_first(one, place):
                marked.append(one)
                begin = [*begin, *self.lines(one)]
                continue
            if not began:
                marked += begin
                began = True
            marked += [*self.lines(one), one]
        return marked if began else [*marked, *begin]

    def lines(self, one: ast.stmt) -> list[ast.stmt]:
        """The marks of the lines at which it begins."""
        return [self.mark(one, (line,)) for line in _beginnings(one)]

    def generic_visit(self, node: ast.AST) -> None:
        for name in ("body", "orelse", "finalbody"):
            statements = getattr(node, name, None)
            if isinstance(statements, list) and statements:
                setattr(node, name, self.body(statements))
        tried: list[ast.stmt] = []
        for handler in getattr(node, "handlers", ()):
            # Who comes to a handler has passed by those before.
            tried = [*tried, self.mark(handler.body[0], (handler.lineno,))]
            handler.body = self.body(handler.body, tried)

    def visit_If(self, node: ast.If | ast.While | ast.For | ast.AsyncFor) -> None:
        """Both ways; where there is no other, one is made."""
        taken, other = self.ways(node, node.lineno, node.body)
        node.body = self.body(node.body, [taken])
        node.orelse = self.body(node.orelse, [other])

    visit_While = visit_For = visit_AsyncFor = visit_If

    def visit_Match(self, node: ast.Match) -> None:
        """Who comes to a case has passed by those before."""
        passed: list[ast.stmt] = []
        for case in node.cases:
            line = case.pattern.lineno
            taken, other = self.ways(case.pattern, line, case.body)
            case.body = self.body(case.body, [*passed, self.mark(case.pattern, (line,)), taken])
            passed = [*passed, self.mark(case.pattern, (line,)), other]
        last = node.cases[-1]
        if last.guard or not isinstance(last.pattern, ast.MatchAs) or last.pattern.pattern:
            none = ast.copy_location(ast.MatchAs(), last.pattern)
            node.cases.append(ast.match_case(none, None, passed))

    def ways(self, at: ast.AST, line: int, body: Sequence[ast.stmt]) -> tuple[ast.stmt, ast.stmt]:
        """The marks of the way into the body and of the way by it."""
        first = min(
            [body[0].lineno, *(one.lineno for one in getattr(body[0], "decorator_list", ()))]
        )
        last = body[-1].end_lineno or first
        taken, other = (self.mark(at, (line, first, last, into)) for into in (True, False))
        return taken, other


def _beginnings(one: ast.stmt) -> list[int]:
    return sorted({one.lineno, *(above.lineno for above in getattr(one, "decorator_list", ()))})


def _must_come_first(one: ast.stmt, place: int) -> bool:
    """A docstring, or what is taken from the future."""
    if isinstance(one, ast.ImportFrom):
        return one.module == "__future__"
    said = one.value if isinstance(one, ast.Expr) and place == 0 else None
    return isinstance(said, ast.Constant) and isinstance(said.value, str)


def marked(source: bytes, path: str) -> tuple[CodeType, list[Mark]]:
    """A module's code with its marks, and what each of them tells."""
    tree, marking = ast.parse(source, path), Marking()
    tree.body = marking.body(tree.body)
    return compile(tree, path, "exec", dont_inherit=True), marking.marks


class Loader(importlib.machinery.SourceFileLoader):
    """Loads a module of the application with its marks."""

    def get_code(self, fullname: str) -> CodeType:
        path = self.get_filename(fullname)
        code, marks = marked(self.get_data(path), path)
        # A module that is loaded anew goes on with what was seen.
        MARKS.setdefault(path, (marks, [0] * len(marks)))
        return code

    def exec_module(self, module: ModuleType) -> None:
        code = self.get_code(module.__name__)
        module.__dict__[SEEN] = MARKS[self.path][1]
        exec(code, module.__dict__)  # noqa: S102 it is our own module


class Finder(importlib.abc.MetaPathFinder):
    """Finds the modules of the application before anybody else does."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if fullname.partition(".")[0] != "app":
            return None
        spec = importlib.machinery.PathFinder.find_spec(fullname, path, target)
        if spec is not None and isinstance(spec.loader, importlib.machinery.SourceFileLoader):
            spec.loader = Loader(spec.loader.name, spec.loader.path)
        return spec


def pytest_unconfigure() -> None:
    """Leave what was seen."""
    if FOLDER not in os.environ:
        return
    folder = Path(os.environ[FOLDER])
    folder.mkdir(parents=True, exist_ok=True)
    told = {
        str(Path(path).relative_to(ROOT)): [
            mark for mark, seen in zip(*MARKS[path], strict=True) if seen
        ]
        for path in MARKS
    }
    (folder / f"{os.getpid()}.json").write_text(json.dumps(told))


def main() -> int:
    """Hand all that was seen to coverage, which reports on it."""
    measuring = Coverage()
    measuring.erase()
    kept: CoverageData = measuring.get_data()
    seen: dict[str, set[Mark]] = {}
    for file in Path(os.environ[FOLDER]).glob("*.json"):
        for name, marks in json.loads(file.read_text()).items():
            seen.setdefault(name, set()).update(map(tuple, marks))
    kept.add_arcs({str(ROOT / name): arcs(ROOT / name, marks) for name, marks in seen.items()})
    # What nobody imported counts too.
    kept.touch_files([str(file) for file in (ROOT / "app").rglob("*.py")])
    kept.write()
    return 0


def arcs(file: Path, marks: set[Mark]) -> set[tuple[int, int]]:
    """The steps from line to line that these marks tell of."""
    passed = {(-1, mark[0]) for mark in marks}
    branches = [mark for mark in marks if len(mark) > 1]
    if branches:
        parser = PythonParser(filename=str(file))
        parser.parse_source()
        known = parser.arcs()
        for line, first, last, into in branches:
            start = parser.first_line(line)
            passed |= {
                (start, end)
                for begin, end in known
                if begin == start and (first <= end <= last) is into
            }
    return passed


if __name__ == "__main__":
    sys.exit(main())

# Loaded before the application is, by `-p tests.measuring` in pyproject.toml.
if FOLDER in os.environ:
    sys.meta_path.insert(0, Finder())
