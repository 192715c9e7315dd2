"""The house rules that can be read off the sources: layout, arrows, budgets, names, style."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import pytest

from deploy.npm import node_path
from tests.house import sources, untyped
from tests.house.sources import ROOT

BIN = Path(sys.executable).parent
PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border)-(?:left|right)(?:-\w+)?|left|right|text-align:\s*(?:left|right)"
    r"|float:\s*(?:left|right))\s*(?=[:;])"
)
VAGUE = frozenset(
    ["manager", "helper", "helpers", "util", "utils", "handle", "process", "data", "info"]
)
# Names that a library asks for.
ASKED_FOR = frozenset(
    {"process_bind_param", "process_data", "process_formdata", "process_result_value"}
)
# Where a library's name on the shelf differs from the one it is imported by.
DISTRIBUTIONS = {
    "PIL": "pillow",
    "markdown_it": "markdown_it_py",
    "phonenumbers": "phonenumberslite",
    "png": "pypng",
    "stdnum": "python_stdnum",
}
# Packages that are no capability of the domain: they have no tables and no pages.
BESIDE = {"core", "demo", "lists", "post"}
OWN_FIELD = re.compile(r"<(?:input|select|textarea)\b", re.IGNORECASE)
# A plan, or a name that a module keeps to itself.
INWARD = re.compile(r"^from app[\w.]* import .*\b_\w|\bEX" r"PLAIN\b", re.MULTILINE)
BANNER = re.compile(r"^\s*#\s*[-=#*]{4,}")


def run(*command: str) -> None:
    """Run one of the tools; its complaints are the test's failure."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-3000:]


def test_imports_follow_the_contracts() -> None:
    run(str(BIN / "lint-imports"), "--no-cache")


def test_every_capability_stands_in_the_contract_of_its_files() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = settings["tool"]["importlinter"]["contracts"]
    held = next(one["containers"] for one in contracts if "built of these files" in one["name"])
    expected = {f"app.{name}" for name in sources.packages() if name not in BESIDE}
    assert set(held) == expected


def test_ruff_finds_nothing() -> None:
    run(str(BIN / "ruff"), "check", "--quiet", ".")
    run(str(BIN / "ruff"), "format", "--quiet", "--check", ".")


def test_types_hold() -> None:
    run(str(BIN / "mypy"), "--no-error-summary")


def test_templates_are_well_formed() -> None:
    run(str(BIN / "djlint"), "--quiet", "--lint", "templates")


def test_browser_code_holds_its_types() -> None:
    run(str(node_path()), "node_modules/typescript/bin/tsc", "--project", "tsconfig.json")


def test_functions_keep_their_budget() -> None:
    found = list(sources.functions())
    assert_share_within([one.lines for one in found], 20, "functions")
    handlers = [one.lines for one in found if one.is_handler]
    assert_share_within(handlers, 15, "handlers")
    too_long = [str(one) for one in found if one.lines > 40 and not one.excused]
    assert not too_long, "\n".join(too_long)


def test_files_keep_their_budget() -> None:
    sizes = {file: len(file.read_text().splitlines()) for file in sources.modules("app")}
    assert_share_within(list(sizes.values()), 200, "files")
    too_long = [f"{file} {size}" for file, size in sizes.items() if size > 300]
    assert not [one for one in too_long if not sources.excused(Path(one.split()[0]))], too_long


def test_templates_keep_their_budget() -> None:
    sizes = [len(file.read_text().splitlines()) for file in sources.templates()]
    assert_share_within(sizes, 90, "templates")


def test_a_package_breaks_at_most_three_budgets() -> None:
    assert not {name: n for name, n in sources.escapes_by_package().items() if n > 3}


def test_no_package_outgrows_what_one_can_know() -> None:
    """What grows beyond is split by capability, not by kind of file."""
    lines = {
        name: sum(len(file.read_text().splitlines()) for file in sources.modules(f"app/{name}"))
        for name in sources.packages()
    }
    assert not {name: count for name, count in lines.items() if count > 6_500}


@pytest.mark.parametrize("folder", ["app", "deploy", "bench", "tests"])
def test_each_module_opens_with_a_sentence(folder: str) -> None:
    silent = [
        file
        for file in sources.modules(folder)
        if file.read_text().strip() and not (ast.get_docstring(sources.tree(file)) or "").strip()
    ]
    assert not silent


def test_comments_hold_no_banners_and_no_promises() -> None:
    found = [
        f"{file}:{number}"
        for file in [*sources.modules("app", "deploy", "tests", "bench"), *sources.templates()]
        for number, line in enumerate(file.read_text().splitlines(), start=1)
        if BANNER.match(line) or re.search(r"\b(TO" r"DO|FIX" r"ME|XX" r"X)\b", line)
    ]
    assert not found


