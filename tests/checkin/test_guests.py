"""One guest with an old and a new ticket: whichever is shown, the guest comes in once."""

from __future__ import annotations

import pytest

from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.workshops.services import changing
from tests.checkin.making import Made, deliver, offline, scan, verdicts, workshop

pytestmark = pytest.mark.usefixtures("app")


def reissued(made: Made, holder: int = 0) -> str:
    """A new ticket in place of the old one: its code."""
    with unit_of_work():
        code = changing.reissue(made.enrolments[holder]).ticket.code
    db.session.expire_all()
    return code


def test_who_is_in_with_the_old_ticket_is_already_in_with_the_new_one() -> None:
    made = workshop()
    deliver(made, "B", scan("s1", made.codes[0], gate="B"))
    new = reissued(made)
    (answer,) = deliver(made, "A", scan("s2", new))
    assert (answer["verdict"], answer["first"]["gate"]) == ("already", "B")


def test_the_new_ticket_lets_in_who_has_not_come_or_has_left() -> None:
    made = workshop()
    new = reissued(made)
    assert verdicts(deliver(made, "A", scan("s1", new))) == ["admitted"]
    deliver(made, "A", scan("s2", new, "exit"))
    newest = reissued(made)
    assert verdicts(deliver(made, "A", scan("s3", newest), scan("s4", newest))) == [
        "admitted",
        "already",
    ]


def test_the_new_ticket_lets_in_where_the_first_entry_was_taken_back() -> None:
    made = workshop()
    deliver(made, "A", scan("s1", made.codes[0]))
    deliver(made, "A", scan("s2", made.codes[0], "annul", annuls="s1"))
    assert verdicts(deliver(made, "A", scan("s3", reissued(made)))) == ["admitted"]


def test_in_one_batch_both_tickets_are_the_same_guests() -> None:
    made = workshop()
    new = reissued(made)
    answers = deliver(
        made,
        "A",
        offline("s1", made.codes[0], "12:00"),
        offline("s2", new, "12:05"),
        offline("s3", new, "12:06", shown="red"),
        scan("s4", made.codes[1]),
    )
    told = [(one["verdict"], one.get("override")) for one in answers]
    assert told == [
        ("admitted", "revoked"),
        ("admitted", "already"),
        ("already", None),
        ("admitted", None),
    ]


def test_another_guests_ticket_has_no_part_in_it() -> None:
    made = workshop()
    deliver(made, "A", scan("s1", made.codes[1]))
    assert verdicts(deliver(made, "A", scan("s2", reissued(made)))) == ["admitted"]
