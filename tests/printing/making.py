"""Printings of a workshop."""

from __future__ import annotations

from app.core import clock
from app.core.unit_of_work import unit_of_work
from app.printing import jobs, services
from app.printing.rules import PaperKind, PrintChoice
from app.printing.services import Order


def printed(event_id: int) -> int:
    """Badges that were made, and some that wait for a worker; the number of the first."""
    with unit_of_work():
        order = Order(PaperKind.BADGES_CARD, PrintChoice.ALL)
        number = services.order_printing(event_id, order).id
    jobs.print_orders(clock.now())
    with unit_of_work():
        services.order_printing(event_id, Order(PaperKind.BADGES_A6, PrintChoice.NOBODY, blanks=4))
    return number
