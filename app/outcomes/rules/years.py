"""Which years can be asked for."""

from app.core.digits import western

YEARS = range(1900, 2200)


def read_year(text: str) -> int | None:
    """The year that the text names, if it is one that can be asked for."""
    text = western(text)
    if not (text.isascii() and text.isdigit()) or len(text) > 4:
        return None
    return int(text) if int(text) in YEARS else None
