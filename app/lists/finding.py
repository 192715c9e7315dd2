"""The rows that are asked for: of the database page by page, or of a few at hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import Select, func

from app.core.database import db
from app.core.folding import asked_words, printable, search_text
from app.core.searching import LONGEST_SEARCH
from app.lists.asking import ListAddress
from app.lists.describing import ListOf, Row

# So many numbers at once go into one statement: a database takes no more values than some tens of
# thousands, and a page never has as many.
AT_ONCE = 5_000
Told = TypeVar("Told", covariant=True)


class RowSelection(Protocol[Told]):
    """What fits, in order."""

    @property
    def count(self) -> int:
        """How many there are."""
        ...

    def rows(self, first: int = 0, most: int | None = None) -> Sequence[Told]:
        """So many of them from the first on; all where no number is told."""
        ...

    def numbers(self) -> Sequence[int]:
        """The numbers of all, in order."""
        ...


@dataclass(frozen=True)
class StoredRows(Generic[Row]):
    """Rows of the database: `numbers` selects one unique column, with what filters and order need;
    `load` reads the rows of some numbers, in any order."""

    numbers: Select[int]
    load: Callable[[Sequence[int]], Iterable[Row]]
    number_of: Callable[[Row], int]

    def asked(self, described: ListOf[Row], asked: ListAddress) -> SelectedRows[Row]:
        """Narrowed and ordered."""
        statement = self.numbers
        if asked.search and described.searched:
            statement = statement.where(described.searched(asked.search))
        for narrowing in described.filters:
            if value := asked.chosen.get(narrowing.key):
                statement = statement.where(narrowing.where(value))
        (unique,) = statement.selected_columns
        by = [_directed(one, asked.backwards) for one in described.sorts[asked.sorted_by].order]
        count = statement.with_only_columns(func.count(), maintain_column_froms=True)
        total = int(db.session.scalar(count.order_by(None)) or 0)
        return SelectedRows(self, statement.order_by(*by, unique), total)


@dataclass(frozen=True)
class SelectedRows(Generic[Row]):
    """The rows of the database that fit."""

    source: StoredRows[Row]
    statement: Select[int]
    count: int

    def rows(self, first: int = 0, most: int | None = None) -> list[Row]:
        """Two statements for a page, however many rows there are."""
        return self._loaded(db.session.scalars(self.statement.offset(first).limit(most)).all())

    def numbers(self) -> list[int]:
        """One statement."""
        return list(db.session.scalars(self.statement))

    def _loaded(self, numbers: Sequence[int]) -> list[Row]:
        some = [numbers[at : at + AT_ONCE] for at in range(0, len(numbers), AT_ONCE)]
        by_number = {
            self.source.number_of(row): row for part in some for row in self.source.load(part)
        }
        return [by_number[number] for number in numbers if number in by_number]


@dataclass(frozen=True)
class RowsAtHand(Generic[Row]):
    """A few rows that were read already: some hundreds at most."""

    all_rows: Sequence[Row]
    number_of: Callable[[Row], int] = id

    def asked(self, described: ListOf[Row], asked: ListAddress) -> SelectedAtHand[Row]:
        """Narrowed and ordered; rows alike keep the order in which they were handed over."""
        rows = [row for row in self.all_rows if _fits(described, asked, row)]
        key = described.sorts[asked.sorted_by].order
        filled = [row for row in rows if key(row) is not None]
        empty = [row for row in rows if key(row) is None]
        return SelectedAtHand(
            self, [*sorted(filled, key=key, reverse=asked.backwards), *empty], len(rows)
        )


@dataclass(frozen=True)
class SelectedAtHand(Generic[Row]):
    """The rows at hand that fit."""

    source: RowsAtHand[Row]
    fitting: Sequence[Row]
    count: int

    def rows(self, first: int = 0, most: int | None = None) -> Sequence[Row]:
        """A part of them."""
        return self.fitting[first : None if most is None else first + most]

    def numbers(self) -> list[int]:
        """Of all."""
        return [self.source.number_of(row) for row in self.fitting]


def text_holds(text: str, search: str) -> bool:
    """Whether a text holds each of the words typed, folded, as `searching.holds` asks a column."""
    looked_through = search_text(text)
    words = asked_words(printable(search[:LONGEST_SEARCH]))
    return all(word in looked_through for word in words)


def _fits(described: ListOf[Row], asked: ListAddress, row: Row) -> bool:
    if (
        asked.search
        and described.searched
        and not text_holds(described.searched(row), asked.search)
    ):
        return False
    return all(
        narrowing.where(row, asked.chosen[narrowing.key])
        for narrowing in described.filters
        if narrowing.key in asked.chosen
    )


def _directed(expression: Any, backwards: bool) -> Any:
    """What has no value stands last both ways, on both databases."""
    return (expression.desc() if backwards else expression.asc()).nulls_last()
