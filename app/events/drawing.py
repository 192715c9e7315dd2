"""Pictures that are handed in, drawn anew in our own sizes without what they carry along."""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import IO, Final

from PIL import Image, ImageCms, ImageOps

from app.events.rules import WIDTHS, PictureFault, PictureSize

MOST_BYTES: Final = 12_000_000
# A photo of a phone has 12 to 24 million; a file of a few kilobytes can claim billions.
MOST_PIXELS: Final = 40_000_000
LEAST_WIDTH: Final = 600
LEAST_HEIGHT: Final = 300
ENDINGS: Final = frozenset({".jpg", ".jpeg", ".png", ".webp"})
FORMATS: Final = ("JPEG", "PNG", "WEBP")
QUALITY: Final = 82
WHITE: Final = (255, 255, 255)
_SCREEN = ImageCms.createProfile("sRGB")


class PictureRefused(Exception):
    """The file is not taken as a picture."""

    def __init__(self, fault: PictureFault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class DrawnPicture:
    """One size of a picture, as JPEG."""

    content: bytes
    width: int
    height: int


def drawn_anew(file: IO[bytes], name: str) -> dict[PictureSize, DrawnPicture]:
    """The picture in each size; raises PictureRefused. Nothing of the file itself is kept."""
    if PurePath(name).suffix.lower() not in ENDINGS:
        raise PictureRefused(PictureFault.ENDING)
    file.seek(0)
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise PictureRefused(PictureFault.TOO_HEAVY)
    try:
        return _sizes_of(content)
    except PictureRefused:
        raise
    except Image.DecompressionBombError as error:
        raise PictureRefused(PictureFault.TOO_LARGE) from error
    except Exception as error:
        # A broken or hostile file fails in as many ways as there are lines that read it.
        raise PictureRefused(PictureFault.UNREADABLE) from error


def _sizes_of(content: bytes) -> dict[PictureSize, DrawnPicture]:
    with Image.open(BytesIO(content), formats=FORMATS) as picture:
        # The head alone is read so far: what is too large is never unfolded.
        if picture.width * picture.height > MOST_PIXELS:
            raise PictureRefused(PictureFault.TOO_LARGE)
        if min(picture.size) < LEAST_HEIGHT or max(picture.size) < LEAST_WIDTH:
            raise PictureRefused(PictureFault.TOO_SMALL)
        widest = max(WIDTHS.values())
        picture.draft("RGB", (widest, widest))
        upright = _flat(ImageOps.exif_transpose(picture))
    return {size: _drawn(upright, width) for size, width in WIDTHS.items()}


def _flat(picture: Image.Image) -> Image.Image:
    """In the screen's own colours, on white where it is transparent."""
    profile = picture.info.get("icc_profile")
    if picture.mode in {"P", "LA", "PA", "RGBA"} or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        ground = Image.new("RGBA", picture.size, (*WHITE, 255))
        return Image.alpha_composite(ground, picture).convert("RGB")
    if profile and picture.mode in {"RGB", "CMYK"}:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        turned = ImageCms.profileToProfile(picture, own, _SCREEN, outputMode="RGB")
        picture = turned or picture
    return picture.convert("RGB")


def _drawn(picture: Image.Image, width: int) -> DrawnPicture:
    width = min(width, picture.width)
    height = max(1, round(picture.height * width / picture.width))
    small = picture.resize((width, height), Image.Resampling.LANCZOS)
    # A picture of its own: what hung on the file it came from does not come along.
    clean = Image.new("RGB", small.size, WHITE)
    clean.paste(small)
    written = BytesIO()
    clean.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return DrawnPicture(written.getvalue(), width, height)
