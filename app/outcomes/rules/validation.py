"""What is wrong with an indicator definition, sentence by sentence, before it may be saved."""

from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from app.core.languages import DEFAULT
from app.outcomes.rules.definitions import IndicatorKind, MissingPolicy, Source
from app.questions.rules.conditions import Condition
from app.questions.rules.vocabulary import Vocabulary, flaws

Raw: TypeAlias = Mapping[str, Any]

NEEDED = frozenset({"key", "version", "unit", "population", "text"})
ALLOWED = NEEDED | {
    "kind", "instrument", "instrument_versions", "response", "eligible", "success", "missing",
    "rounding", "sensitive", "min_n", "dimensions", "groups", "name", "rule", "uncertain",
}  # fmt: skip
POPULATION = frozenset({"source", "event_kind", "topic", "status", "distinct", "period"})
ASKING = frozenset({IndicatorKind.PROPORTION, IndicatorKind.MEAN_INDEX, IndicatorKind.DIFFERENCE})


def definition_flaws(raw: Any, instruments: Mapping[tuple[str, int], Vocabulary]) -> list[str]:
    """One sentence for each thing that is wrong; empty if the definition may be saved."""
    if not isinstance(raw, Mapping):
        return ["A definition is an object."]
    shape = list(_shape_flaws(raw))
    return shape or list(_content_flaws(raw, instruments))


def _shape_flaws(raw: Raw) -> Iterator[str]:
    for key in sorted(NEEDED - raw.keys()):
        yield f"“{key}” is missing."
    for key in sorted(raw.keys() - ALLOWED):
        yield f"There is no field “{key}”."
    yield from (f"“{key}” {expected}." for key, expected in _mistyped(raw))
    yield from _population_flaws(raw.get("population"))


def _mistyped(raw: Raw) -> Iterator[tuple[str, str]]:
    if not _is_code(raw.get("key", "a")):
        yield "key", "is a short name of small letters, digits and underscores"
    if not _is_count(raw.get("version", 1), 1):
        yield "version", "is a whole number from 1"
    if raw.get("kind", IndicatorKind.PROPORTION) not in list(IndicatorKind):
        yield "kind", f"is one of {', '.join(IndicatorKind)}"
    if raw.get("missing", MissingPolicy.EXCLUDE) not in list(MissingPolicy):
        yield "missing", f"is one of {', '.join(MissingPolicy)}"
    if raw.get("response", "complete") != "complete":
        yield "response", "can only be “complete”"
    if raw.get("rounding", 0) != 0:
        yield "rounding", "can only be 0: printed percentages are whole"
    yield from _mistyped_rest(raw)


def _mistyped_rest(raw: Raw) -> Iterator[tuple[str, str]]:
    if not isinstance(raw.get("sensitive", False), bool):
        yield "sensitive", "is true or false"
    if not _is_count(raw.get("min_n", 5), 5):
        yield "min_n", "is a whole number from 5"
    for key in ("text", "name", "rule", "uncertain"):
        if not _are_texts(raw.get(key, {})):
            yield key, "gives a text for each language"
    if "text" in raw and _are_texts(raw["text"]) and DEFAULT not in raw["text"]:
        yield "text", "is needed in Danish"
    if not isinstance(raw.get("unit", ""), str):
        yield "unit", "is a word"


def _population_flaws(raw: Any) -> Iterator[str]:
    if raw is None:
        return
    if not isinstance(raw, Mapping) or not all(isinstance(part, str) for part in raw.values()):
        yield "“population” is an object of words."
        return
    for key in sorted(raw.keys() - POPULATION):
        yield f"A population has no “{key}”."
    if raw.get("source") not in list(Source):
        yield f"A population's source is one of {', '.join(Source)}."
    if raw.get("period", "year") != "year":
        yield "A population's period can only be “year”."


def _content_flaws(raw: Raw, instruments: Mapping[tuple[str, int], Vocabulary]) -> Iterator[str]:
    kind = IndicatorKind(raw.get("kind", IndicatorKind.PROPORTION))
    if kind not in ASKING:
        return
    versions = raw.get("instrument_versions", ())
    if not isinstance(versions, list | tuple) or not versions:
        yield "“instrument_versions” lists at least one version."
        return
    yield from _part_flaws(raw, kind)
    for version in versions:
        vocabulary = _known(instruments, raw.get("instrument"), version)
        if vocabulary is None:
            yield f"There is no version {version} of “{raw.get('instrument')}”."
        else:
            yield from (f"Version {version}: {flaw}" for flaw in _in_version(raw, vocabulary))


def _known(
    instruments: Mapping[tuple[str, int], Vocabulary], key: Any, version: Any
) -> Vocabulary | None:
    if not isinstance(key, str) or not _is_count(version, 1):
        return None
    return instruments.get((key, version))


def _part_flaws(raw: Raw, kind: IndicatorKind) -> Iterator[str]:
    if kind is IndicatorKind.PROPORTION and "success" not in raw:
        yield "A proportion needs “success”."
    if kind is not IndicatorKind.PROPORTION and not _are_dimensions(raw.get("dimensions")):
        yield "A mean needs “dimensions”: for each its list of questions."
    if kind is IndicatorKind.DIFFERENCE and not _are_groups(raw.get("groups")):
        yield "A difference needs two “groups”, each with its condition “is”."


def _in_version(raw: Raw, vocabulary: Vocabulary) -> Iterator[str]:
    for condition in _conditions(raw):
        yield from flaws(condition, vocabulary)
    dimensions = raw.get("dimensions", {})
    if _are_dimensions(dimensions):
        for code in (code for codes in dimensions.values() for code in codes):
            yield from _measure_flaws(code, vocabulary)


def _measure_flaws(code: str, vocabulary: Vocabulary) -> Iterator[str]:
    domain = vocabulary.questions.get(code)
    if domain is None:
        yield f"There is no question “{code}”."
    elif domain.kind not in ("scale", "number"):
        yield f"The question “{code}” has no points to take a mean of."


def _conditions(raw: Raw) -> Iterator[Condition]:
    yield from (raw[key] for key in ("eligible", "success") if key in raw)
    if _are_groups(raw.get("groups")):
        yield from (group["is"] for group in raw["groups"])


def _is_code(value: Any) -> bool:
    return isinstance(value, str) and value.isidentifier() and value == value.lower()


def _is_count(value: Any, least: int) -> bool:
    return type(value) is int and value >= least


def _are_texts(value: Any) -> bool:
    return isinstance(value, Mapping) and all(isinstance(text, str) for text in value.values())


def _are_dimensions(value: Any) -> bool:
    if not isinstance(value, Mapping) or not value:
        return False
    lists = [codes for codes in value.values() if isinstance(codes, list | tuple) and codes]
    return len(lists) == len(value) and all(isinstance(c, str) for codes in lists for c in codes)


def _are_groups(value: Any) -> bool:
    if not isinstance(value, list | tuple) or len(value) != 2:
        return False
    return all(
        isinstance(group, Mapping)
        and "is" in group
        and group.keys() <= {"is", "name"}
        and _are_texts(group.get("name", {}))
        for group in value
    )
