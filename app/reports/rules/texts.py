"""The texts that editors write into the report, and the years they name."""

from collections.abc import Mapping

# In the order of the paper.
TEXTS = (
    "summary", "recommended_by", "recommendations", "problem", "solution", "status_purpose",
    "status_more", "festival_partner", "programme_purpose", "vision", "programme_closing",
    "economy", "process",
)  # fmt: skip


def filled(texts: Mapping[str, str], year: int) -> dict[str, str]:
    """The editors' texts with the years in their places; every key is there."""
    return {
        key: texts.get(key, "").replace("{year}", str(year)).replace("{next}", str(year + 1))
        for key in TEXTS
    }
