"""Who was let in against the rules: what the lead is shown of it, and what was told elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, text, update

from app.checkin.models import ConflictLook
from app.checkin.queries.conflicts import conflicts
from app.checkin.queries.looks import PAGE_SIZE
from app.checkin.queries.overrides import LetIn, against_rules, overrides
from app.checkin.rules.verdicts import DoorAnswer, RefusalReason
from app.checkin.services import reviewing
from app.checkin.services.terms import set_terms
from app.core import audit, clock
from app.core.access import StaffRole
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.devices.rules.doors import Entries
from app.devices.rules.terms import DoorTerms
from app.door.queries.lead import missing
from app.door.queries.live import watched
from app.door.queries.overview import view
from app.door.wording import quarantine
from app.people.models import Person
from app.workshops.services import changing, leaving
from tests.checkin.making import NOON, Made, deliver, offline, scan, workshop
from tests.factories import sign_in_staff
from tests.pages import InspectingClient, text_of
from tests.statements import Statements

pytestmark = pytest.mark.usefixtures("app")

DESK = "/desk/door/dialog"
PAGE = f"{DESK}/overrides"
Counting = Callable[[], AbstractContextManager[Statements]]


@pytest.fixture
def lead(client: InspectingClient) -> InspectingClient:
    """A browser that is signed in with the duty of the door."""
    return sign_in_staff(client, StaffRole.DOOR)


def listed(made: Made, *, only_new: bool = False) -> list[LetIn]:
    """The rows as the database has them now; the overview must count as many."""
    db.session.rollback()
    found = overrides(made.event.id, only_new=only_new)
    numbers = watched(made.event.slug)
    counted = numbers.unseen_overrides if only_new else numbers.overrides
    db.session.rollback()
    assert found.count == counted == len(found.rows)
    return found.rows


def ids(made: Made, *, only_new: bool = False) -> list[str]:
    """The scans that are listed."""
    return [one.scan_id for one in listed(made, only_new=only_new)]


def cancel(made: Made, *places: int) -> None:
    """Give up these places after the phones fetched their list."""
    for place in places:
        with unit_of_work():
            leaving.cancel(made.enrolments[place], letters=False)


def reissue(made: Made, place: int) -> str:
    """The code of a new ticket in the old one's stead."""
    with unit_of_work():
        return changing.reissue(made.enrolments[place]).ticket.code


def look(made: Made, *scans: str) -> int:
    """Mark them as looked at; how many could be."""
    with unit_of_work():
        return reviewing.look_at_overrides(made.event.id, scans, clock.now())


def terms(**changes: Any) -> Callable[[Made], None]:
    """A valid ticket that goes against what holds at the gates."""

    def prepare(made: Made) -> None:
        with unit_of_work():
            set_terms(made.event.id, DoorTerms(**changes), "A")
        deliver(made, "A", offline("s1", made.codes[0], "12:00"))

    return prepare


def cancelled(made: Made) -> None:
    """A ticket given up before the phone delivers."""
    cancel(made, 0)
    deliver(made, "A", offline("s1", made.codes[0], "12:00"))


def waitlisted(made: Made) -> None:
    """A ticket that still waits for a place."""
    deliver(made, "A", offline("s1", made.codes[2], "12:00"))


def revoked(made: Made) -> None:
    """An old ticket, after the new one was sent."""
    reissue(made, 0)
    deliver(made, "A", offline("s1", made.codes[0], "12:00"))


def already(made: Made) -> None:
    """The old and the new ticket of one guest at two gates."""
    deliver(made, "A", offline("s0", made.codes[0], "12:00"))
    deliver(made, "B", offline("s1", reissue(made, 0), "12:05"))


def wrong_event(made: Made) -> None:
    """A ticket of a neighbouring event."""
    strange = workshop("strange", ("Dana X",))
    deliver(made, "A", offline("s1", strange.codes[0], "12:00"))


CASES: dict[str, Callable[[Made], None]] = {
    RefusalReason.CANCELLED: cancelled,
    RefusalReason.WAITLISTED: waitlisted,
    RefusalReason.REVOKED: revoked,
    DoorAnswer.ALREADY: already,
    RefusalReason.WRONG_EVENT: wrong_event,
    RefusalReason.NOT_YET: terms(opens_at=NOON + timedelta(hours=1)),
    RefusalReason.TOO_LATE: terms(closes_at=NOON - timedelta(hours=1)),
    RefusalReason.RULE: terms(kinds=["group"]),
}


def test_each_reason_has_its_words() -> None:
    assert quarantine.OVERRULED.keys() == quarantine.AFTERWARDS.keys() == CASES.keys()
    assert CASES.keys() == {*RefusalReason, DoorAnswer.ALREADY}


