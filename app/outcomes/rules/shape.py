"""Whether a definition is made of the right fields, each of the right sort: flaws by field."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, TypeAlias

from app.core.languages import DEFAULT, LANGUAGES
from app.core.marking import marked
from app.outcomes.rules.definitions import IndicatorKind, MissingPolicy
from app.outcomes.rules.sources import PARTS, UNITS
from app.questions.rules.flaws import Flaw, listed

Raw: TypeAlias = Mapping[str, Any]

NEEDED = ("key", "population", "text", "unit", "version")
ALWAYS = frozenset({*NEEDED, "kind", "rounding", "sensitive", "min_n", "name", "rule"})
ALLOWED = ALWAYS.union(*PARTS.values())
TEXTS = ("text", "name", "rule", "uncertain")
# Where the figure stands in its sentence.
PLACES = ("pct", "gap", "number")
MOST = 10_000

_KEY = re.compile(r"[a-z_][a-z0-9_]{0,39}")
_PLACE = re.compile(r"\{([^{}]*)\}")


def shape_flaws(raw: Raw) -> Iterator[Flaw]:
    """What is wrong with the fields that every definition has."""
    for key in NEEDED:
        if raw.get(key) is None:
            yield Flaw(marked("“%(field)s” is missing."), key, field=key)
    for key in sorted(map(str, raw.keys() - ALLOWED)):
        yield Flaw(
            marked("There is no field “%(field)s”. The fields are: %(allowed)s."),
            key,
            field=key,
            allowed=listed(sorted(ALLOWED)),
        )
    yield from _scalar_flaws(raw)
    for key in TEXTS:
        if raw.get(key) is not None:
            yield from _text_flaws(key, raw[key])


def not_one_of(field: str, given: Any, allowed: Any, place: str = "") -> Iterator[Flaw]:
    """A flaw if the value is on no closed list."""
    if given not in list(allowed):
        yield Flaw(
            marked("“%(field)s” is one of %(allowed)s, not %(given)s."),
            place or field,
            field=field,
            allowed=listed(allowed),
            given=repr(given),
        )


def is_count(value: Any, least: int) -> bool:
    """Whether it is a whole number in bounds; true and false are none."""
    return type(value) is int and least <= value <= MOST


def _scalar_flaws(raw: Raw) -> Iterator[Flaw]:
    if not _is_key("a" if raw.get("key") is None else raw["key"]):
        yield Flaw(
            marked("“key” is a short name of small letters, digits and underscores, 40 at most."),
            "key",
        )
    yield from _number_flaws(raw)
    yield from not_one_of("kind", raw.get("kind", IndicatorKind.PROPORTION), IndicatorKind)
    yield from not_one_of("missing", raw.get("missing", MissingPolicy.EXCLUDE), MissingPolicy)
    if raw.get("response", "complete") != "complete":
        yield Flaw(marked("“response” can only be “complete”."), "response")
    if not isinstance(raw.get("sensitive", False), bool):
        yield Flaw(marked("“sensitive” is true or false."), "sensitive")
    yield from _unit_flaws(raw.get("unit"))


def _number_flaws(raw: Raw) -> Iterator[Flaw]:
    if not is_count(1 if raw.get("version") is None else raw["version"], 1):
        yield Flaw(marked("“version” is a whole number from 1 to %(most)s."), "version", most=MOST)
    rounding = raw.get("rounding", 0)
    if type(rounding) is not int or rounding != 0:
        yield Flaw(marked("“rounding” can only be 0: printed percentages are whole."), "rounding")
    if not is_count(raw.get("min_n", 5), 5):
        yield Flaw(marked("“min_n” is a whole number from 5 to %(most)s."), "min_n", most=MOST)


def _unit_flaws(unit: Any) -> Iterator[Flaw]:
    if unit is not None and unit not in list(UNITS):
        yield Flaw(marked("“unit” is a word: one of %(allowed)s."), "unit", allowed=listed(UNITS))


def _text_flaws(field: str, texts: Any) -> Iterator[Flaw]:
    if not are_texts(texts):
        yield Flaw(
            marked("“%(field)s” gives a text for each language: %(allowed)s."),
            field,
            field=field,
            allowed=listed(LANGUAGES),
        )
        return
    if field == "text" and not texts.get(DEFAULT):
        yield Flaw(marked("“text” is needed in Danish (%(code)s)."), field, code=DEFAULT)
    if field == "text":
        for language, words in texts.items():
            yield from _place_flaws(language, words)


def _place_flaws(language: str, words: str) -> Iterator[Flaw]:
    named = _PLACE.findall(words)
    loose = _PLACE.sub("", words)
    if not named or set(named) - set(PLACES) or "{" in loose or "}" in loose:
        yield Flaw(
            marked("The text needs a place for its figure, one of %(allowed)s, and no other."),
            f"text.{language}",
            allowed=listed(f"{{{place}}}" for place in PLACES),
        )


def are_texts(value: Any) -> bool:
    """Whether it is a text for each of some of the languages there are."""
    return (
        isinstance(value, Mapping)
        and value.keys() <= LANGUAGES.keys()
        and all(isinstance(text, str) and "\0" not in text for text in value.values())
    )


def _is_key(value: Any) -> bool:
    return isinstance(value, str) and _KEY.fullmatch(value) is not None
