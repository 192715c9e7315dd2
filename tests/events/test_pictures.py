"""An event's picture: given, corrected, copied and deleted with it, seen by whom it should be."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from app.core.access import StaffRole
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.events import queries as events
from app.events.models import Event, EventPicture
from app.events.services import picturing
from app.lifecycle.services import copying, ending
from tests.catalogue import making
from tests.factories import sign_in_staff
from tests.pages import InspectingClient, Page
from tests.statements import Statements

Counter = Callable[[], AbstractContextManager[Statements]]
DANCE = "Børn danser foran scenen."
PATH = "/desk/events/foraeldredialog/picture"


def photo(colour: str = "green", size: tuple[int, int] = (1600, 1000)) -> BytesIO:
    file = BytesIO()
    Image.new("RGB", size, colour).save(file, "JPEG")
    file.seek(0)
    return file


def handed_in(
    client: InspectingClient, file: BytesIO | None, name: str = "gade.jpg", text: str = DANCE
) -> TestResponse:
    form: dict[str, object] = {"csrf_token": client.csrf_token(), "text_da": text}
    if file is not None:
        form["file"] = FileStorage(file, name)
    # Encoded here: the client would leave what is large in a file that nobody closes.
    boundary, body = encode_multipart(form)
    return client.post(PATH, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def pictured(client: InspectingClient, *, published: bool = True) -> Event:
    number = making.event(capacity=3, published=published)
    sign_in_staff(client, StaffRole.ORGANISER)
    assert handed_in(client, photo()).status_code == 303
    db.session.rollback()
    return events.event(number)


def addresses(page: Page) -> list[str]:
    sources = [image.get("src", "") for image in page.all("img")]
    return [source for source in sources if "/picture/" in source]


def sign_out(client: InspectingClient) -> None:
    client.delete_cookie("torvet")


def test_guests_see_it_with_its_words_in_the_size_of_their_screen(
    client: InspectingClient,
) -> None:
    pictured(client)
    sign_out(client)
    page = client.page("/events/foraeldredialog?language=da")
    (image,) = [one for one in page.all("img") if one.get("alt") == DANCE]
    assert (image.get("width"), image.get("height")) == ("1440", "900")
    small, large = (part.split() for part in image.get("srcset", "").split(", "))
    for (address, width), points in ((small, 720), (large, 1440)):
        answer = client.get(address)
        assert (answer.status_code, answer.mimetype, width) == (200, "image/jpeg", f"{points}w")
        assert Image.open(BytesIO(answer.data)).width == points
        assert "immutable" in answer.headers["Cache-Control"]
        assert answer.headers["Content-Security-Policy"].startswith("sandbox")


def test_a_drafts_picture_is_the_teams_alone(client: InspectingClient) -> None:
    pictured(client, published=False)
    (address,) = addresses(client.page("/desk/events/foraeldredialog/preview"))
    own = client.get(address)
    assert (own.status_code, own.headers["Cache-Control"]) == (200, "no-store")
    sign_out(client)
    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("x.svg", b"<svg/>", ".jpg, .png eller .webp"),
        ("x.jpg", b"<script>", "kan ikke læses som et billede"),
        ("x.jpg", photo(size=(500, 200)).getvalue(), "for lille"),
    ],
    ids=["drawing", "script", "small"],
)
def test_a_refused_file_says_why_and_keeps_the_words(
    client: InspectingClient, name: str, content: bytes, sentence: str
) -> None:
    number = making.event()
    sign_in_staff(client, StaffRole.ORGANISER)
    client.get("/?language=da")
    answer = handed_in(client, BytesIO(content), name)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert DANCE in answer.text
    assert events.event(number).picture is None


def test_a_photo_larger_than_anything_else_that_is_sent_is_taken(
    client: InspectingClient,
) -> None:
    making.event()
    sign_in_staff(client, StaffRole.ORGANISER)
    heavy = photo()
    heavy.seek(0, 2)
    heavy.write(bytes(8_000_000))
    heavy.seek(0)
    assert handed_in(client, heavy).status_code == 303


def test_without_words_or_without_a_file_nothing_is_kept(client: InspectingClient) -> None:
    number = making.event()
    sign_in_staff(client, StaffRole.ORGANISER)
    assert handed_in(client, photo(), text="").status_code == 422
    assert handed_in(client, None).status_code == 422
    assert events.event(number).picture is None


def test_its_words_can_be_corrected_without_the_file(client: InspectingClient) -> None:
    before = pictured(client).picture
    assert handed_in(client, None, text="Musik på gaden.").status_code == 303
    db.session.rollback()
    db.session.expire_all()
    event = events.event_by_slug("foraeldredialog")
    assert (event.picture, event.picture_text) == (before, {"da": "Musik på gaden."})


def test_another_picture_has_another_address_and_the_old_one_is_gone(
    client: InspectingClient,
) -> None:
    pictured(client)
    (old,) = addresses(client.page("/events/foraeldredialog"))
    handed_in(client, photo("red"))
    (new,) = addresses(client.page("/events/foraeldredialog"))
    assert old != new
    assert client.get(old).status_code == 404
    client.send(f"{PATH}/remove", {})
    assert addresses(client.page("/events/foraeldredialog")) == []
    assert client.get(new).status_code == 404


def test_it_is_copied_with_the_event_and_deleted_with_it(client: InspectingClient) -> None:
    event = pictured(client)
    with unit_of_work():
        made = copying.copy(event.id, "kopi", event.starts_at)
        assert (made.picture, made.picture_text) == (event.picture, event.picture_text)
    (address,) = addresses(client.page("/desk/events/kopi/preview"))
    assert address.startswith("/events/kopi/")
    assert client.get(address).status_code == 200
    with unit_of_work():
        ending.delete_draft(events.event_by_slug("kopi"))
    assert db.session.scalar(select(func.count(EventPicture.event_id))) == 1


def test_a_page_with_a_picture_costs_no_more_statements(
    client: InspectingClient, statements: Counter
) -> None:
    number = making.event(capacity=3)
    with statements() as without:
        client.page("/events/foraeldredialog")
    sign_in_staff(client, StaffRole.ORGANISER)
    handed_in(client, photo())
    sign_out(client)
    with statements() as shown:
        client.page("/events/foraeldredialog")
    with statements() as again:
        client.page("/events/foraeldredialog")
    assert (len(shown), len(again)) == (len(without), 1)
    with unit_of_work():
        picturing.remove(events.event(number))
        picturing.remove(events.event(number))
