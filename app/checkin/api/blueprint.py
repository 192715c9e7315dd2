"""Where all calls of the door are registered."""

from flask import Blueprint

pages = Blueprint("checkin_api", __name__, url_prefix="/api/v1")
