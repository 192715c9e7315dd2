"""A ticket's QR is read back as cameras and bad printers show it."""

from __future__ import annotations

import pytest
import zxingcpp
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from PIL import Image, ImageDraw

from app.tickets.rules.codes import code_in, read_code, ticket_code, ticket_url
from tests.checkin.pictures import HEIGHT, WIDTH, grey_rows

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
CODE = ticket_code(7, 2**60 + 11, KEY.sign)
ADDRESS = ticket_url("https://torvet.kk.example", CODE)


def picture(brightness: float = 1.0) -> Image.Image:
    return Image.frombytes("L", (WIDTH, HEIGHT), b"".join(grey_rows(ADDRESS, brightness)))


def read(image: Image.Image) -> str:
    (found,) = zxingcpp.read_barcodes(image)
    return str(found.text)


@pytest.mark.parametrize("brightness", [1.0, 0.5, 0.25])
def test_the_code_is_read_in_dim_light(brightness: float) -> None:
    text = read(picture(brightness))
    assert text == ADDRESS
    assert code_in(text) == CODE
    assert read_code(text) is not None


def test_the_code_is_read_from_a_black_and_white_print() -> None:
    assert read(picture(0.25).point(lambda grey: 255 if grey > 30 else 0)) == ADDRESS


def test_the_code_is_read_turned_and_through_a_crack() -> None:
    assert read(picture().rotate(180)) == ADDRESS
    cracked = picture()
    ImageDraw.Draw(cracked).line([(250, 150), (330, 260), (300, 330)], fill=235, width=3)
    assert read(cracked) == ADDRESS
