"""What is wrong with an indicator definition, sentence by sentence, before it may be saved."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from app.core.marking import marked
from app.outcomes.rules.definitions import IndicatorKind, Source
from app.outcomes.rules.shape import (
    ALWAYS,
    Raw,
    are_texts,
    is_count,
    not_one_of,
    shape_flaws,
)
from app.outcomes.rules.sources import PARTS, SOURCES, asks
from app.questions.rules.flaws import Flaw, listed
from app.questions.rules.vocabulary import Vocabulary, flaws, no_such_question

POPULATION = frozenset({"source", "period", "topic"}).union(
    *(traits.fields for traits in SOURCES.values())
)


def definition_flaws(
    raw: Any,
    instruments: Mapping[tuple[str, int], Vocabulary],
    topics: Collection[str] | None = None,
) -> list[Flaw]:
    """One sentence for each thing that is wrong, at its field; empty if it may be saved.

    `topics` are those that an event can have; None where any will do.
    """
    if not isinstance(raw, Mapping):
        return [Flaw(marked("A definition is an object."))]
    shape = [*shape_flaws(raw), *_population_flaws(raw.get("population"), topics)]
    return shape or list(_content_flaws(raw, instruments))


def _population_flaws(raw: Any, topics: Collection[str] | None) -> Iterator[Flaw]:
    if raw is None:
        return
    if not isinstance(raw, Mapping) or not all(isinstance(part, str) for part in raw.values()):
        yield Flaw(marked("“population” is an object of words."), "population")
        return
    unknown = sorted(map(str, raw.keys() - POPULATION))
    for key in unknown:
        yield Flaw(
            marked("A population has no “%(field)s”. It may have: %(allowed)s."),
            f"population.{key}",
            field=key,
            allowed=listed(sorted(POPULATION)),
        )
    if raw.get("source") not in list(Source):
        yield Flaw(
            marked("A population's source is one of %(allowed)s."),
            "population.source",
            allowed=listed(Source),
        )
    elif not unknown:
        yield from _source_flaws(raw, Source(raw["source"]), topics)
    if raw.get("period", "year") != "year":
        yield Flaw(marked("A population's period can only be “year”."), "population.period")


def _source_flaws(raw: Raw, source: Source, topics: Collection[str] | None) -> Iterator[Flaw]:
    traits = SOURCES[source]
    for key in sorted(raw.keys() - traits.fields - {"source", "period"}):
        yield Flaw(
            marked("“%(source)s” cannot be narrowed by “%(field)s”, only by: %(allowed)s."),
            f"population.{key}",
            source=source,
            field=key,
            allowed=listed(sorted(traits.fields)),
        )
    for key, allowed in traits.allowed().items():
        if key in raw:
            yield from not_one_of(key, raw[key], allowed, f"population.{key}")
    if "topic" in raw and traits.topic and topics is not None:
        yield from not_one_of("topic", raw["topic"], sorted(topics), "population.topic")


def _content_flaws(raw: Raw, instruments: Mapping[tuple[str, int], Vocabulary]) -> Iterator[Flaw]:
    kind = IndicatorKind(raw.get("kind", IndicatorKind.PROPORTION))
    source = Source(raw["population"]["source"])
    yield from _kind_flaws(raw, kind, source)
    yield from _part_flaws(raw, kind)
    if asks(kind, source):
        yield from _instrument_flaws(raw, instruments)


def _kind_flaws(raw: Raw, kind: IndicatorKind, source: Source) -> Iterator[Flaw]:
    if kind not in SOURCES[source].kinds:
        yield Flaw(
            marked("A figure of the kind “%(kind)s” comes from one of %(allowed)s."),
            "population.source",
            kind=kind,
            allowed=listed(each for each, traits in SOURCES.items() if kind in traits.kinds),
        )
    taken = PARTS[kind] if asks(kind, source) else frozenset()
    for key in sorted(raw.keys() - ALWAYS - taken):
        yield Flaw(
            marked("A figure of the kind “%(kind)s” from “%(source)s” takes no “%(field)s”."),
            key,
            kind=kind,
            source=source,
            field=key,
        )
    if kind is IndicatorKind.COUNT and "distinct" in raw["population"]:
        yield Flaw(
            marked("A count counts every time. Use the kind “count_distinct” to count people."),
            "population.distinct",
        )


def _part_flaws(raw: Raw, kind: IndicatorKind) -> Iterator[Flaw]:
    if kind is IndicatorKind.PROPORTION and "success" not in raw:
        yield Flaw(marked("A proportion needs “success”."), "success")
    if "dimensions" in PARTS[kind] and not _are_dimensions(raw.get("dimensions")):
        yield Flaw(
            marked("A mean needs “dimensions”: for each its list of questions."), "dimensions"
        )
    if "groups" in PARTS[kind] and not _are_groups(raw.get("groups")):
        yield Flaw(
            marked("A difference needs two “groups”, each with its condition “is”."), "groups"
        )


def _instrument_flaws(
    raw: Raw, instruments: Mapping[tuple[str, int], Vocabulary]
) -> Iterator[Flaw]:
    versions = raw.get("instrument_versions", ())
    if not isinstance(versions, list | tuple) or not versions:
        yield Flaw(
            marked("“instrument_versions” lists at least one version."), "instrument_versions"
        )
        return
    for version in versions:
        vocabulary = _known(instruments, raw.get("instrument"), version)
        if vocabulary is None:
            yield _no_such_version(raw.get("instrument"), version, instruments)
        else:
            yield from (
                Flaw(
                    marked("Version %(version)s: %(flaw)s"), flaw.place, version=version, flaw=flaw
                )
                for flaw in _in_version(raw, vocabulary)
            )


def _no_such_version(
    key: Any, version: Any, instruments: Mapping[tuple[str, int], Vocabulary]
) -> Flaw:
    numbers = [number for named, number in instruments if named == key]
    if numbers:
        return Flaw(
            marked("There is no version %(version)s of “%(key)s”. The versions are: %(allowed)s."),
            "instrument_versions",
            version=version,
            key=key,
            allowed=listed(sorted(numbers)),
        )
    return Flaw(
        marked(
            "There is no version %(version)s of “%(key)s”, for there is no such questionnaire. "
            "The questionnaires are: %(allowed)s."
        ),
        "instrument",
        version=version,
        key=key,
        allowed=listed(sorted({named for named, _number in instruments})),
    )


def _known(
    instruments: Mapping[tuple[str, int], Vocabulary], key: Any, version: Any
) -> Vocabulary | None:
    if not isinstance(key, str) or not is_count(version, 1):
        return None
    return instruments.get((key, version))


def _in_version(raw: Raw, vocabulary: Vocabulary) -> Iterator[Flaw]:
    for place, condition in _conditions(raw):
        yield from (flaw.at(place) for flaw in flaws(condition, vocabulary))
    dimensions = raw.get("dimensions", {})
    if _are_dimensions(dimensions):
        for name, codes in dimensions.items():
            for code in codes:
                yield from _measure_flaws(f"dimensions.{name}", code, vocabulary)


def _measure_flaws(place: str, code: str, vocabulary: Vocabulary) -> Iterator[Flaw]:
    domain = vocabulary.questions.get(code)
    if domain is None:
        yield no_such_question(code, vocabulary.questions).at(place)
    elif domain.kind not in ("scale", "number"):
        yield Flaw(
            marked("The question “%(code)s” has no points to take a mean of."), place, code=code
        )


def _conditions(raw: Raw) -> Iterator[tuple[str, Any]]:
    yield from ((key, raw[key]) for key in ("eligible", "success") if key in raw)
    if _are_groups(raw.get("groups")):
        numbered = enumerate(raw["groups"], start=1)
        yield from ((f"groups.{place}.is", group["is"]) for place, group in numbered)


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
        and are_texts(group.get("name", {}))
        for group in value
    )
