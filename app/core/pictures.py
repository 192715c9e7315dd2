"""Pictures that are handed in: read with care, and drawn anew without what they carry along."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from io import BytesIO
from pathlib import PurePath
from typing import IO, Final, TypeVar

from PIL import Image, ImageCms, ImageOps

from app.core.texts import Lazy, _l

MOST_BYTES: Final = 12_000_000
# A photo of a phone has 12 to 24 million; a file of a few kilobytes can claim billions.
MOST_PIXELS: Final = 40_000_000
ENDINGS: Final = frozenset({".jpg", ".jpeg", ".png", ".webp"})
FORMATS: Final = ("JPEG", "PNG", "WEBP")
# What a browser offers to choose from.
ACCEPTED: Final = "image/jpeg,image/png,image/webp"
WHITE: Final = (255, 255, 255)
Drawn = TypeVar("Drawn")
_SCREEN = ImageCms.createProfile("sRGB")


class PictureFault(StrEnum):
    """Why a file is not taken as a picture."""

    TOO_HEAVY = "too_heavy"
    ENDING = "ending"
    UNREADABLE = "unreadable"
    TOO_LARGE = "too_large"
    TOO_SMALL = "too_small"


# What to do instead; what is too small depends on what the picture is for.
PICTURE_FAULTS: Final[dict[PictureFault, Lazy]] = {
    PictureFault.TOO_HEAVY: _l("The file is larger than 12 MB. Save the picture smaller."),
    PictureFault.ENDING: _l("Choose a picture whose name ends in .jpg, .png or .webp."),
    PictureFault.UNREADABLE: _l(
        "The file cannot be read as a picture. Open it on your computer, save it as JPEG and "
        "choose it again."
    ),
    PictureFault.TOO_LARGE: _l(
        "The picture has more than 40 million points. Save it smaller, 3000 points across are "
        "plenty."
    ),
}


class PictureRefused(Exception):
    """The file is not taken as a picture."""

    def __init__(self, fault: PictureFault) -> None:
        super().__init__(fault)
        self.fault = fault


@dataclass(frozen=True)
class DrawnPicture:
    """One size of a picture, as the file that we keep of it."""

    content: bytes
    width: int
    height: int


def drawn_anew(
    file: IO[bytes], name: str, draw: Callable[[Image.Image], Drawn], least: tuple[int, int]
) -> Drawn:
    """What `draw` makes of the picture; raises PictureRefused. Nothing of the file is kept.

    `least`: how many points the longer and the shorter side have at least.
    """
    if PurePath(name).suffix.lower() not in ENDINGS:
        raise PictureRefused(PictureFault.ENDING)
    file.seek(0)
    content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise PictureRefused(PictureFault.TOO_HEAVY)
    try:
        with Image.open(BytesIO(content), formats=FORMATS) as picture:
            _check_size(picture, *least)
            return draw(picture)
    except PictureRefused:
        raise
    except Image.DecompressionBombError as error:
        raise PictureRefused(PictureFault.TOO_LARGE) from error
    except Exception as error:
        # A broken or hostile file fails in as many ways as there are lines that read it.
        raise PictureRefused(PictureFault.UNREADABLE) from error


def _check_size(picture: Image.Image, longer: int, shorter: int) -> None:
    # The head alone is read so far: what is too large is never unfolded.
    if picture.width * picture.height > MOST_PIXELS:
        raise PictureRefused(PictureFault.TOO_LARGE)
    if min(picture.size) < shorter or max(picture.size) < longer:
        raise PictureRefused(PictureFault.TOO_SMALL)


def on_white(picture: Image.Image) -> Image.Image:
    """Upright, in the screen's own colours, on white where it is transparent."""
    picture = clear(picture)
    if picture.mode != "RGBA":
        return picture
    ground = Image.new("RGBA", picture.size, (*WHITE, 255))
    return Image.alpha_composite(ground, picture).convert("RGB")


def clear(picture: Image.Image) -> Image.Image:
    """Upright, in the screen's own colours, transparent where it is so."""
    picture = ImageOps.exif_transpose(picture)
    profile = picture.info.get("icc_profile")
    if picture.mode in {"P", "LA", "PA", "RGBA"} or "transparency" in picture.info:
        return picture.convert("RGBA")
    if profile and picture.mode in {"RGB", "CMYK"}:
        own = ImageCms.ImageCmsProfile(BytesIO(profile))
        picture = ImageCms.profileToProfile(picture, own, _SCREEN, outputMode="RGB") or picture
    return picture.convert("RGB")


def shrunk(picture: Image.Image, width: int, height: int) -> Image.Image:
    """As large as fits, never blown up: what hung on the file it came from does not come along."""
    share = min(1, width / picture.width, height / picture.height)
    size = (max(1, round(picture.width * share)), max(1, round(picture.height * share)))
    clean = Image.new(picture.mode, size)
    clean.paste(picture.resize(size, Image.Resampling.LANCZOS))
    return clean
