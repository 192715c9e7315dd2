"""What leaves as a file: the ticket's paper, its QR, its calendar entry, the door list."""

from app.workshops.papers.calendars import calendar
from app.workshops.papers.door import door_list
from app.workshops.papers.tickets import qr_picture, qr_svg, ticket

__all__ = ["calendar", "door_list", "qr_picture", "qr_svg", "ticket"]
