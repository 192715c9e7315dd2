"""Tickets behind cracked glass: pictures with lines through the code, and what the phone reads."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from flask import Flask
from playwright.sync_api import Browser, Page

from app.tickets.drawing import matrix
from app.tickets.rules.codes import ticket_code, ticket_url
from tests.checkin.making import workshop
from tests.door.doorphone import DoorPhone, close_windows, in_window
from tests.door.serving import served

pytestmark = [pytest.mark.browser, pytest.mark.only_on("sqlite")]

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
ADDRESS = ticket_url("https://torvet.example", ticket_code(7, 2**60 + 11, KEY.sign))
WIDTH, HEIGHT = 640, 480
PICTURES = 30
LIBRARY = "vendor/zxing/reader/index"
# A still picture is looked at this often, as a ticket that is held up for half a second.
LOOKS = 6
DARK, LIGHT = "#101010", "#ebebeb"

ROWS = ["".join("01"[dark] for dark in row) for row in matrix(ADDRESS)]
MODULE = 7
LEFT, TOP = (WIDTH - MODULE * len(ROWS)) // 2, (HEIGHT - MODULE * len(ROWS)) // 2
# The middles of the three squares that a reader looks for, without the quiet zone.
NEAR, FAR = 7.5 * MODULE, (len(ROWS) - 7.5) * MODULE
CORNERS = [(LEFT + x, TOP + y) for x, y in ((NEAR, NEAR), (FAR, NEAR), (NEAR, FAR))]

Line = tuple[float, float, float, float]


@pytest.fixture
def page(app: Flask, chromium: Browser) -> Iterator[Page]:
    """The page of a paired phone, whose camera sees nothing."""
    made = workshop(gates=("A",))
    with served(app) as address:
        phone = DoorPhone(in_window(chromium), address, made.tokens["A"])
        yield phone.start(paired=False)
        close_windows(chromium)
    assert phone.faults == []


def through(chance: Random) -> Line:
    """A line across the picture, through two of the code's three corners."""
    (x, y), (to_x, to_y) = chance.sample(CORNERS, 2)
    begin = (x + chance.uniform(-6, 6), y + chance.uniform(-6, 6))
    end = (to_x + chance.uniform(-6, 6), to_y + chance.uniform(-6, 6))
    reach_x, reach_y = end[0] - begin[0], end[1] - begin[1]
    return (begin[0] - reach_x, begin[1] - reach_y, end[0] + reach_x, end[1] + reach_y)


def star(chance: Random) -> list[Line]:
    """Eight cracks that leave one point, a corner of the code or beside it."""
    corner_x, corner_y = chance.choice(CORNERS)
    x, y = corner_x + chance.uniform(-9, 9), corner_y + chance.uniform(-9, 9)
    turn = chance.uniform(0, math.pi)
    ends = [turn + place * math.pi / 4 for place in range(8)]
    return [(x, y, x + 400 * math.cos(end), y + 400 * math.sin(end)) for end in ends]


def cracks(chance: Random) -> list[Line]:
    """Nine lines within the code, away from its corners."""
    x, y = chance.uniform(220, 420), chance.uniform(150, 330)
    turns = [chance.uniform(0, math.pi) for _ in range(9)]
    return [
        (x, y, x + 120 * math.cos(turn) * sign, y + 120 * math.sin(turn) * sign)
        for turn, sign in zip(turns, (1, -1, 1, -1, 1, -1, 1, -1, 1), strict=True)
    ]


def damages(kind: str) -> list[list[Line]]:
    """The lines of each picture of a kind, ever the same."""
    chance = Random(kind)
    made = {
        "one dark line": lambda: [through(chance)],
        "two dark lines": lambda: [through(chance), through(chance)],
        "a dark star": lambda: star(chance),
        "light cracks": lambda: cracks(chance),
    }
    return [made[kind]() for _ in range(PICTURES)]


def read(page: Page, kind: str, colour: str, width: float) -> dict[str, int]:
    """Of how many pictures the code is read at first sight, and with the looks of a camera."""
    module = page.evaluate("() => document.querySelector('script[src*=\"door/main\"]').src")
    address = module.replace("main.js", "picture_reader.js")
    facts = {
        "rows": ROWS,
        "side": MODULE,
        "left": LEFT,
        "top": TOP,
        "damages": damages(kind),
        "colour": colour,
        "width": width,
    }
    facts |= {"address": address, "library": module.replace("js/door/main", LIBRARY)}
    told = page.evaluate(READ, {**facts, "looks": LOOKS, "text": ADDRESS})
    counts: dict[str, int] = json.loads(told)
    return counts


READ = """async (facts) => {
  const { rows, side, left, top, damages, colour, width, address, library, looks, text } = facts;
  const { PictureReader } = await import(address);
  const { readBarcodes } = await import(library);
  const plainly = async () => {
    const how = { formats: ["QRCode"], maxNumberOfSymbols: 1, tryHarder: true, tryInvert: false };
    const codes = await readBarcodes(pen.getImageData(0, 0, 640, 480), how);
    return codes.some((code) => code.isValid && code.text === text);
  };
  const canvas = document.createElement("canvas");
  canvas.width = 640; canvas.height = 480;
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  const paint = (lines) => {
    pen.fillStyle = "#ebebeb"; pen.fillRect(0, 0, 640, 480);
    pen.fillStyle = "#101010";
    rows.forEach((row, y) => [...row].forEach((dark, x) => {
      if (dark === "1") pen.fillRect(left + x * side, top + y * side, side, side);
    }));
    pen.strokeStyle = colour; pen.lineWidth = width;
    for (const [x, y, toX, toY] of lines) {
      pen.beginPath(); pen.moveTo(x, y); pen.lineTo(toX, toY); pen.stroke();
    }
  };
  const counts = { plain: 0, all: 0 };
  for (const lines of damages) {
    paint(lines);
    counts.plain += await plainly();
    const reader = new PictureReader();
    for (let look = 0; look < looks; look += 1) {
      paint(lines);
      const found = (await reader.read(pen)).includes(text);
      if (found) { counts.all += 1; break; }
    }
  }
  return JSON.stringify(counts);
}"""


@pytest.mark.parametrize(
    ("kind", "colour", "width", "least"),
    [
        ("one dark line", DARK, 1.5, 29),
        ("two dark lines", DARK, 1.5, 29),
        ("a dark star", DARK, 1.5, 29),
        ("light cracks", LIGHT, 3, 26),
    ],
)
def test_a_code_behind_cracked_glass_is_read(
    page: Page, kind: str, colour: str, width: float, least: int
) -> None:
    counts = read(page, kind, colour, width)
    assert counts["plain"] < counts["all"] >= least, counts
