"""One page of a questionnaire as one respondent meets it, or as the desk previews it."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.questions.rules.flow import (
    AnswerPlace,
    RoutePage,
    all_pages,
    field_name,
    next_page,
    page_before,
    progress,
    route,
)
from app.questions.rules.instrument import Instrument
from app.questions.rules.storing import Stored, restored, sent_by
from app.questions.wording import Sources, Worded, worded
from app.surveys.queries.respondents import Respondent, rows_of, sources
from app.surveys.rules import LinkStanding

SAMPLE = Sources(items={"goals": [{"goal": None}, {"goal": None}]})


@dataclass(frozen=True)
class AnswerPage:
    """A page with the way it lies on and what stands in the answer set."""

    instrument: Instrument
    way: list[RoutePage]
    page: RoutePage
    rows: Mapping[AnswerPlace, Stored]
    sources: Sources

    @property
    def back(self) -> str | None:
        """The key of the page before."""
        before = page_before(self.way, self.page.key)
        return before.key if before else None

    @property
    def percent(self) -> int:
        """How far one has come."""
        return progress(self.instrument, self.sources.counts(), self.page)

    def worded(self, language: str) -> list[Worded]:
        """Its questions in a language."""
        return [
            worded(question, self.instrument, self.sources, language)
            for question in self.page.asked
        ]

    def sent_before(self) -> dict[str, list[str]]:
        """What the page sent when it was answered earlier, by field name."""
        return {
            field_name(place): sent_by(question.question, restored(self.rows[place]))
            for question in self.page.asked
            for place in question.places
            if place in self.rows
        }


def answer_page(respondent: Respondent, key: str) -> AnswerPage | None:
    """The page of that key if it lies on the way of a questionnaire that is being answered."""
    if respondent.standing is not LinkStanding.BEGUN:
        return None
    rows = rows_of(respondent)
    known = sources(respondent, rows)
    way = route(respondent.instrument, known.counts(), known.answers)
    page = next((page for page in way if page.key == key), None)
    return AnswerPage(respondent.instrument, way, page, rows, known) if page else None


def open_key(respondent: Respondent) -> str | None:
    """The key of the first page without an answer; None if there is none."""
    rows = rows_of(respondent)
    known = sources(respondent, rows)
    page = next_page(route(respondent.instrument, known.counts(), known.answers), rows.keys())
    return page.key if page else None


def sample_page(instrument: Instrument, key: str | None) -> AnswerPage | None:
    """A page as the desk previews it: every page lies on the way, for someone with two goals."""
    way = all_pages(instrument, SAMPLE.counts())
    page = next((page for page in way if key in (None, page.key)), None)
    return AnswerPage(instrument, way, page, {}, SAMPLE) if page else None
