"""Erasing a person: nothing readable of them is left anywhere, and the counts stand."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flask import Flask
from sqlalchemy import Table, func, select

from app.advisory import services as advisory
from app.advisory.models import AdvisoryTask
from app.core import clock
from app.core.database import Base, db
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.demo.rules.names import Invented
from app.demo.services import gatherings, past_surveys
from app.events.rules import EventKind
from app.events.services.scheduling import Plan
from app.organisations import services as organisations
from app.organisations.rules import Contact
from app.people import services as people
from app.privacy import queries, services
from app.surveys.queries import waves
from app.surveys.services import answering, inviting, setting_up
from app.workshops.models import Admission
from app.workshops.services import changing

WHO = Invented("Zubeida Kjærsgaard", "zubeida@hjem.example", "da")
GOAL = "Ringe til familien Ågren hver torsdag"
TRACES = ("zubeida", "kjærsgaard", "ågren")


def live_through_everything() -> None:
    """Enrol, come, write a goal, answer a survey, ask for advice, speak for an association."""
    starts = datetime.now(UTC) - timedelta(days=200)
    with at(starts - timedelta(days=30)):
        event = gatherings.announce(
            Plan(
                "dialog",
                EventKind.WORKSHOP,
                {"da": "Dialog"},
                starts,
                starts + timedelta(hours=4),
                topic="foraeldredialog",
            ),
            10,
        )
        guest = gatherings.enrol("dialog", WHO)
        with unit_of_work():
            own = changing.Change(WHO.name, 1, organisation="Zubeidas klub")
            changing.change(guest.enrolment_id, own)
    gatherings.admit(event.id, [guest], starts)
    with at(starts + timedelta(hours=1)):
        gatherings.write_goals(guest, [GOAL])
    gatherings.note_held(event)
    past_surveys.load_sets()
    day = clock.local_time(starts).date()
    with unit_of_work():
        wave = setting_up.start_wave(
            waves.survey("fd_followup"), "now", day, day, clock.today() + timedelta(days=5)
        )
        inviting.plan(wave)
    invitation_id = waves.due_invitations(clock.now())[0]
    with unit_of_work():
        inviting.send(invitation_id)
    with unit_of_work():
        answering.answer_all(
            invitation_id,
            {"still_working": ["yes"], "attain-1": ["3"], "comment": ["Hilsen Zubeida"]},
        )
    with unit_of_work():
        advisory.log_advice(
            advisory.Request("Zubeida fra klubben", "Om Ågren", WHO.email, WHO.name)
        )
        organisations.register("association", "Klubben", Contact(WHO.email, WHO.name))


def traces() -> list[str]:
    """Tables and columns that still hold a trace, looked for in every column there is."""
    found = []
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            rows = db.session.scalars(select(column).where(column.is_not(None))).all()
            if any(trace in str(row).lower() for row in rows for trace in TRACES):
                found.append(f"{table.name}.{column.name}")
    db.session.rollback()
    return found


def count_of(table: Table) -> int:
    number = db.session.scalar(select(func.count()).select_from(table)) or 0
    db.session.rollback()
    return number


def test_nothing_readable_of_an_erased_person_is_left(app: Flask) -> None:
    live_through_everything()
    assert len(traces()) > 8
    with unit_of_work():
        assert services.erase(WHO.email) == 1
    services.scrub_storage()
    assert traces() == []


def test_an_erasure_leaves_what_is_counted(app: Flask) -> None:
    live_through_everything()
    tables = (Admission.__table__, AdvisoryTask.__table__, Base.metadata.tables["answers"])
    before = [count_of(table) for table in tables]
    with unit_of_work():
        services.erase(WHO.email)
    assert [count_of(table) for table in tables] == before
    assert min(before) > 0


def test_the_export_tells_everything_and_is_plain_json(app: Flask) -> None:
    live_through_everything()
    told = json.dumps(queries.everything(WHO.email), ensure_ascii=False)
    for word in (WHO.name, GOAL, "Hilsen Zubeida", "Om Ågren", "Klubben"):
        assert word in told


def test_only_the_named_person_of_a_shared_mailbox_is_erased(app: Flask) -> None:
    with unit_of_work():
        people.person_for(WHO.email, WHO.name)
        people.person_for(WHO.email, "Bo Hansen")
    with unit_of_work():
        assert services.erase(WHO.email, WHO.name) == 1
    assert [one.name for one in queries.persons(WHO.email)] == ["Bo Hansen"]


def test_the_list_of_erasures_names_nobody(app: Flask, tmp_path: Path) -> None:
    services.note_erasure(tmp_path, WHO.email, None)
    kept = (tmp_path / services.LIST_NAME).read_text()
    assert json.loads(kept).keys() == {"who", "on"}
    assert "zubeida" not in kept
