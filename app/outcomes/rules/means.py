"""Means, their difference with Welch's interval, index scores and goal attainment scaling."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp, fsum, lgamma, log, sqrt

GAS_CORRELATION = 0.3
"""Kiresuk and Sherman's assumed correlation between one person's goals."""


@dataclass(frozen=True, slots=True)
class Sample:
    """What Welch needs to know of one group."""

    mean: float
    deviation: float
    size: int


@dataclass(frozen=True, slots=True)
class MeanDifference:
    """The first mean minus the second, with its 95 % interval and degrees of freedom."""

    difference: float
    low: float
    high: float
    freedom: float

    @property
    def certain(self) -> bool:
        """True if the interval leaves zero out, so that a sentence may claim a difference."""
        return self.low > 0 or self.high < 0


def sample(values: Sequence[float]) -> Sample | None:
    """Mean and standard deviation (n − 1) of the values; null when there are none."""
    size = len(values)
    if not size:
        return None
    mean = fsum(values) / size
    spread = fsum((value - mean) ** 2 for value in values)
    return Sample(mean, sqrt(spread / (size - 1)) if size > 1 else 0.0, size)


def welch(sample: Sample, two: Sample) -> MeanDifference | None:
    """Welch's interval; null when a group has one person or nothing varies."""
    if min(sample.size, two.size) < 2:
        return None
    first, second = sample.deviation**2 / sample.size, two.deviation**2 / two.size
    if first + second <= 0:
        return None
    parts = first**2 / (sample.size - 1) + second**2 / (two.size - 1)
    freedom = (first + second) ** 2 / parts
    reach = student_quantile(0.975, freedom) * sqrt(first + second)
    difference = sample.mean - two.mean
    return MeanDifference(difference, difference - reach, difference + reach, freedom)


def mean_interval(sample: Sample) -> tuple[float, float] | None:
    """Student's 95 % interval of one mean; null for a single person."""
    if sample.size < 2:
        return None
    reach = student_quantile(0.975, sample.size - 1) * sample.deviation / sqrt(sample.size)
    return sample.mean - reach, sample.mean + reach


def student_quantile(probability: float, freedom: float) -> float:
    """The upper quantile of Student's distribution, found by halving."""
    low, high = 0.0, 1.0
    while _student_below(high, freedom) < probability:
        high *= 2
    for _ in range(100):
        middle = (low + high) / 2
        if _student_below(middle, freedom) < probability:
            low = middle
        else:
            high = middle
    return high


def _student_below(value: float, freedom: float) -> float:
    return 1 - _incomplete_beta(freedom / (freedom + value * value), freedom / 2, 0.5) / 2


def _incomplete_beta(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, by its continued fraction where that is quick."""
    front = exp(lgamma(a + b) - lgamma(a) - lgamma(b) + a * log(x) + b * log(1 - x))
    if x < (a + 1) / (a + b + 2):
        return front * _beta_fraction(x, a, b) / a
    return 1 - front * _beta_fraction(1 - x, b, a) / b


def _beta_fraction(x: float, a: float, b: float) -> float:
    """The continued fraction of Abramowitz and Stegun 26.5.8, from far enough inside outwards."""
    value = 1.0
    for step in range(100 + int(4 * sqrt(a + b)), 0, -1):
        value = 1 + _beta_term(step, x, a, b) / value
    return 1 / value


def _beta_term(step: int, x: float, a: float, b: float) -> float:
    half = step // 2
    if step % 2:
        return -(a + half) * (a + b + half) * x / ((a + 2 * half) * (a + 2 * half + 1))
    return half * (b - half) * x / ((a + 2 * half - 1) * (a + 2 * half))


def index_score(dimensions: Sequence[Sequence[str]], points: Mapping[str, float]) -> float | None:
    """A person's index: the mean of the dimensions, each the mean of its items.

    A dimension counts if at least half of its items are answered; a missing one leaves no score.
    """
    means: list[float] = []
    for items in dimensions:
        known = [points[item] for item in items if item in points]
        if not known or 2 * len(known) < len(items):
            return None
        means.append(fsum(known) / len(known))
    return fsum(means) / len(means) if means else None


def goal_attainment(scores: Sequence[int], weights: Sequence[float] | None = None) -> float | None:
    """The T of Kiresuk and Sherman (1968) from scores of −2 to +2; null without goals."""
    if not scores:
        return None
    given = weights if weights is not None else [1.0] * len(scores)
    weighted = fsum(weight * score for weight, score in zip(given, scores, strict=True))
    squares = fsum(weight * weight for weight in given)
    spread = (1 - GAS_CORRELATION) * squares + GAS_CORRELATION * fsum(given) ** 2
    return 50 + 10 * weighted / sqrt(spread)
