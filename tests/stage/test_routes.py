"""The stages on pages: from an empty festival to a public programme; visitors and artists."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

from app.core import clock
from app.core.access import StaffRole
from app.core.timetravel import at as at_moment
from app.stage.queries import slots
from tests.factories import sign_in, sign_in_staff
from tests.pages import InspectingClient
from tests.stage.making import act, announced, festival, given, letters, moment, stage, times
from tests.statements import Statements

Counter = Callable[[], AbstractContextManager[Statements]]
DESK = "/desk/stage/international-dag"
PUBLIC = "/stage/international-dag"
MAIL = "deniz@orkester.example"


def written(moment_of: object) -> str:
    return clock.local_time(moment_of).strftime("%Y-%m-%dT%H:%M")  # type: ignore[arg-type]


def test_a_team_goes_from_no_stage_to_a_public_programme(client: InspectingClient) -> None:
    event = festival()
    band, dancers = act(event, "Orkester Deniz", MAIL), act(event, "Dansegruppen")
    sign_in_staff(client, StaffRole.ORGANISER)
    assert DESK in client.page("/desk/stage/").links()
    empty = client.page(DESK)
    assert f"{DESK}/stages/new" in empty.links()
    assert client.get(f"{DESK}/slots/new").status_code == 303
    made = {"name_da": "Store scene", "change_over": "15", "call": "Anna, 20 99 00 11"}
    page = client.page(f"{DESK}/stages/new")
    early = {**page.form(), **made, "opens": written(event.starts_at - timedelta(hours=1))}
    client.send(f"{DESK}/stages/new", early, status=422)
    client.send(f"{DESK}/stages/new", {**page.form(), **made})
    (main,) = slots.stages(event.id)
    board = client.page(DESK)
    assert "Orkester Deniz" in board.text and "Dansegruppen" in board.text
    for who, minutes in ((band, 0), (dancers, 45)):
        page = client.page(f"{DESK}/slots/new?act={who.id}&stage={main.id}")
        form = page.form()
        # The first free time is filled in.
        assert form["starts"] == f"{written(moment(main, minutes)).replace('T', ' ')}:00"
        assert form["act"] == str(who.id) and form["minutes"] == "30"
        client.send(f"{DESK}/slots/new", form)
    assert letters() == []
    visitor = client.application.test_client()
    assert "Orkester Deniz" not in visitor.page(PUBLIC).text
    client.send(f"{DESK}/announce", client.page(DESK).form(f"{DESK}/announce"))
    assert [letter.email for letter in letters()] == [MAIL]
    told = visitor.page(PUBLIC)
    assert "Orkester Deniz" in told.text and "Gruppen Dansegruppen" in told.text
    assert "/stage/international-dag" in visitor.page("/events/international-dag").links()
    client.send(f"{DESK}/recall", client.page(DESK).form(f"{DESK}/recall"))
    assert "Orkester Deniz" not in visitor.page(PUBLIC).text


def test_a_refusal_keeps_what_was_typed_and_says_what_stands_there(
    client: InspectingClient,
) -> None:
    event = festival()
    main, dancers = stage(event), act(event, "Dansegruppen")
    given(act(event, "Orkester Deniz"), main, 60)
    sign_in_staff(client, StaffRole.ORGANISER)
    page = client.page(f"{DESK}/slots/new?act={dancers.id}")
    form = {**page.form(), "starts": written(moment(main, 70)), "note": "Tag tæppet med."}
    answer = client.send(f"{DESK}/slots/new", form, status=409)
    text = answer.get_data(as_text=True)
    assert "Orkester Deniz spiller på Store scene fra 12.00 til 12.30" in text
    assert "Tag tæppet med." in text
    # From the board, by mouse or keys.
    place = {**client.page(DESK).form(f"{DESK}/place"), "act": str(dancers.id)}
    place |= {"stage": str(main.id), "starts": written(moment(main, 70))}
    headers = {"Referer": f"http://localhost{DESK}"}
    answer = client.send(f"{DESK}/place", place, status=409, headers=headers)
    assert "data-stage" in answer.get_data(as_text=True)
    free = {**place, "starts": written(moment(main, 100))}
    client.send(f"{DESK}/place", free)
    slot = times(event)[1]
    moved = {**client.page(DESK).form(f"{DESK}/place"), "slot": str(slot.id)}
    moved |= {"stage": str(main.id), "starts": written(moment(main, 120))}
    client.send(f"{DESK}/place", moved)
    assert times(event)[1].starts_at == moment(main, 120)


def test_two_editors_of_one_time_overwrite_nothing_unseen(client: InspectingClient) -> None:
    event = festival()
    main = stage(event)
    slot = given(act(event, "Orkester Deniz"), main, 0)
    sign_in_staff(client, StaffRole.ORGANISER)
    address = f"/desk/stage/slots/{slot.id}"
    first, second = (client.page(address).form(address) for _ in range(2))
    client.send(address, {**first, "starts": written(moment(main, 60))})
    client.send(address, {**second, "note": "Tag tæppet med."})
    (kept,) = times(event)
    assert (kept.starts_at, kept.note) == (moment(main, 60), "Tag tæppet med.")
    client.send(address, {**second, "starts": written(moment(main, 90))}, status=409)
    one = f"/desk/stage/stages/{main.id}"
    first, second = (client.page(one).form(one) for _ in range(2))
    client.send(one, {**first, "call": "Bo, 20 00 00 01"})
    client.send(one, {**second, "call": "Eva, 20 00 00 02"}, status=409)
    client.send(f"{one}/drop", client.page(one).form(f"{one}/drop"), status=409)


def test_a_time_is_taken_back_and_that_too(client: InspectingClient) -> None:
    event = festival()
    main = stage(event)
    slot = given(act(event, "Orkester Deniz", MAIL), main, 0)
    announced(event)
    sign_in_staff(client, StaffRole.ORGANISER)
    client.send(f"{DESK}/recall", client.page(DESK).form(f"{DESK}/recall"))
    with at_moment(clock.now() - timedelta(minutes=10)):
        announced(event)
    address = f"/desk/stage/slots/{slot.id}"
    taken = client.page(address).form(f"{address}/take-back")
    client.send(f"{address}/take-back", taken)
    assert client.get(address).status_code == 404
    assert times(event) == []
    assert "Orkester Deniz" in client.page(DESK).text


def test_the_artist_learns_stage_time_and_whom_to_call(client: InspectingClient) -> None:
    event = festival()
    main, band = stage(event), act(event, "Orkester Deniz", MAIL)
    slot = given(band, main, 60, sound_check_at=moment(main, 5), note="Tag trommerne med.")
    status = f"/my/applications/{band.id}"
    sign_in(client, MAIL)
    assert "Store scene" not in client.page(status).text
    assert client.get(f"{status}/slot-{slot.id}.ics").status_code == 404
    announced(event)
    text = client.page(status).text
    for told in ("Store scene", "12.00", "11.05", "Anna, 20 99 00 11", "Tag trommerne med."):
        assert told in text
    assert "Store scene" in client.page("/my").text
    file = client.get(f"{status}/slot-{slot.id}.ics")
    assert file.mimetype == "text/calendar" and b"Anna\\, 20 99 00 11" in file.data
    sign_in(stranger := client.application.test_client(), "anden@mail.example")
    assert stranger.get(f"{status}/slot-{slot.id}.ics").status_code == 404
    other = act(event, "Dansegruppen", MAIL)
    assert client.get(f"/my/applications/{other.id}/slot-{slot.id}.ics").status_code == 404


def test_an_artist_without_consent_stands_by_its_title_alone(client: InspectingClient) -> None:
    event = festival()
    main = stage(event)
    given(act(event, "Orkester Deniz", shown=False), main, 0)
    given(act(event, "Dansegruppen"), main, 60)
    announced(event)
    page = client.page(PUBLIC)
    assert "Orkester Deniz" in page.text and "Gruppen Orkester Deniz" not in page.text
    assert "Gruppen Dansegruppen" in page.text
    assert "Orkester Deniz" not in client.page(f"{PUBLIC}?spoken=tr").text
    assert "Dansegruppen" in client.page(f"{PUBLIC}?spoken=tr&genre=music&by=time").text
    assert "Dansegruppen" not in client.page(f"{PUBLIC}?genre=dance").text


def test_now_and_next_on_the_day_alone(client: InspectingClient) -> None:
    event = festival()
    main = stage(event)
    for number, title in enumerate(("Orkester Deniz", "Dansegruppen")):
        given(act(event, title), main, 60 * number)
    announced(event)
    assert "Nu og bagefter" not in client.page(PUBLIC).text
    with at_moment(moment(main, 10)):
        assert "Nu og bagefter" in client.page(PUBLIC).text


def test_calendar_feeds_of_all_of_a_stage_and_of_ones_own_stars(client: InspectingClient) -> None:
    event = festival()
    main, other = stage(event), stage(event, "Lille scene")
    first = given(act(event, "Orkester Deniz"), main, 0)
    second = given(act(event, "Dansegruppen"), other, 0)
    address = f"{PUBLIC}.ics"
    assert b"BEGIN:VEVENT" not in client.get(address).data
    announced(event)
    whole = client.get(address).data
    assert whole.count(b"BEGIN:VEVENT") == 2 and b"VTIMEZONE" not in whole
    one_stage = client.get(f"{address}?stage={main.id}").data
    assert b"Orkester Deniz" in one_stage and b"Dansegruppen" not in one_stage
    stars = client.get(f"{address}?slots={second.id},x,999").data
    assert b"Dansegruppen" in stars and b"Orkester Deniz" not in stars
    assert f"UID:programme-{first.id}@localhost".encode() in whole
    assert client.get("/stage/ingen.ics").status_code == client.get("/stage/ingen").status_code


def test_many_slots_cost_what_one_costs(client: InspectingClient, statements: Counter) -> None:
    event = festival()
    stages = [stage(event, f"Scene {number}", 0) for number in range(4)]
    given(act(event, "Første"), stages[0], 0, length=5)
    announced(event)
    sign_in_staff(client, StaffRole.ORGANISER)
    costs = []
    for turn in range(2):
        for address in (PUBLIC, DESK):
            client.page(address)
            with statements() as seen:
                client.page(address)
            costs.append(len(seen))
        for number in range(0 if turn else 40):
            given(act(event, f"Nr. {number}"), stages[number % 4], 5 + 5 * (number // 4), length=5)
    assert costs[:2] == costs[2:], costs
    assert costs[0] <= 7


def test_pages_of_strangers_and_of_other_events_open_to_nobody(client: InspectingClient) -> None:
    event = festival()
    main = stage(event)
    slot = given(act(event, "Orkester Deniz"), main, 0)
    for address in (DESK, f"/desk/stage/slots/{slot.id}", f"/desk/stage/stages/{main.id}"):
        assert client.get(address).status_code == 303
    sign_in_staff(client, StaffRole.REVIEWER)
    assert client.get(DESK).status_code == 403
    sign_in_staff(client, StaffRole.ORGANISER)
    for address in ("/desk/stage/slots/999", "/desk/stage/stages/999", "/desk/stage/ingen"):
        assert client.get(address).status_code == 404
    place = {**client.page(DESK).form(f"{DESK}/place"), "slot": "999", "stage": str(main.id)}
    place["starts"] = written(moment(main, 60))
    client.send(f"{DESK}/place", place, status=404)


def test_the_desk_is_told_of_acts_without_a_time_and_of_times_that_came_free(
    client: InspectingClient,
) -> None:
    event = festival()
    main, band = stage(event), act(event, "Orkester Deniz")
    sign_in_staff(client, StaffRole.ORGANISER)
    assert "Optrædener uden spilletid" in client.page("/desk/").text
    given(band, main, 0)
    assert "Optrædener uden spilletid" not in client.page("/desk/").text
    address = f"/desk/stage/applications/{band.id}/cancel"
    client.send(address, {**client.page(address).form(), "reason": "Ingen lyd."})
    assert "Spilletider, der er blevet ledige" in client.page("/desk/").text
    assert "spiller ikke mere" in client.page(DESK).text
    (free,) = slots.came_free(event.id, ())
    leave = f"/desk/stage/slots/{free.id}/leave-free"
    client.send(leave, client.page(DESK).form(leave))
    assert "spiller ikke mere" not in client.page(DESK).text
    assert "Spilletider, der er blevet ledige" not in client.page("/desk/").text
