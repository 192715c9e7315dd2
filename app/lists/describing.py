"""A list as its capability describes it, once, in plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from app.core.cells import Cell
from app.core.texts import Lazy

Row = TypeVar("Row")


@dataclass(frozen=True)
class Column(Generic[Row]):
    """One column: its heading, what it holds, and what orders it.

    `value` is what files hold, and what the page shows where its template does not say otherwise;
    without it the column is the page's alone. `order` is for rows of a database the expressions it
    sorts by, for rows at hand a key of the row; without it the column orders nothing. `falls`:
    the greatest first when its heading is pressed. `on_page` false: in files alone.
    """

    key: str
    heading: Lazy | str
    value: Callable[[Row], Cell] | None = None
    order: Any = None
    numeric: bool = False
    falls: bool = False
    on_page: bool = True


@dataclass(frozen=True)
class Filter:
    """One choice that narrows the list, as a condition on the value chosen.

    For rows of a database `where(value)` is an expression, for rows at hand `where(row, value)`
    tells. What is to choose from is given when the list is shown, where it depends on rows.
    """

    key: str
    label: Lazy
    where: Callable[..., Any]
    choices: Mapping[str, Lazy | str] = field(default_factory=dict)


@dataclass(frozen=True)
class ListOf(Generic[Row]):
    """A list: what it is called as a file, its columns, what is looked through, how it begins.

    `searched` makes a condition of what was typed, or for rows at hand the row's text.
    """

    filename: str
    columns: Sequence[Column[Row]]
    sort: str
    filters: Sequence[Filter] = ()
    searched: Callable[..., Any] | None = None
    search_label: Lazy | None = None

    @property
    def sorts(self) -> dict[str, Column[Row]]:
        """The columns that can order the rows, by key."""
        return {column.key: column for column in self.columns if column.order is not None}

    @property
    def on_page(self) -> list[Column[Row]]:
        """The columns that the page shows."""
        return [column for column in self.columns if column.on_page]

    @property
    def in_files(self) -> list[Column[Row]]:
        """The columns that files have."""
        return [column for column in self.columns if column.value is not None]
