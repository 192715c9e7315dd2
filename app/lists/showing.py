"""A list as its page shows it, and what was ticked in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Generic, NamedTuple, Protocol, TypeVar, Unpack

from flask import request, url_for
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField

from app.core.attachments import file_response
from app.core.cells import Cell
from app.core.forms import Form, options
from app.core.numbers import day_text, decimal_text, integer_text, moment_text
from app.core.texts import _
from app.lists import asking, files
from app.lists.asking import ALL, BACKWARDS, PAGE, PAGE_SIZE, ListAddress, ListChanges
from app.lists.describing import Column, Filter, ListOf, Row
from app.lists.finding import RowSelection

# The numbers of all rows found, ticked at once, as one value of the form.
EVERY = "every"
# The highest number that a row has; some are drawn at random from all below it.
HIGHEST_NUMBER = 2**63 - 1
MOST_DIGITS = len(str(HIGHEST_NUMBER))
Choices = Mapping[str, Mapping[str, object]]
Asking = TypeVar("Asking")


class RowSource(Protocol[Asking]):
    """Where a list's rows come from: `finding.StoredRows` or `finding.RowsAtHand`."""

    @property
    def number_of(self) -> Callable[[Asking], int]:
        """The number of a row."""
        ...

    def asked(self, described: ListOf[Asking], asked: ListAddress) -> RowSelection[Asking]:
        """What fits, in order."""
        ...


class Head(NamedTuple):
    """The head of a column: its address, where pressing it sorts, and how it sorts now."""

    column: Column[Any]
    address: str | None
    sorted: str


@dataclass(frozen=True)
class ListPage(Generic[Row]):
    """One page of a list."""

    described: ListOf[Row]
    asked: ListAddress
    form: Form
    selection: RowSelection[Row]
    number_of: Callable[[Row], int]
    rows: Sequence[Row]
    # Columns of files that depend on the rows: questions of a form, in words.
    more: Callable[[Sequence[Row]], Sequence[Column[Row]]] | None
    may_be_saved: bool

    @property
    def count(self) -> int:
        """How many fit, on all pages."""
        return self.selection.count

    @property
    def last_page(self) -> int:
        """The number of the last page."""
        return asking.last_page(self.count)

    @property
    def kinds(self) -> Sequence[str]:
        """The files that the reader may take away."""
        return asking.FILES if self.may_be_saved and self.count else ()

    @property
    def labels(self) -> dict[str, str]:
        """The heading of each column, by key."""
        return {column.key: str(column.heading) for column in self.described.columns}

    @property
    def numeric(self) -> set[str]:
        """The keys of the columns of numbers."""
        return {column.key for column in self.described.columns if column.numeric}

    @property
    def heads(self) -> list[Head]:
        """The heads of the columns that the page shows."""
        return [self._head(column) for column in self.described.on_page]

    def address(self, **changes: Unpack[ListChanges]) -> str:
        """The list's own address with these changes; the first page, unless another is asked."""
        changed: ListChanges = {"page": 1, "tick": "", "file": "", **changes}
        parameters = self.asked.parameters(self.described.sort, **changed)
        return url_for(str(request.endpoint), **{**(request.view_args or {}), **parameters})

    @property
    def whole(self) -> str:
        """The list without search and filters."""
        return self.address(search="", chosen={})

    def told(self) -> dict[str, str]:
        """What the address says of search and filters, for other pages of the same rows."""
        begins = self.described.sort
        return self.asked.parameters(begins, sort=begins, page=1, tick="", file="")

    def text(self, row: Row, key: str) -> str:
        """What stands in the cell of a column where the page says nothing else."""
        column = next(one for one in self.described.columns if one.key == key)
        return cell_text(column.value(row)) if column.value else ""

    def is_ticked(self, row: Row) -> bool:
        """Whether the page comes with the row's box ticked."""
        return self.asked.tick in (PAGE, ALL) and self.number_of(row) is not None

    @property
    def elsewhere(self) -> list[int]:
        """The numbers that are ticked and stand on other pages."""
        if self.asked.tick != ALL:
            return []
        here = {self.number_of(row) for row in self.rows}
        return [number for number in self.selection.numbers() if number not in here]

    def file(self, kind: str = "") -> Response:
        """All that fits as a file; of the kind that the address asks for."""
        rows = self.selection.rows()
        more = self.more(rows) if self.more else ()
        columns = [*self.described.in_files, *more]
        kept = files.as_file(kind or self.asked.file, self.described.filename, columns, rows)
        return file_response(kept)

    @property
    def is_file(self) -> bool:
        """Whether the address asks for a file that the reader may have."""
        return bool(self.asked.file) and self.may_be_saved

    def _head(self, column: Column[Row]) -> Head:
        if column.key not in self.described.sorts:
            return Head(column, None, "")
        now = ""
        if self.asked.sorted_by == column.key:
            now = "descending" if self.asked.backwards else "ascending"
        falls = now == "ascending" if now else column.falls
        return Head(column, self.address(sort=(BACKWARDS if falls else "") + column.key), now)