@pytest.mark.parametrize("reason", CASES)
def test_whoever_was_let_in_against_the_rules_is_shown(lead: InspectingClient, reason: str) -> None:
    made = workshop(capacity=2)
    CASES[reason](made)
    assert [(one.scan_id, one.reason) for one in listed(made)] == [("s1", reason)]
    page = lead.page(PAGE).text
    for words in (quarantine.OVERRULED, quarantine.AFTERWARDS):
        assert str(words[reason]) in page


def test_the_latest_stands_first_with_whom_where_and_when() -> None:
    made = workshop()
    cancel(made, 0, 1)
    deliver(made, "A", offline("s1", made.codes[0], "12:00"), offline("r1", made.codes[2], "12:01"))
    deliver(made, "B", offline("s2", made.codes[1], "12:05", gate="B"))
    second, first = listed(made)
    assert (first.name, first.gate, first.at, first.looked_at) == ("Amina Yusuf", "A", NOON, None)
    assert first.short == made.shorts[0]
    assert (second.name, second.gate, second.at) == ("Bo Lund", "B", NOON + timedelta(minutes=5))


def test_a_red_screen_and_a_refusal_with_network_are_nothing_to_look_at() -> None:
    made = workshop()
    cancel(made, 0)
    deliver(made, "A", scan("s1", made.codes[0]))
    deliver(made, "A", offline("s2", made.codes[0], "12:00", shown="red"))
    assert ids(made) == []


def test_a_later_word_of_what_the_person_was_told_renews_it() -> None:
    made = workshop()
    cancel(made, 0)
    online = scan("s1", made.codes[0])
    deliver(made, "A", online)
    assert ids(made) == []
    deliver(made, "A", online | {"offline": True, "shown": "green"})
    assert [one.reason for one in listed(made)] == ["cancelled"]


def test_what_an_undo_took_back_is_left_out_in_either_order() -> None:
    made, other = workshop(), workshop("other", ("Dana X",))
    cancel(made, 0, 1)
    let_in = [offline(f"s{n}", made.codes[n], "12:00") for n in (0, 1)]
    undo = [offline(f"u{n}", made.codes[n], "12:01", "annul", annuls=f"s{n}") for n in (0, 1)]
    deliver(other, "A", undo[0] | {"id": "elsewhere"})
    deliver(made, "A", undo[1], *let_in)
    assert ids(made) == ["s0"]
    deliver(made, "A", undo[0])
    assert ids(made) == []


def test_a_pair_is_told_as_a_conflict_alone_and_a_look_outlives_the_reworking() -> None:
    made = workshop()
    cancel(made, 0)
    code = made.codes[0]
    deliver(made, "A", offline("s1", code, "12:05"))
    assert look(made, "s1") == 1
    deliver(made, "B", offline("s0", code, "12:00", gate="B"))
    db.session.rollback()
    assert [one.scan_id for one in conflicts(made.event.id, only_new=False).rows] == ["s1"]
    assert ids(made) == ids(made, only_new=True) == ["s0"]
    deliver(made, "B", offline("u0", code, "12:01", "annul", annuls="s0"))
    with unit_of_work():
        set_terms(made.event.id, DoorTerms(entries=Entries.DAILY))
    assert ids(made) == ["s1"]
    assert ids(made, only_new=True) == []


@pytest.mark.parametrize("in_order", [True, False])
def test_who_came_in_twice_is_shown_while_both_entries_stand(in_order: bool) -> None:
    """The same phone twice is no conflict; when one is taken back nothing was wrong."""
    made = workshop()
    code = made.codes[0]
    first, second = offline("s1", code, "12:00"), offline("s2", code, "12:05")
    for one in (first, second) if in_order else (second, first):
        deliver(made, "A", one)
    last = "s2" if in_order else "s1"
    assert [(one.scan_id, one.reason) for one in listed(made)] == [(last, "already")]
    deliver(made, "A", offline("u1", code, "12:06", "annul", annuls="s1" if in_order else "s2"))
    assert ids(made) == []


def test_a_second_ticket_is_shown_while_the_entry_with_the_first_stands() -> None:
    made = workshop()
    already(made)
    assert ids(made) == ["s1"]
    deliver(made, "A", offline("u0", made.codes[0], "12:06", "annul", annuls="s0"))
    assert ids(made) == []


def test_another_events_are_neither_shown_nor_marked() -> None:
    made, other = workshop(), workshop("other", ("Dana X", "Emil X"))
    for one in (made, other):
        cancel(one, 0)
        deliver(one, "A", offline(f"{one.event.slug}1", one.codes[0], "12:00"))
    assert (ids(made), ids(other)) == (["dialog1"], ["other1"])
    assert look(made, "other1") == 0
    assert ids(other, only_new=True) == ["other1"]
    deliver(made, "A", offline("s2", made.codes[1], "12:00"))
    assert look(made, "s2", "nothing", "dialog1", "dialog1") == 1
    assert look(made, "dialog1") == 1
    assert db.session.scalars(select(ConflictLook.scan_id)).all() == ["dialog1"]
    verbs = [one.verb for one in audit.of("event", made.event.id)]
    assert verbs.count("overrides_looked_at") == 2


