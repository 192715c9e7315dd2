"""The logo: drawn anew, shown in every page's head, refused with a reason, taken away again."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO

import pytest
from PIL import Image
from werkzeug.datastructures import FileStorage
from werkzeug.test import TestResponse, encode_multipart

from app.core.access import StaffRole
from tests.catalogue import making
from tests.factories import sign_in_staff
from tests.pages import InspectingClient, Page
from tests.pictures import huge_png
from tests.statements import Statements

Counter = Callable[[], AbstractContextManager[Statements]]
ADDRESS = "/desk/installation/logo"


@pytest.fixture
def admin(client: InspectingClient) -> InspectingClient:
    sign_in_staff(client, StaffRole.ADMIN)
    client.get("/?language=da")
    return client


def drawn(
    size: tuple[int, int] = (1200, 300), kind: str = "PNG", mode: str = "RGBA", **more: object
) -> bytes:
    file = BytesIO()
    picture = Image.new(mode, size, (8, 63, 60, 0) if mode == "RGBA" else (8, 63, 60))
    picture.save(file, kind, **more)
    return file.getvalue()


def handed_in(client: InspectingClient, content: bytes | None, name: str) -> TestResponse:
    form: dict[str, object] = {"csrf_token": client.csrf_token()}
    if content is not None:
        form["file"] = FileStorage(BytesIO(content), name)
    boundary, body = encode_multipart(form)
    return client.post(ADDRESS, data=body, content_type=f"multipart/form-data; boundary={boundary}")


def named(client: InspectingClient, team: str) -> None:
    form = client.page("/desk/installation").form()
    client.send("/desk/installation", form | {"team_da": team})


def logos(page: Page) -> list[dict[str, str]]:
    return [dict(image.items()) for image in page.all("img") if image.get("class") == "team-logo"]


def test_it_stands_on_every_page_with_its_size_and_name(admin: InspectingClient) -> None:
    making.event(capacity=3)
    paths = ("/", "/events/foraeldredialog", "/was", "/my", "/desk/installation")
    assert [logos(admin.page(path)) for path in paths[:4]] == [[]] * 4
    named(admin, "Holdet")
    assert handed_in(admin, drawn(), "by.png").status_code == 303
    for path in paths:
        image = logos(admin.page(path))[0]
        assert (image["width"], image["height"], image["alt"]) == ("528", "132", "Holdet")
    answer = admin.get(image["src"])
    assert (answer.status_code, answer.mimetype) == (200, "image/png")
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    shown = Image.open(BytesIO(answer.data))
    assert (shown.size, shown.mode, shown.getextrema()[3]) == ((528, 132), "RGBA", (0, 0))


def test_nothing_of_the_file_itself_is_kept(admin: InspectingClient) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Kamera 4711"
    content = drawn((400, 200), "JPEG", "RGB", exif=exif, comment=b"hemmelig")
    assert handed_in(admin, content + b"<script>", "by.jpeg").status_code == 303
    (image,) = logos(admin.page("/was"))
    kept = admin.get(image["src"]).data
    assert not [word for word in (b"Kamera", b"hemmelig", b"script") if word in kept]
    assert Image.open(BytesIO(kept)).size == (264, 132)


@pytest.mark.parametrize(
    ("content", "name", "sentence"),
    [
        (b"<svg/>", "by.svg", ".jpg, .png eller .webp"),
        (b"<svg onload='alert(1)'/>", "by.png", "kan ikke læses som et billede"),
        (drawn()[:-30], "by.png", "kan ikke læses som et billede"),
        (huge_png(), "by.png", "40 millioner"),
        (drawn((79, 60)), "by.png", "Logoet er for lille"),
        (drawn((400, 39)), "by.png", "Logoet er for lille"),
        (None, "", "Vælg en fil"),
    ],
    ids=["drawing", "script", "cut", "huge", "narrow", "low", "nothing"],
)
def test_a_refused_file_says_why_and_the_old_one_stays(
    admin: InspectingClient, content: bytes | None, name: str, sentence: str
) -> None:
    handed_in(admin, drawn(), "by.png")
    before = logos(admin.page("/was"))
    answer = handed_in(admin, content, name)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert logos(admin.page("/was")) == before


def test_it_is_changed_and_taken_away_with_a_trace(admin: InspectingClient) -> None:
    handed_in(admin, drawn(), "by.png")
    (old,) = logos(admin.page("/was"))
    handed_in(admin, drawn((300, 300)), "by.webp.png")
    (new,) = logos(admin.page("/was"))
    assert admin.get(old["src"]).status_code == 404
    for _twice in range(2):
        admin.send(f"{ADDRESS}/remove", {})
    assert logos(admin.page("/was")) == []
    assert admin.get(new["src"]).status_code == 404
    trail = admin.page("/desk/installation").text
    assert trail.count("Bo Hansen · Logoet er sat ind") == 2
    assert trail.count("Bo Hansen · Logoet er taget væk") == 1


def test_names_are_changed_without_touching_it(admin: InspectingClient) -> None:
    handed_in(admin, drawn(), "by.png")
    named(admin, "Verdensholdet")
    (image,) = logos(admin.page("/was"))
    assert admin.get(image["src"]).status_code == 200


def test_nobody_but_an_administrator_sets_it(client: InspectingClient) -> None:
    sign_in_staff(client, StaffRole.ORGANISER)
    assert handed_in(client, drawn(), "by.png").status_code == 403
    assert logos(client.page("/was")) == []


def test_a_page_with_it_asks_no_statement_more(
    admin: InspectingClient, statements: Counter
) -> None:
    making.event(capacity=3)
    named(admin, "Holdet")
    paths = ("/", "/events/foraeldredialog", "/was", "/my")
    counted = []
    for _before_and_after in range(2):
        for path in paths:
            admin.page(path)
        with statements() as asked:
            for path in paths:
                admin.page(path)
        counted.append(len(asked))
        handed_in(admin, drawn(), "by.png")
    assert len(logos(admin.page("/was"))) == 1
    assert counted[0] == counted[1]
