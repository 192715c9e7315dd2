"""The QR of a ticket, read back by a reader of its own."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageEnhance

from app.tickets import drawing
from tests.tickets.reading import read

HOSTS = ["HTTP://LOCALHOST", "HTTPS://TORVET.KK.DK", "HTTPS://ARRANGEMENTER.TORVET.EXAMPLE"]


def address(host: str) -> str:
    return f"{host}/T/{'AEZ2' * 31}"


def picture_of(text: str) -> Image.Image:
    return Image.open(BytesIO(drawing.png(text))).convert("L")


@pytest.mark.parametrize("host", HOSTS)
def test_the_code_is_read_back(host: str) -> None:
    assert read(picture_of(address(host))) == address(host)


@pytest.mark.parametrize("host", HOSTS)
def test_the_code_is_of_version_six_or_seven(host: str) -> None:
    assert len(drawing.matrix(address(host))) - 2 * drawing.QUIET_ZONE in {41, 45}


def test_the_code_is_read_at_a_quarter_of_the_brightness() -> None:
    dark = ImageEnhance.Brightness(picture_of(address(HOSTS[0]))).enhance(0.25)
    assert read(dark) == address(HOSTS[0])


def test_the_code_is_read_from_a_small_print_in_black_and_white() -> None:
    small = picture_of(address(HOSTS[0])).resize((180, 180)).convert("1", dither=Image.Dither.NONE)
    assert read(small.convert("L")) == address(HOSTS[0])


def test_the_code_is_read_behind_a_crack() -> None:
    cracked = picture_of(address(HOSTS[0]))
    for step in range(120):
        cracked.paste(0, (150 + step, 130 + step, 156 + step, 133 + step))
    assert read(cracked) == address(HOSTS[0])


def test_the_paths_of_the_svg_draw_the_same_code() -> None:
    modules = drawing.matrix(address(HOSTS[0]))
    drawn = sum(
        int(run.split("h")[1].split("v")[0]) for run in drawing.path(modules).split("M") if run
    )
    assert drawn == sum(sum(row) for row in modules)
