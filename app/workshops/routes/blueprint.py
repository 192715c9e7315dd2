"""Where a participant's pages are gathered."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("workshops", __name__)
