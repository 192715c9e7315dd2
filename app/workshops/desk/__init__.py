"""The team's pages about workshops: places, the line, one enrolment, colleagues, printings."""

from app.workshops.desk import colleagues, places, printings, questions
from app.workshops.desk.opening import pages

__all__ = ["colleagues", "pages", "places", "printings", "questions"]
