"""The one to three goals that a participant sets in own words."""

from collections.abc import Iterable

MOST_GOALS = 3
LONGEST_GOAL = 300


def cleaned(texts: Iterable[str]) -> tuple[str, ...]:
    """The goals as they are kept: spaces evened out, empty lines left out."""
    return tuple(text for text in (" ".join(text.split()) for text in texts) if text)


def acceptable(texts: Iterable[str]) -> bool:
    """One to three goals, none longer than the page has room for."""
    goals = cleaned(texts)
    return 1 <= len(goals) <= MOST_GOALS and all(len(goal) <= LONGEST_GOAL for goal in goals)
