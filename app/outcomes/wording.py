"""A figure in words, so that it reads well when it is none, one, few, hidden or uncertain."""

import re

from app.core.numbers import decimal_text, integer_text, percent_text
from app.core.texts import _, _n, local
from app.outcomes.rules.definitions import Definition, IndicatorKind
from app.outcomes.rules.figures import Figure, ResponseOutcome
from app.outcomes.rules.proportions import Interval, rounded_difference

_PLACE = re.compile(r"\{(pct|gap|number)\}")

FEW = 30
"""Under so many people the numbers stand beside the percentage."""


def percent_words(success: int, eligible: int, rounded: int) -> str:
    """“85 %”; 100 % only if all and 0 % only if none."""
    if success < eligible and rounded == 100:
        return _("over %(percent)s", percent=percent_text(99))
    if success > 0 and rounded == 0:
        return _("under %(percent)s", percent=percent_text(1))
    return percent_text(rounded)


def share_words(figure: Figure) -> str:
    """The percentage for a table or chart, “17 ud af 20” beside it where few were asked."""
    if figure.suppressed:
        return _("not shown")
    if not figure.eligible or figure.percent is None or figure.success is None:
        return _("no answers")
    words = percent_words(figure.success, figure.eligible, figure.percent)
    return words + few_words(figure.success, figure.eligible)


def value_words(definition: Definition, figure: Figure) -> str:
    """The figure in a list, whatever its kind."""
    if definition.flaws:
        return _("cannot be counted")
    if figure.suppressed:
        return _("not shown")
    if definition.kind is IndicatorKind.DIFFERENCE:
        return gap_words(figure) if figure.value is not None else _("no answers")
    if definition.kind is IndicatorKind.PROPORTION:
        return share_words(figure)
    if figure.value is None:
        return _("none")
    whole = definition.kind is not IndicatorKind.MEAN_INDEX
    return integer_text(round(figure.value)) if whole else decimal_text(figure.value)


def chart_words(figure: Figure) -> str:
    """What a bar shows, for those who hear it: “85 % of 121, interval 78–90 %”."""
    return _(
        "%(share)s of %(whole)s, 95%% interval %(interval)s",
        share=share_words(figure),
        whole=count_words(figure.eligible),
        interval=interval_words(figure.interval),
    )


def verdict_words(verdict: ResponseOutcome | None) -> str:
    """What one person's answer says, or that there is none."""
    match verdict:
        case ResponseOutcome.SUCCESS:
            return _("success")
        case ResponseOutcome.FAILURE:
            return _("no success")
        case ResponseOutcome.INELIGIBLE:
            return _("not counted: does not belong to the group")
        case ResponseOutcome.UNKNOWN:
            return _("not known")
        case _:
            return _("no complete answer")


def counts_words(figure: Figure) -> str:
    """Population, invited, delivered and complete, where there are any that may be shown."""
    counts = [
        (_("population"), figure.population),
        (_("invited"), figure.invited),
        (_("delivered"), figure.delivered),
        (_("complete"), figure.complete),
        (_("not known"), figure.unknown),
    ]
    known = [f"{name} {integer_text(number)}" for name, number in counts if number]
    return capitalised(", ".join(known))


def few_words(success: int, eligible: int) -> str:
    """“ (17 ud af 20)” where so few were counted that the percentage alone would mislead."""
    if eligible >= FEW:
        return ""
    return " " + _("(%(part)s out of %(whole)s)", part=success, whole=eligible)


def sentence(definition: Definition, figure: Figure, least: int) -> str:
    """The indicator's own sentence with its figure, or why there is none."""
    name = local(definition.name) or definition.key
    if definition.flaws:
        return _("%(name)s: cannot be counted until its definition is mended.", name=name)
    if figure.suppressed:
        return _(
            "%(name)s: not shown, because fewer than %(least)s have answered.",
            name=name,
            least=least,
        )
    words = printed(definition, figure)
    if words is not None:
        return capitalised(_PLACE.sub(lambda _found: words, local(definition.text)))
    if figure.eligible and definition.kind is IndicatorKind.DIFFERENCE:
        return capitalised(local(definition.uncertain) or no_certain_difference())
    return _("%(name)s: no answers yet.", name=name)


