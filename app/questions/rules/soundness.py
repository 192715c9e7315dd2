"""Whether a questionnaire read from JSON makes sense: every flaw in a sentence with its place."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import ValidationError

from app.core.languages import DEFAULT
from app.installation.rules import NAMED
from app.questions.rules.instrument import (
    Instrument,
    Question,
    Translations,
)
from app.questions.rules.vocabulary import Vocabulary, flaws

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


class Unsound(ValueError):
    """The document is no questionnaire; `flaws` says why, a sentence each."""

    def __init__(self, flaws: list[str]) -> None:
        self.flaws = flaws
        super().__init__(" ".join(flaws))


def read_instrument(document: Any) -> Instrument:
    """The questionnaire a JSON document describes; raises Unsound."""
    try:
        instrument = Instrument.model_validate(with_scales(document))
    except ValidationError as error:
        raise Unsound([_located(error) for error in error.errors()]) from None
    flaws = [*_code_flaws(instrument), *_question_flaws(instrument), *_language_flaws(instrument)]
    if flaws:
        raise Unsound(flaws)
    return instrument


def missing_translations(instrument: Instrument) -> list[tuple[str, str]]:
    """(where, language) of each text that a listed language lacks and Danish must stand in for."""
    return [
        (where, language)
        for where, texts in _all_texts(instrument)
        for language in instrument.languages
        if language not in texts
    ]


def with_scales(document: Any) -> Any:
    """The document with the options themselves where a question names a scale."""
    scales = document.get("scales", {}) if isinstance(document, dict) else {}

    def spread(part: Any) -> Any:
        if isinstance(part, list):
            return [spread(element) for element in part]
        if not isinstance(part, dict):
            return part
        named = part.get("options")
        known = isinstance(named, str) and isinstance(scales, dict) and named in scales
        return {
            key: scales[named] if known and key == "options" else spread(value)
            for key, value in part.items()
        }

    return spread(document)


def _located(error: Mapping[str, Any]) -> str:
    place = ".".join(str(step) for step in error["loc"]) or "document"
    return f"{place}: {error['msg']}."


def _code_flaws(instrument: Instrument) -> Iterator[str]:
    names = Counter(
        code for question in instrument.questions() for code in {question.code, *question.codes}
    )
    for code, times in names.items():
        if times > 1:
            yield f"The code “{code}” is used {times} times."


def _question_flaws(instrument: Instrument) -> Iterator[str]:
    earlier = Vocabulary({}, {})
    everything = instrument.vocabulary()
    for page in instrument.pages:
        if len(page.questions) > 1 and any(question.items for question in page.questions):
            yield f"{page.questions[0].code}: a repeated group has its page to itself."
    for question in instrument.questions():
        if question.ask_if is not None:
            yield from (f"{question.code}: {flaw}" for flaw in flaws(question.ask_if, earlier))
        earlier = _grown(earlier, everything, question)
        if question.end_if is not None:
            yield from (f"{question.code}: {flaw}" for flaw in flaws(question.end_if, earlier))
        for part in (question, *question.items):
            yield from (f"{part.code}: {flaw}" for flaw in _part_flaws(part, earlier))


def _grown(earlier: Vocabulary, everything: Vocabulary, question: Question) -> Vocabulary:
    if question.traits.has_items:
        return Vocabulary(
            earlier.questions, {**earlier.groups, question.code: everything.groups[question.code]}
        )
    own = {code: everything.questions[code] for code in question.codes}
    return Vocabulary({**earlier.questions, **own}, earlier.groups)


def _part_flaws(question: Question, earlier: Vocabulary) -> Iterator[str]:
    yield from _shape_flaws(question)
    yield from _option_flaws(question)
    used = {name for text in question.text.values() for name in PLACEHOLDER.findall(text)}
    for name in sorted((used - {*NAMED}) ^ question.pipes.keys()):
        yield f"the placeholder “{name}” and its pipe belong together."
    for name, pipe in question.pipes.items():
        if pipe.answer is not None and pipe.answer not in earlier.questions:
            yield f"the placeholder “{name}” takes its words from no earlier question."


def _shape_flaws(question: Question) -> Iterator[str]:
    group = question.traits.has_items
    if question.traits.has_options != bool(question.options):
        yield "options belong to choices, scales and matrices, and only there."
    if question.traits.has_rows != bool(question.rows):
        yield "rows belong to a matrix, and only there."
    if group != bool(question.items) or group != (question.over is not None):
        yield "items and what they go over belong to a group, and only there."
    for item in question.items:
        if not item.traits.is_plain or list(item.conditions()):
            yield f"“{item.code}” must be a plain question without conditions to stand in a group."


def _option_flaws(question: Question) -> Iterator[str]:
    sent = Counter(option.sent for option in question.options)
    if any(times > 1 for times in sent.values()):
        yield "two options have the same value."
    counts = question.traits.counts
    if any(o.value is not None and isinstance(o.value, int) != counts for o in question.options):
        yield "a scale has numbers as values, a choice has codes."
    if not question.traits.takes_several and any(option.alone for option in question.options):
        yield "only one of several choices can stand alone."


def _language_flaws(instrument: Instrument) -> Iterator[str]:
    for where, texts in _all_texts(instrument):
        if DEFAULT not in texts:
            yield f"{where}: the Danish text is missing."
        unlisted = sorted(texts.keys() - set(instrument.languages))
        if unlisted:
            yield f"{where}: the language {unlisted[0]} is not listed."


def _all_texts(instrument: Instrument) -> Iterator[tuple[str, Translations]]:
    yield from (("title", instrument.title), ("intro", instrument.intro))
    yield "thanks", instrument.thanks
    for question in instrument.questions():
        yield from _question_texts(question)
        for item in question.items:
            yield from _question_texts(item)


def _question_texts(question: Question) -> Iterator[tuple[str, Translations]]:
    yield question.code, question.text
    if question.hint:
        yield f"{question.code} (hint)", question.hint
    yield from ((f"{question.code}={option.sent}", option.label) for option in question.options)
    yield from ((row.code, row.text) for row in question.rows)
    yield from (
        (f"{question.code} ({name})", pipe.fallback) for name, pipe in question.pipes.items()
    )