def shown(
    described: ListOf[Row],
    source: RowSource[Row],
    *,
    choices: Choices | None = None,
    more: Callable[[Sequence[Row]], Sequence[Column[Row]]] | None = None,
    may_be_saved: bool = True,
) -> ListPage[Row]:
    """The page of the list that the address asks for; `choices` by filter, where rows tell them."""
    asked = _asked(described, choices or {})
    selection = source.asked(described, asked)
    here = min(asked.page, asking.last_page(selection.count))
    asked = replace(asked, page=here)
    as_file = asked.file and may_be_saved
    rows = () if as_file else selection.rows((here - 1) * PAGE_SIZE, PAGE_SIZE)
    form = _form(described, asked, choices or {})
    return ListPage(described, asked, form, selection, source.number_of, rows, more, may_be_saved)


def ticked(name: str) -> list[int]:
    """The numbers of the rows that were ticked, those on other pages of the list among them."""
    sent = [*request.form.getlist(name), *request.form.get(EVERY, "").split(",")]
    numbers = (
        int(one) for one in sent if one.isascii() and one.isdecimal() and len(one) <= MOST_DIGITS
    )
    return list(dict.fromkeys(number for number in numbers if number <= HIGHEST_NUMBER))


def cell_text(cell: Cell) -> str:
    """A value as the reader's language writes it."""
    if isinstance(cell, bool):
        return _("Yes") if cell else _("No")
    if isinstance(cell, datetime):
        return moment_text(cell)
    if isinstance(cell, date):
        return day_text(cell)
    if isinstance(cell, float):
        return decimal_text(cell)
    return integer_text(cell) if isinstance(cell, int) else cell or ""


def _asked(described: ListOf[Any], choices: Choices) -> ListAddress:
    keys = [one.key for one in described.filters]
    asked = asking.read(request.args, keys, described.sorts, described.sort)
    known = {one.key: {*_choices_of(one, choices)} for one in described.filters}
    chosen = {key: value for key, value in asked.chosen.items() if value in known[key]}
    return replace(asked, chosen=chosen)


def _choices_of(narrowing: Filter, choices: Choices) -> Mapping[str, object]:
    return choices.get(narrowing.key, narrowing.choices)


def _form(described: ListOf[Any], asked: ListAddress, choices: Choices) -> Form:
    """The fields above the list: what is looked for, each filter, the order for phones."""
    fields: dict[str, Any] = {}
    if described.searched:
        label = described.search_label or _("Search")
        fields["search"] = StringField(label, id="list-search", render_kw={"type": "search"})
    for one in described.filters:
        offered = options({"": _("All")} | dict(_choices_of(one, choices)))
        fields[one.key] = SelectField(one.label, id=f"list-{one.key}", choices=offered)
    if len(described.sorts) > 1:
        fields["sort"] = SelectField(_("Sort by"), id="list-sort", choices=_orders(described))
    made: type[Form] = type("ListForm", (Form,), fields)
    values = {"search": asked.search, "sort": asked.sort, **asked.chosen}
    return made(formdata=None, data=values, meta={"csrf": False})


def _orders(described: ListOf[Any]) -> Any:
    ways = []
    for key, column in described.sorts.items():
        first, other = (BACKWARDS + key, key) if column.falls else (key, BACKWARDS + key)
        backwards = _("%(column)s, the last first", column=column.heading)
        ways += [(first, str(column.heading)), (other, backwards)]
    return options(ways)