def test_the_lead_ticks_what_was_looked_at(lead: InspectingClient) -> None:
    made = workshop()
    assert "tbody" not in {one.tag for one in lead.page(PAGE).root.iter()}
    cancel(made, 0, 1)
    deliver(made, "A", *(offline(f"s{n}", made.codes[n], "12:00") for n in (0, 1)))
    form = lead.page(PAGE).form()
    lead.send(PAGE, form, status=422)
    lead.send(PAGE, {**form, "chosen": "nonsense"}, status=422)
    lead.send(PAGE, {**form, "chosen": "s0"})
    assert [one in lead.page(PAGE).text for one in ("Amina Yusuf", "Bo Lund")] == [False, True]
    assert "Amina Yusuf" in lead.page(f"{PAGE}?all=1").text


def test_an_erased_guest_stays_without_a_name(lead: InspectingClient) -> None:
    made = workshop()
    cancel(made, 0)
    deliver(made, "A", offline("s1", made.codes[0], "12:00"))
    with unit_of_work():
        db.session.execute(update(Person).where(Person.name == "Amina Yusuf").values(name=""))
    (row,) = lead.page(f"{PAGE}?language=en").one("tbody").findall("tr")
    assert text_of(row[0]).startswith("Erased")
    assert "Looked at: Erased" in text_of(row)


def test_pages_of_them_cost_the_same_few_statements(
    lead: InspectingClient, statements: Counting
) -> None:
    made = workshop(names=tuple(f"Guest{n} X" for n in range(PAGE_SIZE + 3)))
    lead.page(PAGE)
    with statements() as few:
        lead.page(PAGE)
    cancel(made, *range(PAGE_SIZE + 3))
    deliver(made, "A", *(offline(f"s{n}", code, "12:00") for n, code in enumerate(made.codes)))
    with statements() as many:
        page = lead.page(PAGE)
    assert len(few) == len(many) <= 8, str(many)
    assert len(page.one("tbody").findall("tr")) == PAGE_SIZE
    assert len(lead.page(f"{PAGE}?page=2").one("tbody").findall("tr")) == 3


def test_the_overview_warns_while_somebody_has_not_been_looked_at(lead: InspectingClient) -> None:
    made = workshop()
    cancel(made, 0)
    deliver(made, "A", offline("s1", made.codes[0], "12:00"))
    assert card(lead) == ("1", True, PAGE)
    look(made, "s1")
    assert card(lead) == ("1", False, f"{PAGE}?all=1")


def card(lead: InspectingClient) -> tuple[str, bool, str]:
    """The figure, whether it warns, and where it leads."""
    page = lead.page(DESK)
    for one in page.all("div", class_="figure-card"):
        (link,) = one.findall("a") or [None]
        address = link.get("href") if link is not None else None
        if address and address.startswith(PAGE):
            return text_of(one[0]), "figure-warning" in (one.get("class") or ""), address
    raise AssertionError(page.text)


@pytest.mark.parametrize("role", [StaffRole.ANALYST, StaffRole.REVIEWER, StaffRole.PARTNER])
def test_only_leads_open_it(client: InspectingClient, role: StaffRole) -> None:
    workshop()
    sign_in_staff(client, role)
    client.page(PAGE, status=403)
    client.send(PAGE, {"chosen": "s1"}, status=403)


@pytest.mark.internal
def test_they_are_found_by_their_own_index() -> None:
    """Whoever looks at the overview asks for them every five seconds, however long the log is."""
    made = workshop(names=tuple(f"Guest{n} X" for n in range(200)))
    deliver(made, "A", *(scan(f"s{n}", code) for n, code in enumerate(made.codes)))
    statement = select(func.count()).where(*against_rules(made.event.id))
    written = statement.compile(db.engine, compile_kwargs={"literal_binds": True})
    asked = "EXPLAIN QUERY PLAN"
    if db.engine.dialect.name == "postgresql":
        # It counts its rows by itself soon; SQLite never does.
        db.session.execute(text("ANALYZE scans"))
        asked = "EXPLAIN"
    plan = " ".join(map(str, db.session.execute(text(f"{asked} {written}")).all()))
    assert "ix_scans_overruled" in plan
    assert "ix_scans_received" not in plan


def test_who_came_without_a_place_is_expected_too_and_counted_off_from_nobody() -> None:
    made = workshop()
    other = workshop("other", ("Dina Ek",))
    cancel(made, 1)
    holders = (made.codes[0], made.codes[1], other.codes[0])
    deliver(made, "A", *(offline(f"s{n}", code, "12:00", seq=n) for n, code in enumerate(holders)))
    db.session.rollback()
    seen = view(made.event.slug, 0, clock.now())
    assert (seen.watched.expected, seen.arrived, seen.missing) == (4, 3, 1)
    assert missing(made.event.id, None, "", 1).count == 1
