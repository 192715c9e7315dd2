"""The marks in the application tell what coverage's own tracer sees."""

from __future__ import annotations

from pathlib import Path

from coverage import Coverage
from coverage.parser import PythonParser

from tests.measuring import SEEN, arcs, marked

SAMPLE = b'''"""Says nothing."""

from __future__ import annotations

from contextlib import suppress
from functools import cache


@cache
def way(number: int) -> str:
    """Docstring."""
    if number == 1:
        return "one"
    elif number == 2:
        said = (
            "two"
        )
    if number > 1:
        said = "more"
    for turn in range(number):
        if turn == 2:
            break
        if turn == 5:
            continue
    else:
        said = "all"
    while number > 7:
        number -= 1
    return said


def caught(wrong: Exception | None) -> str:
    try:
        if wrong:
            raise wrong
    except KeyError:
        return "key"
    except (ValueError, TypeError):
        return "value"
    finally:
        with suppress(OSError):
            raise OSError
    return "none"


def which(thing: object) -> object:
    match thing:
        case 1:
            return "one"
        case [first, _] if first:
            thing = first
        case str():
            thing = "text"
    match thing:
        case "text":
            return sorted([2, 1], key=lambda number: -number)
        case _:
            pass
    return thing


class Never:
    number: int = 1

    @property
    def never(self) -> int:
        return self.number


for number in (1, 2, 3, 9):
    way(number)
for wrong in (None, ValueError()):
    caught(wrong)
for thing in ([1, 2], "x", 4):
    which(thing)
'''


def test_marks_tell_what_the_tracer_sees(tmp_path: Path) -> None:
    file = tmp_path / "sample.py"
    file.write_bytes(SAMPLE)
    parser = PythonParser(filename=str(file))
    parser.parse_source()
    branching = {line for line, ways in parser.exit_counts().items() if ways > 1}
    known = {arc for arc in parser.arcs() if arc[0] in branching}
    traced, told = by_the_tracer(file), by_marks(file)
    assert len(known) >= 30
    assert known & told == known & parser.translate_arcs(traced)
    assert lines(told) & parser.statements == parser.first_lines(lines(traced)) & parser.statements


def lines(passed: set[tuple[int, int]]) -> set[int]:
    """The lines that these steps touch."""
    return {line for step in passed for line in step if line > 0}


def by_marks(file: Path) -> set[tuple[int, int]]:
    code, marks = marked(file.read_bytes(), str(file))
    seen = [0] * len(marks)
    exec(code, {"__name__": "sample", SEEN: seen})  # noqa: S102
    return arcs(file, {mark for mark, passed in zip(marks, seen, strict=True) if passed})


def by_the_tracer(file: Path) -> set[tuple[int, int]]:
    tracing = Coverage(data_file=None, branch=True, include=[str(file)], config_file=False)
    tracing.start()
    try:
        exec(compile(file.read_bytes(), str(file), "exec"), {"__name__": "sample"})  # noqa: S102
    finally:
        tracing.stop()
    return set(tracing.get_data().arcs(str(file)) or ())
