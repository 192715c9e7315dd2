"""The door for phones and machines, over HTTP."""

from app.checkin.api import crowd, lists, people, scans
from app.checkin.api.blueprint import pages

__all__ = ["crowd", "lists", "pages", "people", "scans"]
