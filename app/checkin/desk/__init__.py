"""The lead's pages: how it goes at the doors, what needs a look, phones, terms, crowd, paper."""

from app.checkin.desk import aside, crowd, letters, machines, overview, paper, phones, terms, unsent
from app.checkin.desk.blueprint import pages

__all__ = [
    "aside",
    "crowd",
    "letters",
    "machines",
    "overview",
    "pages",
    "paper",
    "phones",
    "terms",
    "unsent",
]
