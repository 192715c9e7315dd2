"""Where the visitors' pages of an application are gathered."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("applications", __name__)
