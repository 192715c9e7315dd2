"""Where the lead's pages stand, and who opens them."""

from __future__ import annotations

from flask import Blueprint, request

from app.core.access import StaffRole

LEADS = (StaffRole.ORGANISER, StaffRole.DOOR)

pages = Blueprint("door_desk", __name__, url_prefix="/desk/door")


def asked_number(name: str, otherwise: int) -> int:
    """A number from the address; anything else is as if it were not there."""
    value = request.args.get(name, default=otherwise, type=int)
    return value if 0 <= value < 2**31 else otherwise
