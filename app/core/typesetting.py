"""Papers: a typst template and plain values in, the finished PDF out."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

ROOT = Path(__file__).parents[2]
PAPERS = ROOT / "templates" / "papers"
# Unpacked there by deploy/vendor.py.
FONTS = PAPERS / "fonts"


def pdf(paper: str, values: Mapping[str, Any], *, accessible: bool = True) -> bytes:
    """Set templates/papers/<paper>.typ with the values as its only input.

    `accessible` makes the compiler check the file as PDF/UA-1: title, language, alternative texts.
    """
    # The types that come with the library do not know its newer standards.
    standards: Any = ["ua-1"] if accessible else []
    made: object = typst.compile(
        PAPERS / f"{paper}.typ",
        root=PAPERS,
        font_paths=_fonts(),
        ignore_system_fonts=True,
        format="pdf",
        sys_inputs={"values": json.dumps(values)},
        pdf_standards=standards,
    )
    if not isinstance(made, bytes):
        raise TypeError(paper)
    return made


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])
