"""Papers: a typst template and plain values in, the finished PDF out."""

from __future__ import annotations

import json
import logging
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

log = logging.getLogger("torvet.typesetting")

ROOT = Path(__file__).parents[2]
PAPERS = ROOT / "templates" / "papers"
# Unpacked there by deploy/vendor.py.
FONTS = PAPERS / "fonts"
# Which letters they hold, as ranges.
LETTERS = FONTS / "letters.json"
# Signs that show nothing by themselves need no font.
SHOWS_NOTHING = frozenset({"Cc", "Cf", "Zl", "Zp", "Zs", "Mn"})
TEXT_FAMILY = "IBM Plex Sans"
# What the compiler says of a letter that none of the fonts holds.
NO_GLYPH = "could not be displayed with font"


def pdf(paper: str, values: Mapping[str, Any], *, accessible: bool = True) -> bytes:
    """Set templates/papers/<paper>.typ with the values as its only input.

    `accessible` makes the compiler check the file as PDF/UA-1: title, language, alternative texts.
    """
    content = json.dumps({**values, "fonts": _families(_fonts())})
    if not accessible:
        return _set(paper, content, [])
    try:
        return _set(paper, content, ["ua-1"])
    except typst.TypstError as error:
        if NO_GLYPH not in str(error):
            raise
        # A name in letters we have no font for: a paper with a gap is better than none.
        log.warning("%s holds a letter without a font; set without the PDF/UA check", paper)
        return _set(paper, content, [])


def without_font(text: str) -> str:
    """The letters of a text that no font here holds, each once: on paper a box stands there."""
    return "".join(letter for letter in dict.fromkeys(text) if not _has_font(letter))


def _has_font(letter: str) -> bool:
    if ord(letter) in _letters or unicodedata.category(letter) in SHOWS_NOTHING:
        return True
    # A letter with a mark is set from its parts where the whole is missing.
    parts = unicodedata.normalize("NFD", letter)
    return len(parts) > 1 and all(ord(part) in _letters for part in parts)


def _read_letters(file: Path) -> frozenset[int]:
    if not file.exists():
        return frozenset()
    ranges = json.loads(file.read_text())
    return frozenset(letter for first, last in ranges for letter in range(first, last + 1))


def _set(paper: str, content: str, standards: list[str]) -> bytes:
    # The types that come with the library do not know its newer standards.
    asked: Any = standards
    made: object = typst.compile(
        PAPERS / f"{paper}.typ",
        root=PAPERS,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"values": content},
        pdf_standards=asked,
    )
    if not isinstance(made, bytes):
        raise TypeError(paper)
    return made


def _fonts() -> typst.Fonts:
    """Raises FileNotFoundError where there are none: a paper without letters would come out."""
    if _loaded is None:
        raise FileNotFoundError(f"no fonts in {FONTS}: make setup puts them there")
    return _loaded


def _load(folder: Path) -> typst.Fonts | None:
    if not any(folder.glob("*.ttf")):
        return None
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder]
    )


def _families(fonts: typst.Fonts) -> list[str]:
    """Ours first: the others lend the letters it has not."""
    return sorted(fonts.families(), key=lambda name: (name != TEXT_FAMILY, name))


_loaded = _load(FONTS)
_letters = _read_letters(LETTERS)
