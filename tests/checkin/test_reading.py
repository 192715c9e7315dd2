"""The phone reads ticket codes and typed short codes exactly as the server does."""

from __future__ import annotations

import json
import random
import subprocess
from pathlib import Path
from typing import Any

from app.tickets.rules.codes import read_code, read_short, ticket_code, ticket_url, typed_codes
from app.tickets.rules.keyboards import is_garbled
from tests.checkin.keyboards import KEYBOARDS, typed_on
from tests.checkin.test_twin import ROOT, node

READER = ROOT / "static" / "js" / "checkin" / "codes.js"
PROGRAM = Path(__file__).with_name("codes.mjs")
SPECIAL = " \t\n\x1c\x1f\x85\xa0\u2028\u200b\ufeff=-–_./Tt\u017fK\u0131ßA2z018\x00\ud7ff😀"


def texts() -> list[str]:
    """Whole codes in many dresses, and hundreds with something wrong."""
    chance = random.Random(7)
    whole = [
        ticket_code(chance.getrandbits(32), chance.getrandbits(63), lambda _: chance.randbytes(64))
        for _ in range(40)
    ]
    dressed = [
        dress(code)
        for code in whole
        for dress in (
            str.lower,
            lambda code: ticket_url("https://torvet.example", code),
            lambda code: f" \x1f{ticket_url('https://torvet.example', code).lower()}\n",
        )
    ]
    for keyboard in KEYBOARDS:
        dressed += [typed_on(keyboard, ticket_url("https://t.example", code)) for code in whole]
    shorts = [
        "abcde-fghjk",
        "ABCDE FGHJK",
        "2345.6789_ab",
        "abcdeßfghjz",
        "qbcde)fghjw",
        "QBCDE)FGHé2",
        "abcdefghij",
        "abcde–fghjK",
        "",
        "/T/",
    ]
    changed = [changed_at(chance, code) for code in whole * 20 + shorts * 20]
    return [*whole, *dressed, *shorts, *changed]


def changed_at(chance: random.Random, text: str) -> str:
    """One sign put in, left out or exchanged."""
    place = chance.randrange(len(text) + 1)
    sign = chance.choice([*SPECIAL, *"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567abcdefgh"])
    return text[:place] + chance.choice(["", sign]) + text[place + chance.choice([0, 1]) :]


def expected(text: str) -> list[Any]:
    """What the server reads in it."""
    code = read_code(text)
    read = code and [
        code.text,
        code.event_id,
        str(code.ticket_id),
        code.payload.hex(),
        code.signature.hex(),
    ]
    typed = [one.text for one in typed_codes(text)]
    return [read, read_short(text), typed, is_garbled(text)]


def test_phone_and_server_read_the_same_in_every_text(tmp_path: Path) -> None:
    written = texts()
    file = tmp_path / "texts.json"
    file.write_text(json.dumps(written))
    program = [node(), str(PROGRAM), str(READER), str(file)]
    run = subprocess.run(program, capture_output=True, text=True, timeout=300)
    assert run.returncode == 0, run.stderr
    for text, read in zip(written, json.loads(run.stdout), strict=True):
        assert read == expected(text), repr(text)
    assert sum(1 for text in written if expected(text)[0]) > 160
