"""The ticket code: what stands in the QR, how it is signed, read back, and typed by hand."""

import base64
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from app.core.digits import western
from app.tickets.rules.keyboards import is_mark, under_layouts, without_dash

VERSION: Final = 1
PAYLOAD_BYTES: Final = 13
SIGNATURE_BYTES: Final = 64
CODE_CHARACTERS: Final = 124
SHORT_CHARACTERS: Final = 10
SHORT_ALPHABET: Final = "23456789abcdefghjkmnpqrstuvwxyz"
URL_MARK: Final = "/T/"
# Longer than any address that a hand scanner types into a field.
LONGEST_TYPED: Final = 400
_SPARE_BITS: Final = 4
_WHOLE: Final = re.compile(rf"[A-Z2-7]{{{CODE_CHARACTERS}}}")
_DIGITS: Final = str.maketrans(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", "0123456789abcdefghijklmnopqrstuv"
)
_HIGHEST_FIRST_BYTE: Final = 0x7F  # ticket ids are 63-bit numbers
_IGNORED_WHEN_TYPED: Final = str.maketrans("", "", " \t\r\n\u00a0-–—._")


@dataclass(frozen=True, slots=True)
class TicketCode:
    """A well-formed code; whether its signature is genuine is a separate question."""

    event_id: int
    ticket_id: int
    signature: bytes
    # The 124 capital characters.
    text: str

    @property
    def payload(self) -> bytes:
        return payload(self.event_id, self.ticket_id)


def payload(event_id: int, ticket_id: int) -> bytes:
    """The thirteen bytes that are signed: version, event, ticket."""
    return bytes([VERSION]) + event_id.to_bytes(4, "big") + ticket_id.to_bytes(8, "big")


def ticket_code(event_id: int, ticket_id: int, sign: Callable[[bytes], bytes]) -> str:
    """The 124 capital characters; `sign` gives the 64 bytes of Ed25519 of the event's key."""
    return _encode(payload(event_id, ticket_id) + sign(payload(event_id, ticket_id)))


def ticket_url(base_url: str, code: str) -> str:
    """The address in the QR, all capitals so that it fits the alphanumeric mode."""
    return base_url.rstrip("/").upper() + URL_MARK + code


def code_in(scanned: str) -> str:
    """What follows /T/ when an address was scanned, else the text itself, without blanks.

    A hand scanner on Danish keys types -T- instead, and others other strokes.
    """
    text = scanned.strip()
    mark = max(text.rfind(URL_MARK), text.rfind(URL_MARK.lower()))
    if mark < 0 and is_mark(text[-CODE_CHARACTERS - len(URL_MARK) : -CODE_CHARACTERS]):
        mark = len(text) - CODE_CHARACTERS - len(URL_MARK)
    if mark < 0:
        return text
    code = text[mark + len(URL_MARK) :]
    # Capitals of foreign letters may be letters of ours: a long s is no S.
    return code.upper() if code.isascii() else code


def read_code(scanned: str) -> TicketCode | None:
    """Reads exactly 124 characters in either case; anything else is no code."""
    text = code_in(scanned)
    text = text.upper() if text.isascii() else ""
    if not _WHOLE.fullmatch(text):
        return None
    # Base32 is a number of digits to the base 32, which is read ten times as fast as bytes are.
    number = int(text.translate(_DIGITS), 32)
    raw = (number >> _SPARE_BITS).to_bytes(PAYLOAD_BYTES + SIGNATURE_BYTES, "big")
    spare = number & ((1 << _SPARE_BITS) - 1)
    if spare or raw[0] != VERSION or raw[5] > _HIGHEST_FIRST_BYTE:
        return None
    return TicketCode(
        event_id=int.from_bytes(raw[1:5], "big"),
        ticket_id=int.from_bytes(raw[5:PAYLOAD_BYTES], "big"),
        signature=raw[PAYLOAD_BYTES:],
        text=text,
    )


def other_readings(scanned: str) -> list[TicketCode]:
    """The codes that a hand scanner may have read where this came, beside the code it is."""
    tail = scanned.strip()[-CODE_CHARACTERS:]
    codes = map(read_code, under_layouts(tail)[1:])
    return [code for code in codes if code is not None]


def typed_codes(typed: str) -> list[TicketCode]:
    """The codes in what a hand scanner typed into a field, the likeliest first.

    A code at the end counts, whatever stands before it: a scanner may be set to add its own marks.
    """
    own = read_code(typed) or read_code(typed.strip()[-CODE_CHARACTERS:])
    return [*([own] if own else []), *other_readings(typed)]


def read_short(typed: str) -> str | None:
    """The short code behind what somebody typed: any case, with blanks, dots and dashes, or with
    what a hand scanner's dash becomes under other keys."""
    text = without_dash(western(typed).translate(_IGNORED_WHEN_TYPED)).lower()
    if len(text) != SHORT_CHARACTERS or any(sign not in SHORT_ALPHABET for sign in text):
        return None
    return text


def shown_short(short: str) -> str:
    """A short code as people read it aloud: `ABCDE-FGHJK`."""
    half = SHORT_CHARACTERS // 2
    return f"{short[:half]}-{short[half:]}".upper()


def _encode(raw: bytes) -> str:
    return base64.b32encode(raw).decode("ascii").rstrip("=")
