"""The demo's pictures: a street with stalls, drawn from a few shapes."""

from __future__ import annotations

import random
from io import BytesIO

from PIL import Image, ImageDraw

from app.core.pictures import DrawnPicture
from app.events.drawing import drawn_anew
from app.events.rules import PictureSize

WIDTH, HEIGHT = 1440, 810
GROUND = 640
NIGHT, SAND, PAPER = "#dff0eb", "#e9dcc3", "#fbf8f2"
HOUSES = ("#0b5f59", "#b0382a", "#e0a04a", "#6d2c5c", "#d98b78", "#2f6f8f")
AWNINGS = ("#0b5f59", "#b0382a", "#6d2c5c", "#f2b233")
SKINS = ("#8d5a3b", "#c68642", "#e8b98f", "#5c3a26")
CLOTHES = ("#f2b233", "#0b5f59", "#b0382a", "#6d2c5c", "#2f6f8f")
Pen = ImageDraw.ImageDraw


def street() -> dict[PictureSize, DrawnPicture]:
    """Houses, bunting, five stalls and the people before them; the same each time."""
    chance = random.Random(7)
    picture = Image.new("RGB", (WIDTH, HEIGHT), NIGHT)
    pen = ImageDraw.Draw(picture)
    _houses(pen, chance)
    pen.rectangle((0, GROUND, WIDTH, HEIGHT), fill=SAND)
    _bunting(pen)
    for number in range(5):
        _stall(pen, 60 + number * 280, AWNINGS[number % len(AWNINGS)])
    for number in range(17):
        _person(pen, chance, 40 + number * 84 + chance.randint(-14, 14))
    file = BytesIO()
    picture.save(file, "PNG")
    return drawn_anew(file, "street.png")


def _houses(pen: Pen, chance: random.Random) -> None:
    left = 0
    while left < WIDTH:
        width, top = chance.randint(130, 210), chance.randint(150, 290)
        colour = HOUSES[chance.randrange(len(HOUSES))]
        pen.rectangle((left, top, left + width, GROUND), fill=colour)
        pen.polygon((left, top, left + width, top, left + width // 2, top - 70), fill="#6b2f25")
        for row in range(top + 40, GROUND - 200, 80):
            for column in range(left + 24, left + width - 34, 52):
                pen.rectangle((column, row, column + 30, row + 44), fill="#fdf1d3")
        left += width


def _bunting(pen: Pen) -> None:
    for number in range(24):
        x = number * 62
        sag = 90 + 3 * abs(6 - number % 12)
        pen.polygon((x, sag, x + 50, sag, x + 25, sag + 56), fill=AWNINGS[number % 4])
    pen.line((0, 92, WIDTH, 92), fill="#1c2b2a", width=4)


def _stall(pen: Pen, left: int, colour: str) -> None:
    top = 430
    pen.rectangle((left + 8, top + 60, left + 16, GROUND + 40), fill="#6b4a2b")
    pen.rectangle((left + 214, top + 60, left + 222, GROUND + 40), fill="#6b4a2b")
    pen.rectangle((left, 580, left + 230, GROUND + 40), fill=PAPER, outline=colour, width=6)
    for number in range(6):
        stripe = colour if number % 2 == 0 else PAPER
        x = left - 10 + number * 42
        pen.rectangle((x, top, x + 42, top + 60), fill=stripe)
        pen.pieslice((x, top + 40, x + 42, top + 82), 0, 180, fill=stripe)


def _person(pen: Pen, chance: random.Random, x: int) -> None:
    tall = chance.randint(110, 170)
    foot = chance.randint(740, 790)
    skin, cloth = chance.choice(SKINS), chance.choice(CLOTHES)
    pen.rounded_rectangle((x - 26, foot - tall, x + 26, foot - 40), 24, fill=cloth)
    pen.rectangle((x - 18, foot - 60, x - 4, foot), fill="#1c2b2a")
    pen.rectangle((x + 4, foot - 60, x + 18, foot), fill="#1c2b2a")
    head = foot - tall - 22
    pen.ellipse((x - 20, head - 20, x + 20, head + 20), fill=skin)
    pen.pieslice((x - 22, head - 24, x + 22, head + 16), 180, 360, fill=chance.choice(CLOTHES))
