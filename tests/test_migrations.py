"""The migrations make, from nothing, exactly the tables that the models describe."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from functools import cache
from pathlib import Path

import flask_migrate
import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from flask import Flask
from sqlalchemy import URL, make_url, select, text

from app import create_app
from app.checkin.models import QuarantinedScan
from app.checkin.queries.people import found_by_name
from app.checkin.rules.audited import CheckinVerb
from app.checkin.rules.reasons import QuarantineReason
from app.checkin.services import reviewing, terms
from app.checkin.services.quarantining import quarantine
from app.checkin.services.reading import ForQuarantine
from app.core import audit, clock
from app.core.access import StaffRole
from app.core.database import db
from app.core.outbox import Letter, LetterState
from app.core.unit_of_work import unit_of_work
from app.devices.rules.moments import milliseconds
from app.devices.rules.terms import DoorTerms
from app.events.models import Window
from app.organisations.services import register
from app.people.services import add_staff
from app.reports.queries import versions
from app.reports.rules.forms import ReportFormat
from app.surveys.models import Invitation
from app.surveys.services import answering, inviting
from tests import postgres
from tests.application import settings_for
from tests.checkin.making import NOON, workshop
from tests.surveys.making import planned

BEFORE_FAULTS = "0029"
BEFORE_WINDOWS = "0031"


@pytest.fixture(scope="session")
def from_nothing(scratch: Path, request: pytest.FixtureRequest) -> Iterator[Callable[[str], URL]]:
    """Makes a database by the migrations alone, once for this worker; tests take copies of it."""
    if request.config.getoption("database") != "sqlite":
        # Asked for before, the server is there until what is made on it was dropped.
        request.getfixturevalue("postgres_database")

    @cache
    def made(database: str) -> URL:
        if database == "sqlite":
            address = make_url(f"sqlite:///{scratch / 'migrated.db'}")
        else:
            server = make_url(request.getfixturevalue("postgres_database"))
            own = postgres.database(server, f"torvet_migrations_{os.getpid()}")
            address = dropping.enter_context(own)
        with _application(scratch, address) as app, app.app_context():
            flask_migrate.upgrade()
        return address

    with ExitStack() as dropping:
        yield made


@pytest.fixture
def migrated(
    database: str,
    tmp_path: Path,
    from_nothing: Callable[[str], URL],
    request: pytest.FixtureRequest,
) -> Iterator[Flask]:
    """An application whose database was made by the migrations alone."""
    made = from_nothing(database)
    with ExitStack() as dropping:
        if database == "sqlite":
            copied = made.set(database=str(tmp_path / "torvet.db"))
            shutil.copyfile(str(made.database), str(copied.database))
        else:
            server = make_url(request.getfixturevalue("postgres_database"))
            own = postgres.database(server, f"torvet_migrated_{os.getpid()}", like=made.database)
            copied = dropping.enter_context(own)
        yield dropping.enter_context(_application(tmp_path, copied))


def test_migrations_match_the_models(migrated: Flask) -> None:
    with migrated.app_context(), db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, db.metadata)
    assert not differences


def test_a_migrated_database_is_ready(migrated: Flask) -> None:
    assert migrated.test_client().get("/readyz").status_code == 200


def test_scans_that_stand_tell_again_what_the_rules_said_against_them(migrated: Flask) -> None:
    """They were kept before their answer had a column of its own for that."""
    row = """
        INSERT INTO scans (id, device, session_id, code, kind, gate, at_ms, seq, offline, green,
            offset_ms, time_ms, received_ms, skewed, answer)
        VALUES (:id, '1', 0, 'c', 'entry', 'A', 0, 0, true, true, 0, 0, 0, false, :answer)
    """
    answers = {
        "s1": '{"verdict": "admitted", "override": "cancelled"}',
        "s2": '{"verdict": "exit"}',
    }
    with migrated.app_context():
        flask_migrate.downgrade(revision="0023")
        with db.engine.begin() as connection:
            for scan_id, answer in answers.items():
                connection.execute(text(row), {"id": scan_id, "answer": answer})
        flask_migrate.upgrade()
        with db.engine.connect() as connection:
            found = connection.execute(text("SELECT override FROM scans ORDER BY id")).scalars()
            assert found.all() == ["cancelled", None]


def test_walk_ins_of_the_past_are_those_whose_ticket_was_issued_with_their_entry(
    migrated: Flask,
) -> None:
    """Until then nothing but the time told them from a guest who was enrolled before."""
    row = """
        INSERT INTO scans (id, device, session_id, ticket_id, code, kind, gate, at_ms, seq, offline,
            green, offset_ms, time_ms, received_ms, skewed, answer)
        VALUES (:id, '1', 0, :ticket, 'c', :kind, 'A', 0, :seq, true, true, 0, 0, :received, false,
            '{}')
    """
    with migrated.app_context():
        made = workshop()
        issued = milliseconds(clock.now())
        db.session.remove()
        flask_migrate.downgrade(revision="0024")
        scans = (
            ("walk-in", 0, "entry", issued + 2_000),
            ("numbered", 1, "entry", issued + 2_000),
            ("enrolled before", 0, "entry", issued + 600_000),
            ("exit", 0, "exit", issued + 2_000),
        )
        with db.engine.begin() as connection:
            for scan_id, seq, kind, received in scans:
                told = {"id": scan_id, "seq": seq, "kind": kind, "received": received}
                connection.execute(text(row), {**told, "ticket": made.tickets[0]})
        flask_migrate.upgrade()
        with db.engine.connect() as connection:
            found = connection.execute(text("SELECT scan_id, made_place FROM walk_ins")).all()
            assert [tuple(one) for one in found] == [("walk-in", True)]


def test_what_the_machinery_lost_is_no_longer_mail_that_came_back(migrated: Flask) -> None:
    """Until then each permanent answer, at whatever step, was taken for a mailbox that is gone."""
    errors = {"wrong password": "535", "relay": "554", "gone": "550"}
    with migrated.app_context():
        asked = planned()
        waves = [*asked.ids.values()]
        with unit_of_work():
            inviting.send(waves[0])
            [letter] = db.session.scalars(select(Letter).where(Letter.kind.contains("invitation")))
            copies = {name: _bounced(letter, name, code) for name, code in errors.items()}
            db.session.get_one(Invitation, waves[0]).letter_id = copies["relay"]
            inviting.bounce(waves[0])
        db.session.remove()
        flask_migrate.downgrade(revision=BEFORE_FAULTS)
        flask_migrate.upgrade()
        states = select(Letter.message_id, Letter.state).where(Letter.message_id.in_(errors))
        rows = {name: str(state) for name, state in db.session.execute(states)}
        assert rows == {"wrong password": "dead", "relay": "dead", "gone": "bounced"}
        assert db.session.get_one(Invitation, waves[0]).disposition == "sent"


def test_windows_that_outlived_their_event_end_with_it(migrated: Flask) -> None:
    with migrated.app_context():
        made = workshop(names=())
        ends = made.event.ends_at
        with unit_of_work():
            for window in db.session.scalars(select(Window)):
                window.deadline_at = window.shutdown_at = ends + timedelta(days=3)
        db.session.remove()
        flask_migrate.downgrade(revision=BEFORE_WINDOWS)
        flask_migrate.upgrade()
        window = db.session.scalars(select(Window)).one()
        assert window.opens_at < window.deadline_at == window.shutdown_at == ends


def _bounced(letter: Letter, name: str, code: str) -> int:
    """Another such letter that a server refused; its number."""
    values = {"message_id": name, "state": LetterState.BOUNCED, "last_error": code}
    columns = {column.key: getattr(letter, column.key) for column in Letter.__table__.columns}
    copy = Letter(**{**columns, **values, "id": None})
    db.session.add(copy)
    db.session.flush()
    return copy.id


def test_who_came_in_the_past_came_with_all_their_seats_and_returned_as_nobody_new(
    migrated: Flask,
) -> None:
    """Until then an admission did not say how many of a group came."""
    scan = """
        INSERT INTO scans (id, device, session_id, ticket_id, code, kind, gate, at_ms, seq, offline,
            green, offset_ms, time_ms, received_ms, skewed, answer)
        VALUES (:id, '1', 0, :ticket, 'c', 'entry', 'A', 0, 0, true, true, 0, 0, 0, false, '{}')
    """
    admission = """
        INSERT INTO admissions (ticket_id, event_id, session_id, epoch, scan_id, at, gate, device)
        VALUES (:ticket, :event, 0, :epoch, :id, :at, 'A', '1')
    """
    with migrated.app_context():
        group, alone = workshop(names=("Amina Yusuf",), seats=5), workshop("andet", ("Bo Lund",))
        came = [(group, 0, "first"), (group, 1, "again"), (alone, 0, "alone")]
        rows = [
            {"id": scan_id, "ticket": one.tickets[0], "event": one.event.id, "epoch": epoch}
            for one, epoch, scan_id in came
        ]
        db.session.remove()
        flask_migrate.downgrade(revision="0033")
        with db.engine.begin() as connection:
            for row in rows:
                connection.execute(text(scan), {name: row[name] for name in ("id", "ticket")})
                connection.execute(text(admission), {**row, "at": "2026-03-28 11:00:00+00:00"})
        flask_migrate.upgrade()
        with db.engine.connect() as connection:
            told = "SELECT scan_id, number, admits, seats FROM admissions ORDER BY scan_id"
            admitted = connection.execute(text(told)).all()
            scans = connection.execute(text("SELECT id, admits, seats FROM scans ORDER BY id"))
            assert [tuple(row) for row in admitted] == [
                ("again", 0, 0, 5),
                ("alone", 0, 1, 1),
                ("first", 0, 5, 5),
            ]
            assert [tuple(row) for row in scans] == [
                ("again", None, 5),
                ("alone", None, 1),
                ("first", None, 5),
            ]


def test_new_names_keep_every_row(migrated: Flask) -> None:
    """Down to the old names of tables and columns and up again, with rows in them."""
    with migrated.app_context():
        workshop(names=("Amina Yusuf", "Bo Lund"))
        asked = planned()
        with unit_of_work():
            answers = {"still_working": ["yes"], "attain-1": ["4"]}
            answering.answer_all(asked.ids["Amina Yusuf"], answers, whole=False)
            add_staff("bo@desk.example", StaffRole.ORGANISER, name="Bo Hansen")
        before = _rows_of_all_tables()
        db.session.remove()
        flask_migrate.downgrade(revision="0025")
        with db.engine.connect() as connection:
            addresses = connection.execute(text("SELECT mailbox FROM people")).scalars().all()
        assert len(addresses) == len(before["people"])
        flask_migrate.upgrade()
        assert _rows_of_all_tables() == before
    assert {"people", "staff_roles", "audit_entries", "answer_sets", "answers"} <= before.keys()


def test_what_was_done_at_the_door_is_told_in_the_words_of_today(migrated: Flask) -> None:
    """The verbs of the door were written with blanks, and what the lead did as `settled`."""
    with migrated.app_context():
        event_id = workshop().event.id
        terms.set_terms(event_id, DoorTerms(reentry=False))
        quarantine("7", event_id, [ForQuarantine(0, {}, QuarantineReason.FULL)], clock.now())
        reviewing.dismiss(event_id, db.session.scalars(select(QuarantinedScan.id)).all(), NOON)
        db.session.commit()
        before = _rows_of_all_tables()
        flask_migrate.downgrade(revision="0028")
        with db.engine.connect() as connection:
            verbs = connection.execute(text("SELECT verb FROM audit_entries")).scalars().all()
            settled = connection.execute(
                text("SELECT settled, settled_at FROM quarantined_scans")
            ).all()
        assert {"door terms set", "quarantine seen"} < set(verbs)
        assert [outcome for outcome, _ in settled] == ["seen"]
        flask_migrate.upgrade()
        assert _rows_of_all_tables() == before
        assert set(audited(event_id)) > {CheckinVerb.DOOR_TERMS_SET, CheckinVerb.QUARANTINE_SEEN}


def test_reports_locked_before_print_the_figures_they_kept(migrated: Flask) -> None:
    """Two snapshots of a year become versions 1 and 2, each printing its figures ever after."""
    row = """
        INSERT INTO report_snapshots (id, year, figures, locked_at)
        VALUES (:id, 2010, :figures, '2011-01-02 10:00:00+00:00')
    """
    figures = '{"workshops": {"text": "%s", "value": 11, "people": ["a1"]}}'
    with migrated.app_context():
        flask_migrate.downgrade(revision="0030")
        with db.engine.begin() as connection:
            for number, words in ((1, "11 & flere"), (2, "12")):
                connection.execute(text(row), {"id": number, "figures": figures % words})
        flask_migrate.upgrade()
        kept = versions.snapshots(2010)
        assert [(one.version, one.whole) for one in kept] == [(2, False), (1, False)]
        assert versions.year_is_locked(2010)
        page = versions.print_of(kept[1], "da", ReportFormat.HTML)
        assert "<dt>workshops</dt><dd>11 &amp; flere</dd>" in page
        assert "version 1, låst 2011-01-02" in page
        assert "workshops: 12\n" in versions.print_of(kept[0], "en", ReportFormat.TEXT)
        assert "a1" not in versions.print_of(kept[1], "da", ReportFormat.JSON)
        before = _rows_of_all_tables()
        db.session.remove()
        flask_migrate.downgrade(revision="0030")
        flask_migrate.upgrade()
        assert _rows_of_all_tables() == before


def test_who_is_enrolled_already_is_found_as_those_who_come(migrated: Flask) -> None:
    names = ("Faadumo al-Rashid", "Łukasz Ø", "Ali bin Omar al-Rashid Nur Jama Isse")
    with migrated.app_context():
        event_id = workshop(names=names).event.id
        register("association", "Årup Łódź", profile={"activity": {"da": "Sang"}})
        db.session.commit()
        before = _rows_of_all_tables()
        db.session.remove()
        flask_migrate.downgrade(revision="0034")
        flask_migrate.upgrade()
        after = _rows_of_all_tables()
        assert after["organisations"] == before["organisations"]
        assert after["enrolments"] == before["enrolments"]
        found = [found_by_name(event_id, text) for text in ("rashid", "lukasz", "isse", "jama ali")]
        assert [len(holders) for holders in found] == [2, 1, 1, 1]


def audited(event_id: int) -> list[str]:
    """What was done to an event."""
    return [entry.verb for entry in audit.of("event", event_id)]


@pytest.mark.only_on("postgresql")
def test_what_is_named_after_a_table_follows_its_new_name(migrated: Flask) -> None:
    with migrated.app_context(), db.engine.connect() as connection:
        names = connection.execute(
            text(
                "SELECT relname FROM pg_class UNION SELECT conname FROM pg_constraint"
                " WHERE connamespace = 'public'::regnamespace"
            )
        )
        assert not [
            name
            for name in names.scalars()
            if re.search(r"(?:^|_)(mailbox|duty|trail|sheet)", name)
        ]


def _rows_of_all_tables() -> dict[str, list[tuple[object, ...]]]:
    """The rows of each table that has any, in their order by content."""
    with db.engine.connect() as connection:
        found = {
            table.name: sorted(map(tuple, connection.execute(table.select())), key=repr)
            for table in db.metadata.sorted_tables
        }
    return {name: rows for name, rows in found.items() if rows}


@contextmanager
def _application(folder: Path, address: URL) -> Iterator[Flask]:
    app = create_app(settings_for(folder, address.render_as_string(hide_password=False)))
    try:
        yield app
    finally:
        with app.app_context():
            db.session.remove()
            db.engine.dispose()