def test_names_say_what_they_mean() -> None:
    vague = [
        f"{file.relative_to(ROOT)}: {node.name}"
        for file in sources.modules("app")
        for node in ast.walk(sources.tree(file))
        if isinstance(node, ast.FunctionDef | ast.ClassDef)
        and node.name not in ASKED_FOR
        and VAGUE & set(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", node.name).lower().split("_"))
    ]
    assert not vague


def test_no_public_class_name_stands_in_two_packages() -> None:
    found = defaultdict(set)
    for file in sources.modules("app"):
        for node in sources.tree(file).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                found[node.name].add(file.relative_to(ROOT).parts[:2])
    assert not {name: packages for name, packages in found.items() if len(packages) > 1}


def test_no_import_hides_in_a_function() -> None:
    hidden = [
        f"{file.relative_to(ROOT)}:{inner.lineno}"
        for file in sources.modules("app")
        for node in ast.walk(sources.tree(file))
        if isinstance(node, ast.FunctionDef)
        for inner in ast.walk(node)
        if isinstance(inner, ast.Import | ast.ImportFrom)
    ]
    assert not hidden


def test_a_package_says_what_it_is_and_hands_on_nothing() -> None:
    facades = [
        str(file.relative_to(ROOT))
        for file in sources.modules("app")
        if file.name == "__init__.py"
        and file.parent != ROOT / "app"
        and len(sources.tree(file).body) > 1
    ]
    assert not facades


def test_no_alias_is_shared_by_threads() -> None:
    """Where several threads first use one, some get a statement that names the plain table."""
    shared = [
        f"{file.relative_to(ROOT)}:{call.lineno}"
        for file in sources.modules("app", "deploy", "bench", "tests")
        for call in sources.calls_on_import(file)
        if sources.name_of(call) == "aliased"
    ]
    assert not shared


def test_what_is_kept_for_the_process_is_made_before_the_first_request() -> None:
    """A cache fills at the first use, in several threads at once: only plain values may do so."""
    allowed = {"app/devices/services/seals.py"}
    caching = {
        str(file.relative_to(ROOT))
        for file in sources.modules("app")
        for node in ast.walk(sources.tree(file))
        if isinstance(node, ast.ImportFrom) and node.module == "functools"
        for name in node.names
        if "cache" in name.name
    }
    assert caching == allowed


def test_only_the_unit_of_work_commits() -> None:
    allowed = {"app/core/unit_of_work.py", "app/core/limits.py", "app/core/access_log.py"}
    committing = [
        str(file.relative_to(ROOT))
        for file in sources.modules("app")
        if re.search(r"session\.commit\(|connection\.commit\(", file.read_text())
    ]
    assert set(committing) <= allowed


def test_forms_serve_their_own_pages_or_pages_above() -> None:
    # What several parts above share: events, profiles, questionnaires, applications, mailings.
    shared = {"core", "events", "organisations", "questions", "applications", "mailings"}
    borrowed = [
        f"{file.relative_to(ROOT)} imports {node.module}"
        for file in sources.modules("app")
        for node in ast.walk(sources.tree(file))
        if isinstance(node, ast.ImportFrom)
        and re.fullmatch(r"app\.\w+\.forms(\.\w+)?", node.module or "")
        and (node.module or "").split(".")[1] not in {file.relative_to(ROOT).parts[1], *shared}
    ]
    assert not borrowed


def test_every_library_that_is_imported_is_declared() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    declared = {re.split(r"[\[<>=~]", one)[0].replace("-", "_") for one in settings["dependencies"]}
    imported = {
        name.split(".")[0]
        for file in sources.modules("app")
        for node in ast.walk(sources.tree(file))
        for name in _imported(node)
    }
    foreign = imported - set(sys.stdlib_module_names) - {"app", "config", "psycopg", "alembic"}
    missing = {DISTRIBUTIONS.get(name, name).lower() for name in foreign} - declared
    assert not missing


def test_pages_take_their_fields_from_the_components() -> None:
    own = [
        f"{file.relative_to(ROOT)}: {match[0]}"
        for file in sources.templates()
        if "components" not in file.parts
        for match in OWN_FIELD.finditer(file.read_text())
    ]
    assert not own


def test_style_sheets_name_no_left_or_right() -> None:
    found = [
        f"{file.name}:{number} {line.strip()}"
        for file in sorted((ROOT / "static" / "css").rglob("*.css"))
        for number, line in enumerate(file.read_text().splitlines(), start=1)
        if PHYSICAL.search(line)
    ]
    assert not found


def test_locks_name_no_address() -> None:
    for lock in [*ROOT.glob("requirements*.lock"), ROOT / "package-lock.json"]:
        assert not re.search(r"index-url|find-links|\"resolved\"", lock.read_text()), lock


def test_migrations_stand_in_one_line() -> None:
    numbers = [file.name[:4] for file in sorted(ROOT.glob("migrations/versions/[0-9]*.py"))]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


def test_what_looks_inside_is_marked_as_free_to_go() -> None:
    unmarked = [
        str(file.relative_to(ROOT))
        for file in sources.modules("tests")
        if file.name.startswith("test_")
        and INWARD.search(file.read_text())
        and "mark.internal" not in file.read_text()
    ]
    assert not unmarked


def test_public_functions_say_what_they_return_and_take() -> None:
    assert untyped.untyped_functions() == set(untyped.EXCUSED)


def test_the_audit_trail_takes_no_bare_verb() -> None:
    assert not untyped.bare_verbs()


def assert_share_within(sizes: Sequence[int], limit: int, what: str) -> None:
    """Nine of ten must lie within the limit."""
    within = sum(size <= limit for size in sizes)
    assert within * 10 >= len(sizes) * 9, f"{within} of {len(sizes)} {what} within {limit} lines"


def _imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [one.name for one in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []
