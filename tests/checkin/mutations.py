"""A million ways in which a ticket's code is not quite right, by kind."""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator
from random import Random

from app.tickets.rules.codes import CODE_CHARACTERS

BASE32 = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
# The long s and the i without a dot become S and I in capitals; k is left of the sign of kelvin.
LOOKALIKES = (("S", "\u017f"), ("I", "\u0131"), ("K", "\u212a"), ("O", "0"), ("I", "1"))
FOREIGN = (
    "018989=-_/+%&?#.,:; \t\n\x00\x7f"
    "\u00e9\u00df\u017f\u0131\u212a\u0410\u0661\uff21\ud800\U0001f3ab"
)
# The last sign carries one bit of the signature and four that must be zero.
SPARE_BITS = 16
WRAPPINGS = (
    "HTTPS://TORVET.EXAMPLE/T/{}/",
    "HTTPS://TORVET.EXAMPLE/T/{}?X=1",
    "HTTPS://TORVET.EXAMPLE/T/{}#",
    "HTTPS://TORVET.EXAMPLE/M/{}",
    "HTTPS://TORVET.EXAMPLE/T/{}/T/",
    "HTTPS://TORVET.EXAMPLE/T{}",
    "https://torvet.example/t/=\n{}",
    "{}/T/{}=",
    "WIFI:{}",
)

Mutation = Callable[[str, Random], str]


def one_sign_foreign(code: str, chance: Random) -> str:
    at = _place(chance)
    return f"{code[:at]}{FOREIGN[int(chance.random() * len(FOREIGN))]}{code[at + 1 :]}"


def cut_short(code: str, chance: Random) -> str:
    return code[: _place(chance)]


def begun_late(code: str, chance: Random) -> str:
    return code[1 + _place(chance) :]


def sign_left_out(code: str, chance: Random) -> str:
    at = _place(chance)
    return code[:at] + code[at + 1 :]


def sign_too_many(code: str, chance: Random) -> str:
    at = _place(chance)
    return code[:at] + BASE32[int(chance.random() * 32)] + code[at:]


def padded(code: str, chance: Random) -> str:
    cut = int(chance.random() * 9)
    return code[: CODE_CHARACTERS - cut] + "=" * max(1, int(chance.random() * 10))


def spare_bits_set(code: str, chance: Random) -> str:
    mixed = code.lower() if chance.random() < 0.5 else code
    value = BASE32.index(code[-1])
    return mixed[:-1] + BASE32[value + 1 + int(chance.random() * (SPARE_BITS - 1))]


def wrapped_wrongly(code: str, chance: Random) -> str:
    return WRAPPINGS[int(chance.random() * len(WRAPPINGS))].format(code, code)


def lookalikes(code: str, chance: Random) -> str:
    at = int(chance.random() * 80)
    wrong = code[:at] + code[at:].replace(*LOOKALIKES[int(chance.random() * len(LOOKALIKES))])
    if wrong == code:
        return f"{code}\u017f"
    return f"HTTPS://TORVET.EXAMPLE/T/{wrong}" if chance.random() < 0.8 else wrong


def noise(_code: str, chance: Random) -> str:
    return base64.b32encode(chance.randbytes(80))[:CODE_CHARACTERS].decode()


def another_version(code: str, chance: Random) -> str:
    return _with_byte(code, 0, 2 + int(chance.random() * 254))


def ticket_number_too_high(code: str, chance: Random) -> str:
    return _with_byte(code, 5, 128 + int(chance.random() * 128))


def one_sign_changed(code: str, chance: Random) -> str:
    at = _place(chance)
    return (
        code[:at]
        + BASE32[(BASE32.index(code[at]) + 1 + int(chance.random() * 31)) % 32]
        + code[at + 1 :]
    )


def two_signs_swapped(code: str, chance: Random) -> str:
    one = int(chance.random() * 100)
    other = next(at for at in range(one + 1, CODE_CHARACTERS) if code[at] != code[one])
    return f"{code[:one]}{code[other]}{code[one + 1 : other]}{code[one]}{code[other + 1 :]}"


def one_bit_flipped(code: str, chance: Random) -> str:
    raw = bytearray(_raw(code))
    bit = int(chance.random() * len(raw) * 8)
    raw[bit // 8] ^= 1 << bit % 8
    return _text(raw)


def signature_of_noise(code: str, chance: Random) -> str:
    return _text(_raw(code)[:13] + chance.randbytes(64))


def another_ticket(code: str, chance: Random) -> str:
    raw = _raw(code)
    return _text(raw[:5] + bytes([raw[5] & 0x7F]) + chance.randbytes(7) + raw[13:])


def another_event(code: str, chance: Random) -> str:
    raw = _raw(code)
    return _text(raw[:1] + chance.randbytes(4) + raw[5:])


# Most end while they are read; the last six come as far as the signature.
KINDS: dict[Mutation, int] = {
    one_sign_foreign: 300_000,
    cut_short: 181_000,
    begun_late: 100_000,
    sign_left_out: 100_000,
    sign_too_many: 100_000,
    padded: 60_000,
    spare_bits_set: 30_000,
    wrapped_wrongly: 60_000,
    lookalikes: 20_000,
    noise: 8_000,
    another_version: 8_000,
    ticket_number_too_high: 6_000,
    one_sign_changed: 10_000,
    two_signs_swapped: 4_000,
    one_bit_flipped: 4_000,
    signature_of_noise: 3_000,
    another_ticket: 3_000,
    another_event: 3_000,
}


def mutated(codes: list[str], chance: Random, share: float = 1.0) -> Iterator[str]:
    """Codes with a fault, of every kind; `share` of the million."""
    for kind, times in KINDS.items():
        for turn in range(int(times * share)):
            code = codes[turn % len(codes)]
            wrong = kind(code, chance)
            if wrong != code:
                yield wrong


def _place(chance: Random) -> int:
    return int(chance.random() * CODE_CHARACTERS)


def _raw(code: str) -> bytes:
    return base64.b32decode(code + "====")


def _text(raw: bytes | bytearray) -> str:
    return base64.b32encode(raw).decode().rstrip("=")


def _with_byte(code: str, place: int, value: int) -> str:
    raw = bytearray(_raw(code))
    raw[place] = value
    return _text(raw)
