"""What is written about stalls: a restaurant's application, and the team's choices on the plan."""

from __future__ import annotations

from app.vendors.forms.applying import STEPS
from app.vendors.forms.desk_choices import (
    BlockForm,
    CancelForm,
    OtherStallForm,
    PlaceForm,
    ShareForm,
)

__all__ = ["STEPS", "BlockForm", "CancelForm", "OtherStallForm", "PlaceForm", "ShareForm"]
