"""Where all calls of the door are registered."""

from flask import Blueprint

pages = Blueprint("door_api", __name__, url_prefix="/api/v1")
