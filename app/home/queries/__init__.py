"""What the front pages gather from all parts: one mailbox's own, and the team's day."""

from app.home.queries.mine import Mine, of_mailbox
from app.home.queries.today import Coming, Festival, Waiting, coming, festivals, waiting

__all__ = [
    "Coming",
    "Festival",
    "Mine",
    "Waiting",
    "coming",
    "festivals",
    "of_mailbox",
    "waiting",
]
