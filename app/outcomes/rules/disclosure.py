"""What may not be shown, because it would tell about single people: one rule for every reader."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

DESK_LEAST = 5
PUBLIC_LEAST = 10
SENSITIVE_LEAST = 10


def least_shown(*, public: bool, min_n: int = DESK_LEAST, sensitive: bool = False) -> int:
    """The smallest eligible number that may be shown to these readers."""
    floor = PUBLIC_LEAST if public else DESK_LEAST
    return max(floor, min_n, SENSITIVE_LEAST if sensitive else 0)


@dataclass(frozen=True, slots=True)
class Sum:
    """A cell that is the sum of others: whoever sees all but one of them knows the last."""

    total: str
    parts: tuple[str, ...]


def hidden_cells(eligible: Mapping[str, int], sums: Sequence[Sum], least: int) -> frozenset[str]:
    """The cells to hide: those too small, and what else is needed so that none can be worked out.

    In a sum with a shown total at least two hidden cells are left, together at least `least`
    people; a hidden total has a hidden part. The cheapest cell is hidden first.
    """
    hidden = {cell for cell, number in eligible.items() if number < least}
    while True:
        giving_away = next(
            (total for total in sums if _gives_away(total, hidden, eligible, least)), None
        )
        if giving_away is None:
            return frozenset(hidden)
        hidden.add(_cheapest(giving_away, hidden, eligible))


def _gives_away(
    total: Sum, hidden: Collection[str], eligible: Mapping[str, int], least: int
) -> bool:
    away = [cell for cell in total.parts if cell in hidden]
    if total.total in hidden:
        return not away and bool(total.parts)
    return bool(away) and (len(away) < 2 or sum(eligible[cell] for cell in away) < least)


def _cheapest(total: Sum, hidden: Collection[str], eligible: Mapping[str, int]) -> str:
    shown = [cell for cell in total.parts if cell not in hidden]
    return min(shown, key=lambda cell: (eligible[cell], cell)) if shown else total.total


def hierarchy(year: str, kinds: Mapping[str, Sequence[str]]) -> list[Sum]:
    """The sums of the fixed breakdowns: the year by kind and by event, each kind by event."""
    events = tuple(event for inside in kinds.values() for event in inside)
    by_kind = [Sum(kind, tuple(inside)) for kind, inside in kinds.items()]
    return [Sum(year, tuple(kinds)), Sum(year, events), *by_kind]


def too_close(
    respondents: frozenset[str], published: Iterable[frozenset[str]], least: int = DESK_LEAST
) -> bool:
    """Whether a published set and this one are nested and differ by so few that they give away."""
    return any(
        (respondents <= other or other <= respondents) and 0 < len(respondents ^ other) < least
        for other in published
    )
