"""The blueprint on which the modules beside it put their pages."""

from __future__ import annotations

from flask import Blueprint

pages = Blueprint("siteplan_desk", __name__, url_prefix="/desk/siteplan")
