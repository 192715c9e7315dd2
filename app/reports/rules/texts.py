"""The texts that editors write into the report, and the years and names in them."""

from collections.abc import Mapping

from app.installation import rules

# In the order of the paper.
TEXTS = (
    "summary", "recommended_by", "recommendations", "problem", "solution", "status_purpose",
    "status_more", "festival_partner", "programme_purpose", "vision", "programme_closing",
    "economy", "process",
)  # fmt: skip


def filled(
    texts: Mapping[str, str], year: int, names: Mapping[str, str] | None = None
) -> dict[str, str]:
    """The editors' texts with years and names in their places; every key is there."""
    words = {"year": str(year), "next": str(year + 1), **(names or {})}
    return {key: rules.filled(texts.get(key, ""), words) for key in TEXTS}
