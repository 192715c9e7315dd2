"""Codes that a hand scanner types on the keys of other countries."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from app.tickets.rules.codes import (
    TicketCode,
    read_code,
    read_short,
    shown_short,
    ticket_code,
    ticket_url,
    typed_codes,
)
from app.tickets.rules.keyboards import is_garbled
from tests.checkin.keyboards import KEYBOARDS, SPOILT, typed_on

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
CODE = ticket_code(7, 2**62 + 5, KEY.sign)
ADDRESS = ticket_url("https://torvet-1.example", CODE)
LEGIBLE = sorted(KEYBOARDS.keys() - {*SPOILT})
SCANDINAVIAN = ("danish", "norwegian", "swedish", "icelandic", "spanish")
SHORT = "amy23wzq78"


def texts(codes: list[TicketCode]) -> list[str]:
    return [code.text for code in codes]


@pytest.mark.parametrize("keyboard", LEGIBLE)
def test_a_code_is_among_the_readings_on_every_keyboard_that_leaves_digits_alone(
    keyboard: str,
) -> None:
    for scanned in (ADDRESS, CODE, f"]Q3{CODE}", ADDRESS.lower()):
        assert CODE in texts(typed_codes(typed_on(keyboard, scanned))), scanned


@pytest.mark.parametrize("keyboard", SCANDINAVIAN)
def test_the_code_behind_a_scandinavian_address_is_read_at_once(keyboard: str) -> None:
    typed = typed_on(keyboard, ADDRESS)
    read = read_code(typed)
    assert read is not None and read.text == CODE
    assert read_code(typed.lower()) == read
    assert not is_garbled(ADDRESS)


@pytest.mark.parametrize("before", ["", "]Q1", "]Q3", "AB-", "XYZ", "HTTPSÆ--T.DK-M-", "№ "])
def test_the_code_at_the_end_counts_whatever_a_scanner_puts_before_it(before: str) -> None:
    assert texts(typed_codes(before + CODE))[0] == CODE


@pytest.mark.parametrize("broken", ["", "T-", CODE[1:], CODE + "=", "WIFI:T:WPA;S:Torvet;;"])
def test_what_ends_in_no_code_has_no_reading(broken: str) -> None:
    assert CODE not in texts(typed_codes(broken))


@pytest.mark.parametrize("foreign", [f"XT-{CODE}", f"-T+{CODE}", f"-M-{CODE}", f"2T2{CODE}"])
def test_elsewhere_only_strokes_that_are_alike_stand_for_the_mark(foreign: str) -> None:
    assert read_code(foreign) is None


@pytest.mark.parametrize("keyboard", SPOILT)
def test_spoilt_digits_are_told_from_other_texts(keyboard: str) -> None:
    typed = typed_on(keyboard, ADDRESS)
    assert typed_codes(typed) == []
    assert is_garbled(typed)
    assert is_garbled(typed_on(keyboard, CODE))


@pytest.mark.parametrize(
    "text",
    [
        "HTTPS://SHOP.EXAMPLE/OFFER?ID=" + "9081" * 40,
        "https://torvet.example/t/" + CODE[:-9],
        "5701234567890",
        "Anne-Marie O'Connor",
        "Bent Hansen",
        "ABCDE-FGHJK",
        "",
    ],
)
def test_other_texts_are_not_taken_for_a_wrong_layout(text: str) -> None:
    assert not is_garbled(text)


@pytest.mark.parametrize("keyboard", sorted(LEGIBLE))
def test_a_short_code_is_read_whatever_its_dash_becomes(keyboard: str) -> None:
    typed = typed_on(keyboard, shown_short(SHORT))
    if keyboard == "swiss":
        # Its dash is that of Spanish keys, which leave letters alone.
        typed = typed_on("spanish", shown_short(SHORT))
    assert read_short(typed) == SHORT


@pytest.mark.parametrize("keyboard", ["french", "czech"])
def test_a_short_code_with_spoilt_digits_is_told_too(keyboard: str) -> None:
    typed = typed_on(keyboard, shown_short(SHORT))
    assert read_short(typed) is None
    assert is_garbled(typed)
