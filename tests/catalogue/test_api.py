"""The catalogue for machines."""

from __future__ import annotations

from app.applications.rules.states import Role
from app.events.rules import EventKind
from tests.catalogue import making
from tests.factories import api_token, bearer
from tests.pages import InspectingClient


def test_machines_read_only_what_was_allowed(client: InspectingClient) -> None:
    number = making.event("fest", EventKind.FESTIVAL)
    making.confirmed(number, "Trio Anatolia", Role.ACT, "name", "website")
    making.confirmed(number, "Stille Forening", Role.ASSOCIATION_STALL, "website")
    answer = client.get("/api/v1/catalogue/fest", headers={"Accept-Language": "da"})
    assert answer.get_json() == {
        "event": "fest",
        "title": "Dansk fest",
        "entries": [
            {"role": "act", "name": "Trio Anatolia", "website": "https://kvinder.example"},
        ],
    }


def test_a_token_may_read_the_public_catalogue_too(client: InspectingClient) -> None:
    making.event("fest", EventKind.FESTIVAL)
    answer = client.get("/api/v1/catalogue/fest", headers=bearer(api_token("read")))
    assert answer.get_json()["entries"] == []


def test_an_unknown_event_is_a_problem_document(client: InspectingClient) -> None:
    answer = client.get("/api/v1/catalogue/findes-ikke")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")


def test_the_atlas_for_machines_comes_later(client: InspectingClient) -> None:
    assert client.get("/api/v1/atlas").status_code == 501


def test_public_calls_ask_for_no_token_in_the_document(client: InspectingClient) -> None:
    paths = client.get("/api/v1/openapi.json").get_json()["paths"]
    assert paths["/api/v1/catalogue/{slug}"]["get"]["security"] == []
    assert "security" not in paths["/api/v1/events/{slug}/enrolments"]["post"]
