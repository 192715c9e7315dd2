"""Percentages, their intervals and bounds, and response rates, in exact integers where printed."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt

Interval = tuple[float, float]

Z95 = 1.959963984540054
"""The 0.975 quantile of the normal distribution."""


def percent(part: int, whole: int) -> int | None:
    """The percentage rounded half up with integers alone; null when there is nobody to count."""
    if whole <= 0:
        return None
    return (200 * part + whole) // (2 * whole)


def rounded_half_up(numerator: int, denominator: int) -> int:
    """A whole number of people from a ratio, the half going up."""
    return (2 * numerator + denominator) // (2 * denominator)


def rounded_difference(value: float | Fraction) -> int:
    """A difference rounded half away from zero, so that its sign does not change its size."""
    exact = Fraction(value).limit_denominator(10**9)
    size = rounded_half_up(abs(exact.numerator), exact.denominator)
    return size if exact >= 0 else -size


def wilson(part: int, whole: int) -> Interval | None:
    """Wilson's score interval (Brown, Cai, DasGupta 2001 recommend it for small numbers)."""
    if whole <= 0:
        return None
    return wilson_at(part / whole, whole)


def wilson_at(share: float, size: float) -> Interval:
    """Wilson's interval for a share and an effective number of people, which may be broken."""
    square = Z95 * Z95
    middle = share + square / (2 * size)
    reach = Z95 * sqrt(share * (1 - share) / size + square / (4 * size * size))
    scale = 1 + square / size
    return clamped((middle - reach) / scale, (middle + reach) / scale)


def wilson_of_population(part: int, whole: int, population: int) -> Interval | None:
    """Wilson for the people of this population alone; null when all of them have answered."""
    if whole <= 0 or whole >= population:
        return None
    effective = whole * (population - 1) / (population - whole)
    return wilson_at(part / whole, effective)


def eligible_population(population: int, eligible: int, ineligible: int) -> int | None:
    """How many of the whole population are eligible, judged by those who told."""
    if eligible + ineligible <= 0:
        return None
    return rounded_half_up(population * eligible, eligible + ineligible)


def nonresponse_bounds(part: int, whole: int, silent: int) -> Interval | None:
    """The share if all who are not known had failed, and if all of them had succeeded."""
    if whole + silent <= 0:
        return None
    return clamped(part / (whole + silent), (part + silent) / (whole + silent))


def newcombe(first: tuple[int, int], second: tuple[int, int]) -> tuple[float, float, float] | None:
    """The difference of two shares with Newcombe's hybrid score interval (1998, method 10)."""
    one, two = wilson(*first), wilson(*second)
    if one is None or two is None:
        return None
    share_one, share_two = first[0] / first[1], second[0] / second[1]
    down = sqrt((share_one - one[0]) ** 2 + (two[1] - share_two) ** 2)
    up = sqrt((one[1] - share_one) ** 2 + (share_two - two[0]) ** 2)
    difference = share_one - share_two
    return difference, difference - down, difference + up


def clamped(low: float, high: float) -> Interval:
    """An interval of shares never leaves 0 to 1; rounding noise at the ends is taken off."""
    return max(0.0, low if low > 1e-12 else 0.0), min(1.0, high if high < 1 - 1e-12 else 1.0)


@dataclass(frozen=True, slots=True)
class Dispositions:
    """What became of the invitations, in the words of AAPOR."""

    complete: int = 0
    partial: int = 0
    refused: int = 0
    not_contacted: int = 0
    other: int = 0
    unknown: int = 0

    @property
    def all(self) -> int:
        """Every invitation; bounced ones are among the not contacted and stay below the line."""
        answered = self.complete + self.partial
        return answered + self.refused + self.not_contacted + self.other + self.unknown


def response_rate_1(counts: Dispositions) -> Fraction | None:
    """AAPOR RR1: complete answers of all invited."""
    return Fraction(counts.complete, counts.all) if counts.all else None


def response_rate_2(counts: Dispositions) -> Fraction | None:
    """AAPOR RR2: partial answers count as answers too."""
    return Fraction(counts.complete + counts.partial, counts.all) if counts.all else None


@dataclass(frozen=True, slots=True)
class WeightedShare:
    """A share of a weighted panel, with the number of people it is worth."""

    share: float
    effective: float
    interval: Interval


def weighted_share(hits: Sequence[int], weights: Sequence[float]) -> WeightedShare | None:
    """The weighted share with Kish's effective number; for panels only."""
    total = sum(weights)
    if total <= 0:
        return None
    share = sum(hit * weight for hit, weight in zip(hits, weights, strict=True)) / total
    effective = total * total / sum(weight * weight for weight in weights)
    return WeightedShare(share, effective, wilson_at(share, effective))
