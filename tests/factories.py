"""Makes what a test needs to begin with, through the ordinary services."""

from __future__ import annotations

from app.core.access import StaffRole
from app.core.unit_of_work import unit_of_work
from app.people import services as people
from tests.pages import InspectingClient


def sign_in(client: InspectingClient, email: str) -> InspectingClient:
    """Let the browser be signed in as this mailbox."""
    with unit_of_work():
        token = people.sign_in(email)
    with client.session_transaction() as session:
        session["sid"] = token
    return client


def sign_in_staff(client: InspectingClient, *roles: StaffRole) -> InspectingClient:
    """Let the browser be signed in as a member of staff with these duties."""
    email = f"{'-'.join(roles) or 'nobody'}@desk.example"
    with unit_of_work():
        for role in roles:
            people.add_staff(email, role, name="Bo Hansen")
    return sign_in(client, email)


def api_token(*scopes: str, name: str = "machine") -> str:
    """A machine's bearer token with these scopes."""
    with unit_of_work():
        return people.issue_api_token(name, list(scopes))


def bearer(token: str) -> dict[str, str]:
    """The header a machine or a door device shows its token in."""
    return {"Authorization": f"Bearer {token}"}
