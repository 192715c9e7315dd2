"""In which order an address meets what it has to do, and how near the last day for it is."""

from __future__ import annotations

from datetime import date
from enum import StrEnum


class Task(StrEnum):
    """What the page asks for, the more binding first."""

    CONFIRM = "confirm"
    ANSWER = "answer"
    SEND = "send"
    FINISH = "finish"
    ARRIVE = "arrive"
    SURVEY = "survey"
    APPLY = "apply"


class Near(StrEnum):
    """How near a day is, as one says it."""

    GONE = "gone"
    TODAY = "today"
    TOMORROW = "tomorrow"
    LATER = "later"


_ORDER = {task: number for number, task in enumerate(Task)}


def urgency(task: Task, last_day: date | None, number: int) -> tuple[bool, date, int, int]:
    """By this tasks are sorted: what has a last day by that day, then what has none."""
    return last_day is None, last_day or date.min, _ORDER[task], number


def near(day: date, today: date) -> Near:
    """How near the day is."""
    days = (day - today).days
    if days < 0:
        return Near.GONE
    return {0: Near.TODAY, 1: Near.TOMORROW}.get(days, Near.LATER)
