"""The ticket code: made, read back, changed, cut and typed."""

from __future__ import annotations

import random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from app.core.signing import is_signed
from app.core.tokens import short_code
from app.tickets.rules.codes import (
    CODE_CHARACTERS,
    TicketCode,
    code_in,
    read_code,
    read_short,
    shown_short,
    ticket_code,
    ticket_url,
)

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
PUBLIC = KEY.public_key().public_bytes_raw()
CODE = ticket_code(7, 2**62 + 5, KEY.sign)

events = st.integers(0, 2**32 - 1)
tickets = st.integers(0, 2**63 - 1)


def genuine(code: TicketCode | None) -> bool:
    return code is not None and is_signed(PUBLIC, code.signature, code.payload)


@given(events, tickets)
def test_a_code_reads_back_in_either_case_and_within_its_address(event: int, ticket: int) -> None:
    code = ticket_code(event, ticket, KEY.sign)
    assert len(code) == CODE_CHARACTERS
    for scanned in (code, code.lower(), ticket_url("https://torvet.example", code), f" {code}\n"):
        read = read_code(scanned)
        assert read is not None
        assert (read.event_id, read.ticket_id, read.text) == (event, ticket, code)
        assert genuine(read)


def test_the_address_is_all_capitals() -> None:
    address = ticket_url("https://torvet.example/", CODE)
    assert address == f"HTTPS://TORVET.EXAMPLE/T/{CODE}"
    assert code_in(address.lower()) == CODE


def test_the_same_ticket_always_has_the_same_code() -> None:
    assert ticket_code(7, 2**62 + 5, KEY.sign) == CODE


@pytest.mark.parametrize(
    "broken",
    ["", "A", CODE[:-1], CODE + "A", CODE[:-1] + "=", CODE[:60] + "1" + CODE[61:], "É" * 124],
)
def test_what_is_not_exactly_a_code_is_none(broken: str) -> None:
    assert read_code(broken) is None


def test_the_four_spare_bits_must_be_zero() -> None:
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
    last = alphabet.index(CODE[-1])
    assert last % 16 == 0
    for spare in range(1, 16):
        assert read_code(CODE[:-1] + alphabet[last + spare]) is None


def test_another_version_and_an_id_beyond_63_bits_are_no_code() -> None:
    assert read_code("AI" + CODE[2:]) is None
    assert read_code(ticket_code(7, 2**63, KEY.sign)) is None


def test_no_changed_character_keeps_a_code_genuine() -> None:
    chance = random.Random(20260328)
    for place in range(CODE_CHARACTERS):
        other = chance.choice([c for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" if c != CODE[place]])
        assert not genuine(read_code(CODE[:place] + other + CODE[place + 1 :]))


def test_a_code_of_one_event_is_not_genuine_under_the_key_of_another() -> None:
    other = Ed25519PrivateKey.generate().public_key().public_bytes_raw()
    read = read_code(CODE)
    assert read is not None
    assert not is_signed(other, read.signature, read.payload)


@given(st.text())
def test_any_text_is_read_without_trouble(text: str) -> None:
    assert read_code(text) is None
    short = read_short(text)
    assert short is None or len(short) == 10


def test_a_short_code_is_read_however_it_is_typed() -> None:
    short = short_code()
    sloppy = f"  {shown_short(short).replace('-', ' – ')}. "
    assert read_short(sloppy) == short
    assert read_short(short.upper()) == short


@pytest.mark.parametrize("typed", ["", "ABCDE", "0BCDE-FGHJK", "ABCDE-FGHJKM", "ABCDE-FGHJ1"])
def test_what_cannot_be_a_short_code_is_none(typed: str) -> None:
    assert read_short(typed) is None
