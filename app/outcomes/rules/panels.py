"""Mean scores of a panel and the gap between two of its groups."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from app.outcomes.rules.definitions import Definition, Group
from app.outcomes.rules.figures import Figure, FigureSums, GroupMean, Unit
from app.outcomes.rules.means import Sample, index_score, mean_interval, sample, welch
from app.questions.rules.answers import Answers
from app.questions.rules.conditions import evaluate


def mean_index(definition: Definition, units: Sequence[Unit], counts: FigureSums) -> Figure:
    """The mean of the persons' index scores, 0 to 100, with its interval."""
    scores = sample(_scores(definition, units))
    low, high = (mean_interval(scores) if scores else None) or (None, None)
    return replace(
        _asked(definition, counts, scores.size if scores else 0),
        value=scores.mean if scores else None,
        low=low,
        high=high,
    )


def difference(
    definition: Definition, units: Sequence[Unit], counts: FigureSums, least: int
) -> Figure:
    """The first group's mean minus the second's; hidden where either group is too small."""
    first, second = (_group_sample(definition, group, units) for group in definition.groups)
    means = tuple(map(_group_mean, definition.groups, (first, second)))
    gap = welch(first, second) if first and second else None
    return replace(
        _asked(definition, counts, sum(side.size for side in means)),
        value=gap.difference if gap else None,
        low=gap.low if gap else None,
        high=gap.high if gap else None,
        groups=means,
        suppressed=counts.complete > 0 and any(side.size < least for side in means),
    )


def _asked(definition: Definition, counts: FigureSums, known: int) -> Figure:
    return Figure(
        key=definition.key,
        version=definition.version,
        population=counts.population,
        invited=counts.invited,
        delivered=counts.delivered,
        complete=counts.complete,
        eligible=known,
        unknown=counts.complete - known,
    )


def _group_sample(definition: Definition, group: Group, units: Sequence[Unit]) -> Sample | None:
    members = [unit for unit in units if unit.answers and evaluate(group.condition, unit.answers)]
    return sample(_scores(definition, members))


def _group_mean(group: Group, sample: Sample | None) -> GroupMean:
    if sample is None:
        return GroupMean(group.name, 0, None, None)
    return GroupMean(group.name, sample.size, sample.mean, sample.deviation)


def _scores(definition: Definition, units: Sequence[Unit]) -> list[float]:
    dimensions = list(definition.dimensions.values())
    scores = (index_score(dimensions, _points(unit.answers)) for unit in units if unit.answers)
    return [score for score in scores if score is not None]


def _points(answers: Answers) -> Mapping[str, float]:
    """The items answered with a number of points; 0, 25, 50, 75 or 100."""
    return {
        code: float(answer.value)
        for code, answer in answers.values.items()
        if isinstance(answer.value, int | float)
    }
