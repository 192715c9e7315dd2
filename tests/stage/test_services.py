"""Stages and slots on both databases: given, moved, taken back, told, and freed from below."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from app.applications.services import deciding
from app.core import audit, clock
from app.core.database import db
from app.core.outbox import LetterState, newest_letters
from app.core.refusals import NotFound, Refusal
from app.core.timetravel import at as at_moment
from app.core.unit_of_work import unit_of_work
from app.events.rules import Purpose
from app.events.services import scheduling
from app.events.services.editing import SignUp
from app.lifecycle.services import copying, correcting
from app.lifecycle.services import ending as event_ending
from app.lifecycle.services import telling as event_telling
from app.organisations.rules import Actor
from app.stage import jobs, papers, refusals
from app.stage.models import Slot
from app.stage.queries import programme as programmes
from app.stage.queries import slots
from app.stage.services import ending, giving, line_ups, stages
from app.stage.services.stages import StageFacts
from tests.stage.making import (
    act,
    again,
    announced,
    at,
    festival,
    given,
    letters,
    moment,
    stage,
)

MAIL = "deniz@orkester.example"


def refused(kind: type[Refusal], verb: object, *given: object) -> Refusal:
    """What the verb says no with; nothing is left of it."""
    with pytest.raises(kind) as error, unit_of_work():
        verb(*given)  # type: ignore[operator]
    return error.value


def sentence(refusal: Refusal) -> str:
    """What it says in Danish."""
    with force_locale("da"):
        return str(refusal)


def changed(slot: Slot, **facts: object) -> Slot:
    with unit_of_work():
        return giving.move(slot.id, at(slots.stage(slot.stage_id), **facts))  # type: ignore[arg-type]


def standing(event_id: int) -> list[tuple[int, int]]:
    """The act and its minute on its stage, of all that stand."""
    db.session.rollback()
    db.session.expire_all()
    return [
        (one.application_id, int((one.starts_at - one.stage.opens_at).total_seconds()) // 60)
        for one in slots.of_event(event_id)
    ]


def test_a_refusal_says_what_stands_there_and_what_is_free(app: Flask) -> None:
    event = festival()
    main, other = stage(event), stage(event, "Lille scene")
    first, second = act(event, "Orkester Deniz"), act(event, "Dansegruppen")
    slot = given(first, main, 60)
    taken = refused(refusals.StageTakenButFree, giving.give, event.id, second.id, at(main, 70))
    free = "Orkester Deniz spiller på Store scene fra 12.00 til 12.30. Scenen er ledig fra 12.40."
    assert sentence(taken) == free
    close = refused(refusals.ChangeOverNeeded, giving.give, event.id, second.id, at(main, 95))
    assert "sceneskiftet tager 10 minutter" in sentence(close)
    refused(refusals.StageClosed, giving.give, event.id, second.id, at(main, 470))
    refused(refusals.SlotLength, giving.give, event.id, second.id, at(main, 0, 4))
    refused(refusals.ActElsewhere, giving.give, event.id, first.id, at(other, 80))
    given(first, other, 90)
    given(second, main, 100)
    assert standing(event.id) == [(first.id, 60), (first.id, 90), (second.id, 100)]
    assert [entry.verb for entry in audit.of("slot", slot.id)] == ["slot_given"]


def test_only_acts_with_a_place_at_the_event_get_a_time_on_its_stages(app: Flask) -> None:
    event, elsewhere = festival(), None
    main, band = stage(event), act(event, "Orkester Deniz")
    with unit_of_work():
        plan = scheduling.Plan("anden", event.kind, {"da": "Anden"}, event.starts_at, event.ends_at)
        elsewhere = scheduling.create(plan)
    foreign = stage(elsewhere, "Fremmed")
    refused(refusals.StageUnknown, giving.give, event.id, band.id, at(foreign, 0))
    refused(refusals.ActUnknown, giving.give, elsewhere.id, band.id, at(foreign, 0))
    refused(refusals.ActUnknown, giving.give, event.id, 0, at(main, 0))
    slot = given(band, main, 0)
    refused(refusals.StageUnknown, giving.move, slot.id, at(foreign, 0))
    with unit_of_work():
        deciding.cancel(band.id, "Ingen lyd.")
    refused(refusals.ActWithoutPlace, giving.give, event.id, band.id, at(main, 60))


def test_the_database_itself_keeps_slots_apart(app: Flask) -> None:
    """Without any verb of ours: an overlap on a stage, and one of an act on two stages."""
    event = festival()
    main, other = stage(event), stage(event, "Lille scene")
    first, second = act(event, "Orkester Deniz"), act(event, "Dansegruppen")
    slot, beside = given(first, main, 60), given(second, main, 100)

    def row(who: int, where: int, minutes: int) -> Slot:
        starts = moment(main, minutes)
        ends = starts + timedelta(minutes=30)
        clear = ends + timedelta(minutes=10)
        values = {"starts_at": starts, "ends_at": ends, "clear_at": clear, "created_at": starts}
        return Slot(stage_id=where, application_id=who, letters=[], **values)

    for who, where, minutes in ((second.id, main.id, 35), (first.id, other.id, 89)):
        with pytest.raises(IntegrityError), unit_of_work():
            db.session.add(row(who, where, minutes))
    with pytest.raises(IntegrityError), unit_of_work():
        db.session.get_one(Slot, beside.id).starts_at = moment(main, 99)
    with unit_of_work():
        db.session.add(row(first.id, other.id, 90))
        db.session.get_one(Slot, slot.id).ended_at = clock.now()
        db.session.flush()
        db.session.add(row(second.id, main.id, 60))
    with pytest.raises(IntegrityError), unit_of_work():
        db.session.get_one(Slot, slot.id).ended_at = None


def test_a_stage_is_corrected_as_long_as_its_acts_still_can_play(app: Flask) -> None:
    event = festival()
    main, band, dancers = stage(event), act(event, "Orkester Deniz"), act(event, "Dansegruppen")
    given(band, main, 0)
    given(dancers, main, 45)

    def facts(change_over: int, opens: int = 0) -> StageFacts:
        return StageFacts({"da": "Ny"}, moment(main, opens), main.closes_at, change_over)

    close = refused(refusals.SlotsTooClose, stages.correct, main.id, facts(16))
    assert "mellem Orkester Deniz og Dansegruppen" in sentence(close)
    refused(refusals.SlotOutOfHours, stages.correct, main.id, facts(10, opens=1))
    with unit_of_work():
        stages.correct(main.id, facts(15))
    solo = act(event, "Solo")
    refused(refusals.ChangeOverNeeded, giving.give, event.id, solo.id, at(main, 89))
    given(solo, main, 90)
    trail = audit.of("stage", main.id)[-1]
    assert trail.verb == "stage_corrected"
    assert trail.facts == {"fields": ["call", "change_over", "name", "place"]}


def test_who_plays_on_a_stage_is_told_of_its_new_place_and_contact(app: Flask) -> None:
    event = festival()
    main, band = stage(event), act(event, "Orkester Deniz", MAIL)
    slot = given(band, main, 0)
    announced(event)
    sent_all()

    def facts(call: str, change_over: int = 10) -> StageFacts:
        return StageFacts(main.name, main.opens_at, main.closes_at, change_over, "Gården", call)

    with unit_of_work():
        stages.correct(main.id, facts("Bo, 20 00 00 01"))
    (letter,) = letters("changed")
    assert "Bo, 20 00 00 01" in letter.text and "Gården" in letter.text
    assert "Før var det" not in letter.text
    assert again(slot).sequence == 1
    sent_all()
    with unit_of_work():
        stages.correct(main.id, facts("Bo, 20 00 00 01", 20))
    assert waiting() == []
    # A change of the slot that is taken back leaves that of its stage to be told.
    changed(slot, minutes=60)
    with unit_of_work():
        stages.correct(main.id, facts("Eva, 20 00 00 02", 20))
        giving.recall(slot.id)
    assert waiting() == ["stage/changed"] and standing(event.id) == [(band.id, 0)]


def test_stages_of_a_draft_go_along_with_its_new_day(app: Flask) -> None:
    event = festival()
    with unit_of_work():
        made = copying.copy(event.id, "naeste", event.starts_at + timedelta(days=364))
    main = stage(made)
    later = made.starts_at + timedelta(days=7)
    with unit_of_work():
        draft = correcting.event_to_correct("naeste")
        window = SignUp(Purpose.APPLICATIONS, clock.now(), later, later, False)
        facts = {"starts_at": later, "ends_at": later + timedelta(hours=8)}
        correcting.correct(draft, facts, window)
    db.session.expire_all()
    assert slots.stage(main.id).opens_at == later


def test_a_stage_is_dropped_only_while_nobody_plays_there(app: Flask) -> None:
    event = festival()
    main, empty, band = stage(event), stage(event, "Tom"), act(event, "Orkester Deniz")
    slot = given(band, main, 0)
    refused(refusals.StageInUse, stages.drop, main.id)
    with unit_of_work():
        stages.drop(empty.id)
        giving.take_back(slot.id)
        stages.drop(main.id)
    assert slots.stages(event.id) == []
    refused(NotFound, stages.drop, main.id)
    # What once was told is still explained by it.
    assert b"STATUS:CANCELLED" in papers.slot_file(slot.id, "da").content


def test_a_draft_writes_to_nobody_and_the_announcement_to_all(app: Flask) -> None:
    event = festival()
    main, band = stage(event), act(event, "Orkester Deniz", MAIL)
    refused(refusals.NothingToAnnounce, line_ups.announce, event.id)
    slot = given(band, main, 0, note="Tag trommerne med.")
    with unit_of_work():
        giving.move(slot.id, at(main, 60, sound_check_at=moment(main, 10)))
    assert letters() == []
    assert programmes.told_to([band.id]) == {}
    assert announced(event) == 1 and announced(event) == 0
    (letter,) = letters("given")
    assert "Anna, 20 99 00 11" in letter.text and "Store scene" in letter.text
    assert letter.attachments == [f"slot:{slot.id}"]
    assert letter.due_at - letter.created_at > timedelta(minutes=1)
    assert [one.id for one in programmes.told_to([band.id])[band.id]] == [slot.id]
    with unit_of_work():
        line_ups.recall_announcement(event.id)
    assert {one.state for one in letters()} == {LetterState.CALLED_BACK}
    assert programmes.told_to([band.id]) == {}
    refused(refusals.LettersHaveLeft, line_ups.recall_announcement, event.id)


def sent_all() -> None:
    """The worker has taken everything up."""
    with unit_of_work():
        db.session.execute(text("UPDATE letters SET state = 'sent' WHERE state = 'waiting'"))


def waiting() -> list[str]:
    return [one.kind for one in letters() if one.state is LetterState.WAITING]


def test_of_several_changes_only_what_stands_in_the_end_is_told(app: Flask) -> None:
    event = festival()
    main, band = stage(event), act(event, "Orkester Deniz", MAIL)
    slot = given(band, main, 0)
    announced(event)
    sent_all()
    changed(slot, minutes=60)
    changed(slot, minutes=120)
    assert waiting() == ["stage/changed"]
    changed(slot, minutes=0)
    assert waiting() == []
    changed(slot, minutes=60)
    with unit_of_work():
        giving.take_back(slot.id)
    assert waiting() == ["stage/ended"]
    with unit_of_work():
        giving.recall(slot.id)
    assert waiting() == [] and standing(event.id) == [(band.id, 0)]
    refused(refusals.LettersHaveLeft, giving.recall, slot.id)
    # Given and taken back within the two minutes: nobody hears of it.
    second = act(event, "Dansegruppen", "leyla@dans.example")
    late = given(second, main, 200)
    assert waiting() == ["stage/given"]
    with unit_of_work():
        giving.take_back(late.id)
    assert waiting() == []


def test_a_change_is_not_taken_back_onto_somebody_else(app: Flask) -> None:
    event = festival()
    main, band, second = stage(event), act(event, "Deniz", MAIL), act(event, "Dansegruppen")
    slot = given(band, main, 0)
    announced(event)
    sent_all()
    changed(slot, minutes=60)
    given(second, main, 0)
    refused(refusals.StageTakenButFree, giving.recall, slot.id)
    assert waiting() == ["stage/changed"]


def test_calendars_hear_of_each_change_under_one_name(app: Flask) -> None:
    event = festival()
    main, band = stage(event), act(event, "Orkester Deniz", MAIL)
    slot = given(band, main, 0)
    first = papers.slot_file(slot.id, "da").content.decode()
    changed(slot, minutes=30, sound_check_at=moment(main, 5), call="Bo, 20 00 00 01")
    second = papers.slot_file(slot.id, "da").content.decode()
    with unit_of_work():
        giving.take_back(slot.id)
    third = papers.slot_file(slot.id, "da").content.decode()
    for number, content in enumerate((first, second, third)):
        assert f"UID:slot-{slot.id}@localhost" in content and f"SEQUENCE:{number}\r\n" in content
        assert "VTIMEZONE" not in content
    assert f"DTSTART:{moment(main, 30):%Y%m%dT%H%M%S}Z" in second and "Bo\\, 20 00 00 01" in second
    assert "METHOD:CANCEL" in third and "STATUS:CANCELLED" in third


def test_an_act_that_steps_back_or_is_cancelled_frees_its_time(app: Flask) -> None:
    event = festival()
    main = stage(event)
    band, dancers, solo = (
        act(event, title, f"kontakt{number}@scene.example")
        for number, title in enumerate(("Deniz", "Dansegruppen", "Solo"))
    )
    for number, one in enumerate((band, dancers, solo)):
        given(one, main, 60 * number)
    with unit_of_work():
        ending.withdraw(Actor("kontakt0@scene.example"), band.id)
        ending.cancel(dancers.id, "Ingen lyd.")
        # Ended elsewhere, as by a merger: the round finds it.
        deciding.cancel(solo.id, "Ingen lyd.")
    assert [one for one, _ in standing(event.id)] == [solo.id]
    assert programmes.told_to([solo.id]) == {}
    assert jobs.free_slots(clock.now()) == 1 and jobs.free_slots(clock.now()) == 0
    assert standing(event.id) == []
    free = slots.came_free(event.id, slots.of_event(event.id))
    assert [one.application_id for one in free] == [band.id, dancers.id, solo.id]
    given(act(event, "Nye"), main, 60)
    free = slots.came_free(event.id, slots.of_event(event.id))
    assert [one.application_id for one in free] == [band.id, solo.id]


def test_stages_are_copied_with_an_event_and_slots_are_not(app: Flask) -> None:
    event = festival()
    main, band = stage(event), act(event, "Orkester Deniz")
    dropped = stage(event, "Gammel")
    old = given(band, dropped, 0)
    with unit_of_work():
        giving.take_back(old.id)
        stages.drop(dropped.id)
    given(band, main, 0)
    announced(event)
    with unit_of_work():
        made = copying.copy(event.id, "naeste", event.starts_at + timedelta(days=364))
    (copied,) = slots.stages(made.id)
    assert copied.name == main.name and copied.id != main.id
    assert clock.local_time(copied.opens_at).time() == clock.local_time(main.opens_at).time()
    assert slots.of_event(made.id) == [] and not slots.is_announced(made.id)
    with unit_of_work():
        event_ending.delete_draft(made)
    assert slots.stages(made.id) == []


def test_slots_go_along_with_an_event_that_is_moved_and_come_back_with_it(app: Flask) -> None:
    event = festival()
    main, band, second = stage(event), act(event, "Deniz", MAIL), act(event, "Dansegruppen")
    slot = given(band, main, 0, sound_check_at=moment(main, -60))
    given(second, main, 40)
    announced(event)
    sent_all()
    before, number = slot.starts_at, slot.sequence
    later = event.starts_at + timedelta(minutes=40)
    with unit_of_work():
        event_telling.move(event.id, later, later + timedelta(hours=8), "Fælledparken", "")
    moved = again(slot)
    assert moved.starts_at == before + timedelta(minutes=40)
    assert moved.sequence == number + 1
    assert standing(event.id) == [(band.id, 0), (second.id, 40)]
    told = [one for one in newest_letters() if one.kind == "lifecycle/moved"]
    assert [one.attachments for one in told] == [[f"slot:{slot.id}"]]
    with unit_of_work():
        event_telling.take_back(event.id)
    assert again(slot).starts_at == before
    with unit_of_work():
        event_telling.call_off(event.id, "Storm")
    assert standing(event.id) == []
    assert b"STATUS:CANCELLED" in papers.slot_file(slot.id, "da").content
    refused(refusals.EventIsOff, giving.give, event.id, band.id, at(main, 0))
    with unit_of_work():
        event_telling.take_back(event.id)
    assert standing(event.id) == [(band.id, 0), (second.id, 40)]
    assert b"STATUS:CONFIRMED" in papers.slot_file(slot.id, "da").content


def test_what_was_given_up_and_is_over_is_told_no_more(app: Flask) -> None:
    event = festival()
    main, band = stage(event), act(event, "Orkester Deniz")
    given(band, main, 0)
    with unit_of_work():
        ending.cancel(band.id, "Ingen lyd.")
    assert len(slots.came_free(event.id, ())) == 1
    with at_moment(event.ends_at):
        assert slots.came_free(event.id, ()) == []
