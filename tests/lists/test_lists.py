"""The one list: what the address asks, what fits, in which order, and what a file holds."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime
from typing import NamedTuple

import pytest
from flask import Flask

from app.core.cells import Phone
from app.core.phones import for_reading
from app.lists import asking, files
from app.lists.asking import ListAddress
from app.lists.describing import Column, Filter, ListOf
from app.lists.finding import RowsAtHand
from app.lists.showing import shown, ticked


class Guest(NamedTuple):
    """A row at hand."""

    number: int
    name: str
    seats: int | None


GUESTS = [
    Guest(1, "I\u015f\u0131k Y\u0131lmaz", 2),
    Guest(2, "Åse Aa", None),
    Guest(3, "Al-Hassan", 12),
]
LIST: ListOf[Guest] = ListOf(
    "gaester",
    columns=(
        Column("name", "Navn", lambda guest: guest.name, order=lambda guest: guest.name),
        Column(
            "seats",
            "Pladser",
            lambda guest: guest.seats,
            order=lambda guest: guest.seats,
            falls=True,
        ),
        Column("note", "Note", lambda guest: "x", on_page=False),
    ),
    sort="name",
    filters=(
        Filter(
            "big",
            "Store",
            lambda guest, value: (value == "yes") == ((guest.seats or 0) > 5),
            {"yes": "Ja", "no": "Nej"},
        ),
    ),
    searched=lambda guest: guest.name,
)
# Any page with a list: how it is asked is the same for all.
PAGE = "/desk/organisations/"


def found(**asked: str) -> list[int]:
    address = asking.read(asked, ["big"], LIST.sorts, LIST.sort)
    return [guest.number for guest in RowsAtHand(GUESTS).asked(LIST, address).rows()]


@pytest.mark.parametrize(
    ("address", "page"),
    [
        ({}, 1),
        ({"page": "3"}, 3),
        ({"page": "0"}, 1),
        ({"page": "-2"}, 1),
        ({"page": "٣"}, 1),
        ({"page": "9" * 400}, 1),
        ({"page": "999999"}, asking.MOST_PAGES),
        ({"page": "x"}, 1),
    ],
)
def test_the_page_asked_for_is_a_number_within_reason(address: dict[str, str], page: int) -> None:
    assert asking.read(address, [], ["name"], "name").page == page


def test_what_an_address_asks_beyond_the_list_counts_for_nothing() -> None:
    strange = {"sort": "-password", "file": "exe", "tick": "some", "other": "1", "big": ""}
    assert asking.read(strange, ["big"], ["name"], "name") == ListAddress(sort="name")


def test_the_address_tells_only_what_differs_from_the_beginning() -> None:
    asked = ListAddress(search="ål", chosen={"big": "yes"}, sort="-seats", page=4)
    assert asked.parameters("name") == {
        "search": "ål",
        "big": "yes",
        "sort": "-seats",
        "page": "4",
    }
    assert asked.parameters("-seats", page=1, search="", chosen={}) == {}


@pytest.mark.parametrize(("rows", "last"), [(0, 1), (1, 1), (50, 1), (51, 2), (526, 11)])
def test_fifty_rows_make_a_page(rows: int, last: int) -> None:
    assert asking.last_page(rows) == last


def test_rows_at_hand_are_found_by_any_word_in_any_spelling() -> None:
    assert found(search="isik") == [1]
    assert found(search="hassan") == [3]
    assert found(search="aa åse") == [2]
    assert found(search="nobody") == []


def test_what_has_no_value_stands_last_both_ways() -> None:
    assert found(sort="seats") == [1, 3, 2]
    assert found(sort="-seats") == [3, 1, 2]


def test_a_filter_narrows() -> None:
    assert found(big="yes") == [3]
    assert found(big="no", search="ase") == [2]


@pytest.mark.only_on("sqlite")
def test_a_value_that_no_filter_offers_narrows_nothing(app: Flask) -> None:
    with app.test_request_context(f"{PAGE}?big=perhaps&page=7"):
        listed = shown(LIST, RowsAtHand(GUESTS, lambda guest: guest.number))
    assert (listed.count, listed.asked.page, listed.asked.is_narrowed) == (3, 1, False)


@pytest.mark.only_on("sqlite")
def test_a_head_sorts_by_its_column_and_pressed_again_the_other_way(app: Flask) -> None:
    with app.test_request_context(f"{PAGE}?search=a&page=2"):
        name, seats = shown(LIST, RowsAtHand(GUESTS)).heads
        assert (name.sorted, name.address) == ("ascending", f"{PAGE}?search=a&sort=-name")
        assert (seats.sorted, seats.address) == ("", f"{PAGE}?search=a&sort=-seats")


@pytest.mark.only_on("sqlite")
def test_all_found_are_ticked_with_those_on_other_pages(app: Flask) -> None:
    many = [Guest(number, f"{number:03}", 1) for number in range(120)]
    with app.test_request_context(f"{PAGE}?tick=all&page=2"):
        listed = shown(LIST, RowsAtHand(many, lambda guest: guest.number))
        assert [listed.rows[0].number, listed.rows[-1].number] == [50, 99]
        assert listed.elsewhere == [*range(50), *range(100, 120)]
        every = ",".join(map(str, listed.elsewhere))
    form = {"guest": ["50", "51", "x", "9" * 30], "every": every}
    with app.test_request_context(PAGE, method="POST", data=form):
        assert sorted(ticked("guest")) == sorted([*listed.elsewhere, 50, 51])


def test_the_highest_number_of_a_row_is_ticked_and_what_is_none_passed_over(app: Flask) -> None:
    highest = 2**63 - 1
    sent = {"guest": [str(highest), str(highest + 1), "9" * 40, "x", "٣", "-1"]}
    with app.test_request_context(method="POST", data=sent):
        assert ticked("guest") == [highest]


CELLS: list[Column[int]] = [
    Column("text", "Tekst", lambda _row: "=1+1"),
    Column("day", "=Dag", lambda _row: date(2026, 11, 30)),
    Column("moment", "Tid", lambda _row: datetime(2026, 7, 1, 12, 5, tzinfo=UTC)),
    Column("number", "Tal", lambda _row: 1650),
    Column("share", "Andel", lambda _row: 3.3333),
    Column("phone", "Telefon", lambda _row: Phone("+4520202020")),
    Column("yes", "Vand", lambda _row: True),
    Column("none", "Intet", lambda _row: None),
]


@pytest.mark.only_on("sqlite")
def test_csv_has_days_by_iso_one_decimal_with_comma_and_phones_as_text(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "da"}):
        kept = files.as_file("csv", "liste", CELLS, [1])
    heads, row, _end = kept.content.decode("utf-8-sig").split("\r\n")
    assert heads.split(";")[1] == "'=Dag"
    assert row == "'=1+1;2026-11-30;2026-07-01 14:05;1650;3,3;20 20 20 20;Ja;"
    assert kept.filename == "liste.csv"


@pytest.mark.only_on("sqlite")
def test_xlsx_has_typed_cells_and_no_formula(app: Flask) -> None:
    with app.test_request_context(headers={"Accept-Language": "da"}):
        kept = files.as_file("xlsx", "liste", CELLS, [1])
    book = zipfile.ZipFile(io.BytesIO(kept.content))
    sheet = book.read("xl/worksheets/sheet1.xml").decode()
    words = book.read("xl/sharedStrings.xml").decode()
    assert "<f>" not in sheet
    assert "<v>46356</v>" in sheet
    assert "<v>46204.5868" in sheet
    assert "<v>1650</v>" in sheet and "<v>3.3333</v>" in sheet
    assert "+4520202020" in words and "=1+1" in words and "Ja" in words
    assert 'quotePrefix="1"' in book.read("xl/styles.xml").decode()


@pytest.mark.parametrize(
    ("number", "read"),
    [
        ("+4520202020", "20 20 20 20"),
        ("+46701234567", "(+46) 70 123 45 67"),
        ("+4533661234 x5", "33 66 12 34 x5"),
        ("ukendt", "ukendt"),
    ],
)
def test_a_phone_number_is_written_so_that_no_spreadsheet_adds_it_up(
    number: str, read: str
) -> None:
    assert for_reading(number) == read
