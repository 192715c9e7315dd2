"""Where the lead's pages stand, and who opens them."""

from __future__ import annotations

from flask import Blueprint

from app.core.access import Duty

LEADS = (Duty.ORGANISER, Duty.DOOR)

pages = Blueprint("checkin_desk", __name__, url_prefix="/desk/door")
