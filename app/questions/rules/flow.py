"""Which page comes next, and which questions are not asked, decided from the answers so far."""

from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TypeAlias

from app.questions.rules.answers import Answers
from app.questions.rules.conditions import Condition, evaluate
from app.questions.rules.instrument import Instrument, Page, Question

# What a group goes over, and how many of them this person has: {"goals": 2}.
Counts: TypeAlias = Mapping[str, int]
# Where an answer is kept: the code, and which item of its group (0 outside groups).
AnswerPlace: TypeAlias = tuple[str, int]


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """One question as it is put to one person; `group` and `item` only within a repeated group."""

    question: Question
    group: Question | None = None
    item: int = 0

    @property
    def name(self) -> str:
        """The field's name on the page."""
        return field_name((self.question.code, self.item))

    @property
    def places(self) -> tuple[AnswerPlace, ...]:
        """Where its answers are kept."""
        return tuple((code, self.item) for code in self.question.codes)


@dataclass(frozen=True, slots=True)
class RoutePage:
    """One page of the way through; its key stands in the address."""

    key: str
    asked: tuple[AskedQuestion, ...]

    @property
    def places(self) -> tuple[AnswerPlace, ...]:
        """Where the answers of this page are kept."""
        return tuple(place for question in self.asked for place in question.places)


def field_name(place: AnswerPlace) -> str:
    """`coop` outside groups, `attain-2` for the second item."""
    code, item = place
    return f"{code}-{item}" if item else code


def all_pages(instrument: Instrument, counts: Counts) -> list[RoutePage]:
    """Every page anyone with that many items could meet."""
    return [route_page for page in instrument.pages for route_page in _pages_of(page, counts)]


def route(instrument: Instrument, counts: Counts, answers: Answers) -> list[RoutePage]:
    """The pages this person meets, as far as the answers given so far decide it."""
    way: list[RoutePage] = []
    for page in all_pages(instrument, counts):
        asked, ended = _reached(page, answers)
        if asked:
            way.append(RoutePage(page.key, asked))
        if ended:
            break
    return way


def next_page(way: Sequence[RoutePage], recorded: Set[AnswerPlace]) -> RoutePage | None:
    """The first page with a question that has no answer of any state; None when all is done."""
    return next((page for page in way if not recorded >= set(page.places)), None)


def page_before(way: Sequence[RoutePage], key: str) -> RoutePage | None:
    """The page before this one, for the way back."""
    keys = [page.key for page in way]
    at = keys.index(key) if key in keys else 0
    return way[at - 1] if at else None


def page_after(way: Sequence[RoutePage], key: str) -> RoutePage | None:
    """The page after this one; None after the last, and for one not on the way."""
    keys = [page.key for page in way]
    at = keys.index(key) + 1 if key in keys else len(keys)
    return way[at] if at < len(keys) else None


def progress(instrument: Instrument, counts: Counts, page: RoutePage) -> int:
    """How far the page lies along the whole questionnaire, in percent from 0 to 99."""
    keys = [each.key for each in all_pages(instrument, counts)]
    return 100 * keys.index(page.key) // len(keys)


def not_asked(instrument: Instrument, counts: Counts, answers: Answers) -> set[AnswerPlace]:
    """The places that the way through these answers leaves out."""
    possible = {place for page in all_pages(instrument, counts) for place in page.places}
    met = {place for page in route(instrument, counts, answers) for place in page.places}
    return possible - met


def _pages_of(page: Page, counts: Counts) -> Iterator[RoutePage]:
    first = page.questions[0]
    if first.traits.has_items:
        for item in range(1, counts.get(str(first.over), 0) + 1):
            asked = tuple(AskedQuestion(question, first, item) for question in first.items)
            yield RoutePage(f"{first.code}-{item}", asked)
    else:
        yield RoutePage(first.code, tuple(AskedQuestion(question) for question in page.questions))


def _reached(page: RoutePage, answers: Answers) -> tuple[tuple[AskedQuestion, ...], bool]:
    """The questions of a page that are put, and whether the way ends there."""
    met: list[AskedQuestion] = []
    for question in page.asked:
        put = question.group or question.question
        if _holds(put.ask_if, answers, otherwise=True):
            met.append(question)
            if _holds(put.end_if, answers, otherwise=False):
                return tuple(met), True
    return tuple(met), False


def _holds(condition: Condition | None, answers: Answers, otherwise: bool) -> bool:
    return otherwise if condition is None else evaluate(condition, answers) is True
