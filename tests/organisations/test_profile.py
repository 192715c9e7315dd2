"""The profile: in any language, on two phones at once, and all of it in the catalogue."""

from __future__ import annotations

import pytest

from app.core.access import StaffRole
from app.core.database import db
from app.organisations import queries
from app.organisations.models import Organisation
from app.organisations.rules import consents_after
from tests.factories import sign_in, sign_in_staff
from tests.organisations.test_routes import MAIL, PROFILE, founded
from tests.pages import InspectingClient, Page

SOMALI = "Waxaan isku soo xirnaa toddobaad kasta."
CATALOGUE = {
    (name, "catalogue")
    for name in ("name", "activity", "district", "languages", "target_groups", "members")
} | {("website", "catalogue"), ("public_mail", "catalogue"), ("public_phone", "catalogue")}


def the_one() -> Organisation:
    db.session.rollback()
    return queries.of_email(MAIL)[0]


def test_what_they_do_is_told_in_any_language_and_the_team_sees_that_danish_is_missing(
    client: InspectingClient,
) -> None:
    profile = f"/my/organisations/{founded()}"
    sign_in(client, MAIL)
    own = {**PROFILE, "activity_da": "", "other_language": "so", "other_words": SOMALI}
    client.send(profile, own)
    assert the_one().activity == {"so": SOMALI}
    form = client.page(profile).form()
    assert (form["other_language"], form["other_words"]) == ("so", SOMALI)
    sign_in_staff(client, StaffRole.ORGANISER)
    desk = f"/desk/organisations/{the_one().id}"
    assert "Mangler på dansk" in client.page(desk).text
    client.send(profile, {**form, "activity_da": "Vi mødes hver uge."})
    assert the_one().activity == {"da": "Vi mødes hver uge.", "so": SOMALI}
    assert "Mangler på dansk" not in client.page(desk).text


@pytest.mark.parametrize(
    ("words", "field"),
    [({"activity_da": ""}, "activity-da"), ({"other_words": SOMALI}, "other_language")],
)
def test_one_language_at_least_and_its_name(
    client: InspectingClient, words: dict[str, str], field: str
) -> None:
    profile = f"/my/organisations/{founded()}"
    sign_in(client, MAIL)
    page = Page(client.send(profile, {**PROFILE, **words}, status=422).text)
    assert {field.replace("-", "_")} == set(page.errors())


def test_an_older_page_shows_both_texts_and_keeps_what_it_left_alone(
    client: InspectingClient,
) -> None:
    profile = f"/my/organisations/{founded()}"
    sign_in(client, MAIL)
    client.send(profile, PROFILE)
    older = client.page(profile).form()
    newer = {**older, "activity_da": "Vi synger.", "members": "55"}
    client.send(profile, {**PROFILE, **newer})
    mine = {**PROFILE, **older, "activity_da": "Vi danser."}
    page = Page(client.send(profile, mine, status=409).text)
    assert set(page.errors()) == {"activity_da"}
    assert "Vi synger." in page.errors()["activity_da"]
    form = page.form()
    assert (form["activity_da"], form["members"]) == ("Vi danser.", "55")
    client.send(profile, {**PROFILE, **form})
    assert the_one().activity == {"da": "Vi danser."}
    assert the_one().members == 55


def test_one_tick_shows_all_of_it_and_taking_it_away_shows_nothing(
    client: InspectingClient,
) -> None:
    profile = f"/my/organisations/{founded()}"
    sign_in(client, MAIL)
    client.send(profile, {**PROFILE, "show_all": "y"})
    assert queries.consents(the_one().id) == CATALOGUE
    assert client.page(profile).form()["show_all"] == "y"
    client.send(profile, {**PROFILE, "members": "41"})
    assert queries.consents(the_one().id) == set()
    client.send(f"{profile}/consent", {"atlas": ["name"], "show_all": "y"})
    assert queries.consents(the_one().id) == CATALOGUE | {("name", "atlas")}


def test_without_the_tick_what_was_chosen_singly_stays() -> None:
    facts = {"name": "Ny", "district": "valby"}
    chosen = {("name", "catalogue"), ("name", "atlas")}
    assert consents_after(facts, chosen, before=facts, show_all=False) == chosen
    whole = chosen | {("district", "catalogue")}
    more = {**facts, "members": 4}
    assert consents_after(more, whole, before=facts, show_all=False) == {("name", "atlas")}
    assert consents_after(more, chosen, before=facts, show_all=True) == whole | {
        ("members", "catalogue")
    }
