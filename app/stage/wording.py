"""How stages and their acts are told of."""

from __future__ import annotations

from app.core.texts import _l

GENRES = {
    "music": _l("Music"),
    "dance": _l("Dance"),
    "theatre": _l("Theatre or circus"),
    "words": _l("Stories or poems"),
    "other": _l("Something else"),
}
