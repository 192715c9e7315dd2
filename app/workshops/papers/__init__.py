"""What leaves as a file: tickets, their QR, calendar entries, badges, the door list."""

from app.workshops.papers.calendars import calendar
from app.workshops.papers.door import door_list
from app.workshops.papers.printings import printed, printed_attachment
from app.workshops.papers.tickets import qr_picture, qr_svg, ticket

__all__ = [
    "calendar",
    "door_list",
    "printed",
    "printed_attachment",
    "qr_picture",
    "qr_svg",
    "ticket",
]
