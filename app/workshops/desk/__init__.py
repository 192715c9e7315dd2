"""The team's pages about workshops: places, the line, colleagues, letters, printings."""

from app.workshops.desk import colleagues, letters, places, printings, questions
from app.workshops.desk.opening import pages

__all__ = ["colleagues", "letters", "pages", "places", "printings", "questions"]
