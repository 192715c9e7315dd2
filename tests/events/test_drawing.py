"""What is kept of a picture that is handed in, and which files are refused."""

from __future__ import annotations

from io import BytesIO

import pytest
from PIL import Image, ImageCms, ImageDraw

from app.core.pictures import PictureFault, PictureRefused
from app.events.drawing import drawn_anew
from app.events.rules import WIDTHS, PictureSize
from tests.pictures import huge_png

PHONE, DESK = PictureSize.PHONE, PictureSize.DESK
ORIENTATION = 0x0112
TURNED = 6


def painted(width: int = 1600, height: int = 1000, mode: str = "RGB") -> Image.Image:
    picture = Image.new(mode, (width, height), "white" if mode == "RGB" else None)
    ImageDraw.Draw(picture).rectangle([0, 0, width // 2, height], fill="red")
    return picture


def written(picture: Image.Image, kind: str = "JPEG", **options: object) -> BytesIO:
    file = BytesIO()
    picture.save(file, kind, **options)
    return file


def seen(content: bytes) -> Image.Image:
    picture = Image.open(BytesIO(content))
    picture.load()
    return picture


@pytest.mark.parametrize(
    ("kind", "name"), [("JPEG", "gade.JPG"), ("PNG", "gade.png"), ("WEBP", "gade.webp")]
)
def test_a_picture_is_drawn_in_both_sizes(kind: str, name: str) -> None:
    drawn = drawn_anew(written(painted(), kind), name)
    assert {size: one.width for size, one in drawn.items()} == dict(WIDTHS)
    for one in drawn.values():
        picture = seen(one.content)
        assert (picture.format, picture.size) == ("JPEG", (one.width, one.height))
        assert abs(one.width / one.height - 1.6) < 0.01


def test_a_small_one_is_not_blown_up() -> None:
    drawn = drawn_anew(written(painted(800, 500)), "gade.jpg")
    assert (drawn[PHONE].width, drawn[DESK].width) == (720, 800)


def test_it_stands_upright_and_says_nothing_of_where_it_was_taken() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = TURNED
    exif.get_ifd(0x8825)[2] = (55.0, 41.0, 23.0)
    exif[0x010F] = "Kamera 4711"
    file = written(painted(), exif=exif, comment=b"hemmelig")
    assert b"Kamera 4711" in file.getvalue()
    drawn = drawn_anew(file, "gade.jpg")
    picture = seen(drawn[DESK].content)
    assert picture.height > picture.width
    assert not picture.getexif()
    for one in drawn.values():
        assert b"Kamera" not in one.content
        assert b"hemmelig" not in one.content
        assert b"Exif" not in one.content


def test_what_hangs_behind_a_picture_does_not_come_along() -> None:
    file = written(painted())
    file.seek(0, 2)
    file.write(b"<script>alert(1)</script>")
    drawn = drawn_anew(file, "gade.jpg")
    assert all(b"<script>" not in one.content for one in drawn.values())


def test_what_is_transparent_becomes_white() -> None:
    clear = Image.new("RGBA", (900, 600), (0, 0, 0, 0))
    picture = seen(drawn_anew(written(clear, "PNG"), "skilt.png")[DESK].content)
    assert picture.getpixel((450, 300)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["L", "P", "CMYK", "1", "LA", "I;16"])
def test_every_kind_of_colours_is_read(mode: str) -> None:
    kind = "JPEG" if mode in {"L", "CMYK"} else "PNG"
    ending = ".jpg" if kind == "JPEG" else ".png"
    picture = Image.new(mode, (700, 400))
    assert drawn_anew(written(picture, kind), f"x{ending}")[PHONE].width == 700


def test_its_own_colours_are_turned_into_the_screens() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    drawn = drawn_anew(written(painted(), icc_profile=profile), "gade.jpg")
    assert "icc_profile" not in seen(drawn[DESK].content).info


SVG = b"<svg xmlns='http://www.w3.org/2000/svg' width='900' height='900'><script/></svg>"
WHOLE = written(painted()).getvalue()


@pytest.mark.parametrize(
    ("content", "name", "fault"),
    [
        (SVG, "x.svg", PictureFault.ENDING),
        (WHOLE, "x.html", PictureFault.ENDING),
        (WHOLE, "x", PictureFault.ENDING),
        (SVG, "x.jpg", PictureFault.UNREADABLE),
        (b"", "x.jpg", PictureFault.UNREADABLE),
        (b"%PDF-1.7", "x.png", PictureFault.UNREADABLE),
        (WHOLE[: len(WHOLE) // 2], "x.jpg", PictureFault.UNREADABLE),
        (written(painted(), "GIF").getvalue(), "x.png", PictureFault.UNREADABLE),
        (written(painted(), "TIFF").getvalue(), "x.jpg", PictureFault.UNREADABLE),
        (huge_png(), "x.png", PictureFault.TOO_LARGE),
        (written(painted(500, 290)).getvalue(), "x.jpg", PictureFault.TOO_SMALL),
        (bytes(12_000_001), "x.jpg", PictureFault.TOO_HEAVY),
    ],
    ids=range(12),
)
def test_a_file_that_is_no_such_picture_is_refused(
    content: bytes, name: str, fault: PictureFault
) -> None:
    with pytest.raises(PictureRefused) as refused:
        drawn_anew(BytesIO(content), name)
    assert refused.value.fault is fault
