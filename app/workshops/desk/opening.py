"""Where the team's pages about workshops are gathered."""

from flask import Blueprint

pages = Blueprint("workshops_desk", __name__, url_prefix="/desk/workshops")
