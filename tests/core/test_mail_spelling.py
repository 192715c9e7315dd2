"""A mail address that looks like a slip is asked about once, and taken if it is meant so."""

from __future__ import annotations

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from app.core.forms import Form
from app.core.mail_fields import MailField
from app.core.mail_spelling import meant

SLIPS = {
    "amina@gmial.con": "amina@gmail.com",
    "amina@gmial.com": "amina@gmail.com",
    "amina@gmail.con": "amina@gmail.com",
    "amina@gmail.co": "amina@gmail.com",
    "amina@gmai.com": "amina@gmail.com",
    "amina@gail.com": "amina@gmail.com",
    "amina@gmaill.com": "amina@gmail.com",
    "amina@gmailcom": "amina@gmail.com",
    "Amina@GMIAL.COM": "amina@gmail.com",
    "bo@hotmial.com": "bo@hotmail.com",
    "bo@homtial.dk": "bo@hotmail.dk",
    "bo@hotmaildk": "bo@hotmail.dk",
    "bo@hotmail.cmo": "bo@hotmail.com",
    "bo@outlok.dk": "bo@outlook.dk",
    "bo@outloook.com": "bo@outlook.com",
    "bo@yaho.com": "bo@yahoo.com",
    "bo@yahoo.co.ul": None,
    "bo@iclod.com": "bo@icloud.com",
    "bo@kulturhus.dkk": "bo@kulturhus.dk",
    "bo@kulturhus.cpm": "bo@kulturhus.com",
}
TRUE = [
    *("a@gmail.com", "a@hotmail.dk", "a@hotmail.de", "a@live.dk", "a@mail.com", "a@mail.dk"),
    *("a@ymail.com", "a@email.dk", "a@fastmail.com", "a@kk.dk", "a@love.com", "a@line.me"),
    *("a@post.example", "a@skole.kk.dk", "a@forening.example", "a@gmx.net", "a@aol.com"),
    *(
        "a@xn--blgrd-qra.dk",
        "a@blågård.dk",
        "a",
        "",
        "@gmail.com",
        "a@",
        "a@co",
        "a@gmail.dk.example",
    ),
]


@pytest.mark.parametrize(("written", "better"), SLIPS.items())
def test_a_slip_is_known_by_the_house_it_misses(written: str, better: str | None) -> None:
    assert meant(written) == better


@pytest.mark.parametrize("written", TRUE)
def test_nothing_is_asked_about_true_ones(written: str) -> None:
    assert meant(written) is None


class _MailForm(Form):
    mail = MailField("Mail")


def _sent(app: Flask, *values: str) -> _MailForm:
    with app.test_request_context("/", method="POST", headers={"Accept-Language": "da"}):
        form = _MailForm(MultiDict([("mail", value) for value in values]), meta={"csrf": False})
        form.validate()
        str(form.mail())
        return form


@pytest.mark.only_on("sqlite")
def test_the_field_asks_once_and_then_takes_what_is_written(app: Flask) -> None:
    asked = _sent(app, "amina@gmial.con")
    assert "amina@gmail.com" in asked.mail.errors[0]
    assert asked.mail.known == "amina@gmial.con"
    assert not _sent(app, "amina@gmial.con", "amina@gmial.con").errors
    assert not _sent(app, "amina@gmail.com", "amina@gmial.con").errors
    assert _sent(app, "amina@gmaill.com", "amina@gmial.con").errors


@pytest.mark.only_on("sqlite")
def test_an_address_copied_from_a_page_leaves_its_marks_behind(app: Flask) -> None:
    assert _sent(app, "\u2068amina@gmail.com\u2069").mail.data == "amina@gmail.com"
