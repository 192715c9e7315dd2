"""Hiding cells of a two-way table with shown margins, and what a reader can still work out."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import TypeAlias

Table: TypeAlias = Sequence[Sequence[int]]
Cell: TypeAlias = tuple[int, int]
Node: TypeAlias = tuple[str, int]

ENDLESS = 10**12


def hidden_in_table(table: Table, least: int) -> frozenset[Cell]:
    """The cells to hide: the small ones, and for each the cheapest rectangle that covers it."""
    small = {cell for cell in _cells(table) if _at(table, cell) < least}
    hidden = set(small)
    while len(hidden) < len(list(_cells(table))):
        bare = next((cell for cell in sorted(small) if _width(table, hidden, cell) < least), None)
        if bare is None:
            break
        hidden |= _cheapest_rectangle(table, hidden, bare, least)
    return frozenset(hidden)


def feasible(table: Table, hidden: frozenset[Cell]) -> dict[Cell, tuple[int, int]]:
    """For each hidden cell the least and most it can be, given all that is shown."""
    return {cell: _range(table, hidden, cell) for cell in sorted(hidden)}


def _cheapest_rectangle(table: Table, hidden: set[Cell], cell: Cell, least: int) -> frozenset[Cell]:
    """The rectangle with fewest people newly hidden among those that protect the cell enough."""

    def cost(rectangle: frozenset[Cell]) -> tuple[bool, int, list[Cell]]:
        weak = _width(table, hidden | rectangle, cell) < least
        return weak, sum(_at(table, new) for new in rectangle - hidden), sorted(rectangle)

    return min(
        (rectangle for rectangle in _rectangles(table, cell) if rectangle - hidden), key=cost
    )


def _rectangles(table: Table, cell: Cell) -> Iterator[frozenset[Cell]]:
    row, column = cell
    for other in range(len(table)):
        for aside in range(len(table[0])):
            if other != row and aside != column:
                yield frozenset({cell, (row, aside), (other, column), (other, aside)})
    if len(table) == 1 or len(table[0]) == 1:
        yield frozenset(_cells(table))


def _width(table: Table, hidden: set[Cell] | frozenset[Cell], cell: Cell) -> int:
    low, high = _range(table, frozenset(hidden), cell)
    return high - low


def _range(table: Table, hidden: frozenset[Cell], cell: Cell) -> tuple[int, int]:
    """Extremes by the largest flow of people around the hidden cells, row to column and back."""
    value = _at(table, cell)
    others = {other: _at(table, other) for other in hidden if other != cell}
    taken = {(("row", row), ("column", column)): n for (row, column), n in others.items()}
    given = {(("row", row), ("column", column)): ENDLESS for row, column in others}
    back_given = {(end, start): ENDLESS for start, end in taken}
    back_taken = {(end, start): n for (start, end), n in taken.items()}
    start, end = ("row", cell[0]), ("column", cell[1])
    rise = _flow({**taken, **back_given}, start, end)
    fall = _flow({**given, **back_taken}, start, end)
    return value - min(value, fall), value + rise


def _flow(capacities: Mapping[tuple[Node, Node], int], start: Node, end: Node) -> int:
    left = dict(capacities)
    total = 0
    while path := _path(left, start, end):
        steps = list(pairwise(path))
        amount = min(left[step] for step in steps)
        total += amount
        for one, two in steps:
            left[one, two] -= amount
            left[two, one] = left.get((two, one), 0) + amount
    return total


def _path(left: Mapping[tuple[Node, Node], int], start: Node, end: Node) -> list[Node]:
    paths: list[list[Node]] = [[start]]
    seen = {start}
    for path in paths:
        if path[-1] == end:
            return path
        for (one, two), room in left.items():
            if one == path[-1] and room > 0 and two not in seen:
                seen.add(two)
                paths.append([*path, two])
    return []


def _cells(table: Table) -> Iterator[Cell]:
    return ((row, column) for row in range(len(table)) for column in range(len(table[row])))


def _at(table: Table, cell: Cell) -> int:
    return table[cell[0]][cell[1]]
