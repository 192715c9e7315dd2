"""How far apart two words are: the slips of a finger that make the one of the other."""

from __future__ import annotations


def distance(one: str, other: str) -> int:
    """Letters left out, added, changed, or exchanged with their neighbour (optimal alignment)."""
    before_last: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        current = [row]
        for column, beside in enumerate(other, start=1):
            changed = last[column - 1] + (letter != beside)
            steps = min(last[column] + 1, current[column - 1] + 1, changed)
            if row > 1 and column > 1 and (letter, beside) == (other[column - 2], one[row - 2]):
                steps = min(steps, before_last[column - 2] + 1)
            current.append(steps)
        before_last, last = last, current
    return last[-1]
