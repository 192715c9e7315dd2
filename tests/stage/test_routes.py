"""An artist applies for the stage, and steps back."""

from __future__ import annotations

from app.applications.queries import asking
from app.core.access import StaffRole
from app.core.timetravel import at
from tests.applications.making import MAIL, NOW, again, festival, letters, organisation
from tests.factories import sign_in, sign_in_staff
from tests.pages import InspectingClient

FORM = "/events/international-dag/apply/act"
ACT = {
    "title": "Oud og trommer",
    "genre": "music",
    "about": "Musik.",
    "minutes": "20",
    "performers": "3",
}
TECHNIQUE = {"microphones": "0", "power_amp": "10", "wishes": ""}
DAY = {"contact_name": "Amal", "contact_phone": "+46 70 123 45 67"}


def apply(client: InspectingClient) -> int:
    festival()
    made = organisation("Nørrebro Oud", kind="artist_group")
    sign_in(client, MAIL)
    with at(NOW):
        client.page(FORM)
        step = client.send(FORM, {"organisation": str(made.id)}).location
        for answers in (ACT, TECHNIQUE, DAY):
            client.page(step)
            step = client.send(step, answers).location
        client.page(step)
        client.send(step, {})
    return asking.of_email(MAIL)[0].id


def test_artist_applies_and_withdraws(client: InspectingClient) -> None:
    number = apply(client)
    kept = again(asking.application(number))
    assert (kept.state, kept.details["microphones"], kept.details["minutes"]) == (
        "submitted",
        0,
        20,
    )
    with at(NOW):
        client.page(f"/my/applications/{number}")
        client.send(f"/my/applications/{number}/give-up-act", {})
    assert again(kept).state == "withdrawn"
    assert len(letters("withdrawn")) == 1


def test_stranger_does_not_withdraw_an_act(client: InspectingClient) -> None:
    number = apply(client)
    sign_in(client, "fremmed@forening.example")
    client.send(f"/my/applications/{number}/give-up-act", {}, status=404)


def test_team_reads_and_cancels_an_act(client: InspectingClient) -> None:
    number = apply(client)
    sign_in_staff(client, StaffRole.ORGANISER)
    assert "Oud og trommer" in client.page(f"/desk/stage/applications/{number}").text
    cancel = f"/desk/stage/applications/{number}/cancel"
    client.page(cancel)
    client.send(cancel, {"reason": ""}, status=422)
    client.send(cancel, {"reason": "Scenen er aflyst."})
    assert "Scenen er aflyst." in letters("cancelled")[0].text
    client.page(f"/desk/stage/applications/{number}")


def test_unfinished_act_is_kept_saved_and_not_sent_in(client: InspectingClient) -> None:
    festival()
    sign_in(client, MAIL)
    assert "/who?kind=artist_group" in client.get(FORM).location
    made = organisation("Nørrebro Oud", kind="artist_group")
    with at(NOW):
        step = client.send(FORM, {"organisation": str(made.id)}).location
        client.send(f"{step}/autosave", {"_field": "title", "title": "Halv"}, status=200)
        assert client.get(FORM).location == step
        client.send(step.removesuffix("/act") + "/check", {}, status=422)
    assert again(asking.of_email(MAIL)[0]).draft == {"title": ["Halv"]}
