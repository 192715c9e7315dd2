"""The list of those enrolled at a workshop: its columns, filters and order."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from sqlalchemy import case

from app.core.cells import Cell
from app.core.texts import Lazy, _, _l, language
from app.lists.describing import Column, Filter, ListOf
from app.lists.finding import StoredRows
from app.questions.rules.instrument import Question
from app.questions.wording import say
from app.tickets.rules.codes import LONGEST_TYPED, shown_short
from app.workshops.models import Enrolment, Workshop
from app.workshops.queries import lists, questions
from app.workshops.queries.lists import RosterLine
from app.workshops.rules.arrivals import CameIn
from app.workshops.rules.places import EnrolmentState
from app.workshops.wording import STATE_NAMES

MoreColumns = Callable[[Sequence[RosterLine]], list[Column[RosterLine]]]
NEEDS: dict[str, Lazy] = {
    "interpreter": _l("interpreter"),
    "access": _l("access"),
    "food": _l("food"),
}
CAME: dict[str, Lazy] = {"yes": _l("Came"), "no": _l("Did not come")}


def rows(event_id: int) -> StoredRows[RosterLine]:
    """Where the rows come from."""
    return StoredRows(
        lists.numbers(event_id),
        lambda numbers: lists.lines(event_id, numbers),
        lambda line: line.enrolment.id,
    )


def enrolled(event_id: int) -> ListOf[RosterLine]:
    """Who is enrolled at this event."""
    return ListOf(
        "deltagere",
        columns=(*_who(), *_place(), *_arrival(event_id), *_needs()),
        sort="name",
        filters=(
            Filter(
                "state",
                _l("State"),
                lambda state: Enrolment.state == state,
                {str(state): text for state, text in STATE_NAMES.items()},
            ),
            Filter(
                "came",
                _l("Came"),
                lambda value: (
                    lists.came_to(event_id) if value == "yes" else ~lists.came_to(event_id)
                ),
                CAME,
            ),
        ),
        searched=lambda words: lists.matching(event_id, words[:LONGEST_TYPED]),
        search_label=_l("Name or code"),
    )


def came_text(came: CameIn | None) -> str:
    """How many came, when and at which gate the first did."""
    return str(_("%(number)s, gate %(gate)s", number=came.number, gate=came.gate)) if came else ""


def needs_told(line: RosterLine) -> list[str]:
    """What kinds of need somebody has; what they wrote stands on the page of the place."""
    return [str(text) for name, text in NEEDS.items() if getattr(line.enrolment, name)]


def answer_columns(
    workshop: Workshop,
) -> Callable[[Sequence[RosterLine]], list[Column[RosterLine]]]:
    """A column of the file for each of the workshop's own questions, answered in words."""

    def columns(asked: Sequence[RosterLine]) -> list[Column[RosterLine]]:
        own = questions.own_questions(workshop)
        if own is None:
            return []
        given = questions.answers_of_places([line.place for line in asked])
        reader = language()

        def answer_to(question: Question) -> Callable[[RosterLine], Cell]:
            return lambda line: questions.words_of(
                question, given.get(line.enrolment.id, {}).get(question.code), reader
            )

        return [
            Column(one.code, say(one.text, reader), answer_to(one))
            for one in own.instrument.questions()
        ]

    return columns


def _who() -> list[Column[RosterLine]]:
    return [
        Column(
            "name", _l("Name"), lambda line: line.place.person.name, order=(Enrolment.sort_text,)
        ),
        Column(
            "mail", _l("Mail address"), lambda line: line.place.person.email or "", on_page=False
        ),
        Column("organisation", _l("Organisation"), lambda line: line.enrolment.organisation),
    ]


def _place() -> list[Column[RosterLine]]:
    places = {state: place for place, state in enumerate(EnrolmentState)}
    return [
        Column(
            "state",
            _l("State"),
            lambda line: str(STATE_NAMES[line.enrolment.state]),
            order=(case(places, value=Enrolment.state), Enrolment.sort_text),
        ),
        Column(
            "seats",
            _l("Seats"),
            lambda line: line.enrolment.seats,
            order=(Enrolment.seats,),
            numeric=True,
            falls=True,
        ),
        Column(
            "joined",
            _l("Enrolled on"),
            lambda line: line.enrolment.joined_at,
            order=(Enrolment.joined_at,),
        ),
        Column("code", _l("Code"), lambda line: shown_short(line.place.ticket.short_code)),
    ]


def _arrival(event_id: int) -> list[Column[RosterLine]]:
    return [
        Column(
            "came",
            _l("Came"),
            lambda line: line.came.number if line.came else 0,
            order=(lists.first_came(event_id),),
        ),
        Column(
            "at", _l("First at"), lambda line: line.came.at if line.came else None, on_page=False
        ),
        Column("gate", _l("Gate"), lambda line: line.came.gate if line.came else "", on_page=False),
    ]


def _needs() -> list[Column[RosterLine]]:
    def written(name: str) -> Callable[[RosterLine], Cell]:
        return lambda line: str(getattr(line.enrolment, name))

    return [
        Column("needs", _l("Needs")),
        *(Column(name, text, written(name), on_page=False) for name, text in NEEDS.items()),
    ]