def printed(definition: Definition, figure: Figure) -> str | None:
    """The figure as it stands in its sentence; None where it cannot be said."""
    if figure.suppressed or definition.flaws:
        return None
    match definition.kind:
        case IndicatorKind.PROPORTION:
            return _share_in_sentence(figure) if figure.eligible else None
        case IndicatorKind.DIFFERENCE:
            return gap_words(figure) if is_certain(figure) else None
        case IndicatorKind.MEAN_INDEX:
            return None if figure.value is None else decimal_text(figure.value)
        case _:
            return None if figure.value is None else integer_text(round(figure.value))


def _share_in_sentence(figure: Figure) -> str:
    if figure.success == 0:
        return _("none") + few_words(0, figure.eligible or 0)
    return share_words(figure)


def is_certain(figure: Figure) -> bool:
    """Whether a sentence may claim a difference: only if the interval leaves zero out."""
    if figure.low is None or figure.high is None:
        return False
    return figure.low > 0 or figure.high < 0


def gap_words(figure: Figure) -> str:
    """“5 procentpoint lavere”, or that there is no certain difference."""
    if figure.value is None or not is_certain(figure):
        return no_certain_difference()
    points = rounded_difference(figure.value)
    size = _n("%(num)s percentage point", "%(num)s percentage points", abs(points))
    if figure.value < 0:
        return _("%(size)s lower", size=size)
    return _("%(size)s higher", size=size)


def no_certain_difference() -> str:
    """What is said instead of a difference that chance could have made."""
    return _("no certain difference")


def interval_words(interval: Interval | None) -> str:
    """“78–90 %”, from shares of one; nothing where there is no interval."""
    if interval is None:
        return ""
    low, high = (rounded_difference(100 * end) for end in interval)
    return f"{low}–{percent_text(high)}"


def of_words(figure: Figure) -> str:
    """“103 af 121; svarprocent 74”, as the annex of the report says it; nothing if hidden."""
    if figure.success is None or not figure.eligible:
        return ""
    part = _("%(part)s of %(whole)s", part=figure.success, whole=figure.eligible)
    if figure.response_percent is None:
        return part
    return _("%(part)s; response rate %(rate)s", part=part, rate=figure.response_percent)


def provenance(definition: Definition, figure: Figure) -> list[str]:
    """What stands behind a figure, a sentence each: rule, numbers, intervals, bounds."""
    lines = [local(definition.rule)] if definition.rule else []
    if definition.kind is IndicatorKind.PROPORTION:
        lines += [of_words(figure), *_interval_lines(figure)]
    elif figure.value is not None and figure.low is not None and figure.high is not None:
        lines.append(_value_line(definition, figure))
    return [line for line in lines if line]


def _value_line(definition: Definition, figure: Figure) -> str:
    digits = 0 if definition.kind is IndicatorKind.ESTIMATE else 1
    value, low, high = (
        decimal_text(number, digits) if digits else integer_text(round(number))
        for number in (figure.value or 0, figure.low or 0, figure.high or 0)
    )
    if definition.kind is IndicatorKind.ESTIMATE:
        return _(
            "Estimate: %(value)s (between %(low)s and %(high)s)", value=value, low=low, high=high
        )
    return _(
        "Value: %(value)s (95%% interval %(low)s to %(high)s)", value=value, low=low, high=high
    )


def _interval_lines(figure: Figure) -> list[str]:
    lines = []
    if figure.interval_population:
        words = interval_words(figure.interval_population)
        lines.append(_("This year's participants (95%% interval): %(interval)s", interval=words))
    elif figure.all_answered:
        lines.append(_("This year's participants: all have answered"))
    if figure.interval:
        words = interval_words(figure.interval)
        lines.append(_("Coming participants (95%% interval): %(interval)s", interval=words))
    if figure.bounds:
        words = interval_words(figure.bounds)
        lines.append(_("If nobody or all of the others succeeded: %(bounds)s", bounds=words))
    return lines


def count_words(number: int | None) -> str:
    """A number of people in a table; a dash where it is not shown."""
    return "–" if number is None else integer_text(number)


def known_words(figure: Figure, name: str) -> str | None:
    """One of the figure's counts; a dash where it is hidden, nothing where it has none."""
    number: int | None = getattr(figure, name)
    asked = figure.invited or name not in ("invited", "delivered")
    if number is None:
        return count_words(None) if figure.suppressed else None
    return integer_text(number) if asked else None


def capitalised(text: str) -> str:
    """The text with its first letter large; the rest as it stands."""
    return text[:1].upper() + text[1:]
