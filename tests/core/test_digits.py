"""Digits of any script are taken, and numbers keep their direction among words of any language."""

from __future__ import annotations

import json
import subprocess
import sys
import unicodedata
from decimal import Decimal

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import DecimalField, IntegerField, StringField, TelField

from app.core import digits, markup
from app.core.checks import resembles_cpr
from app.core.forms import Form
from app.core.phones import PhoneNumber
from tests.checkin.test_twin import ROOT, node

SCRIPT = ROOT / "static" / "js" / "devices" / "digits.js"
TYPED = {
    "١٢٣٤٥٦": "123456",
    "۱۲۳۴۵۶": "123456",
    "१२३ ४५६": "123 456",
    "১২৩৪৫৬": "123456",
    "௧௨௩": "123",
    "๑๒๓": "123",
    "\uff11\uff12\uff13": "123",
    "\U0001d7d9\U0001d7da\U0001d7db": "123",
    "\u2066123456\u2069": "123456",
    "\u200f١٢٣\u200e": "123",
    "٠\u066b٥": "0,5",
    "١\u066c٦٥٠": "1650",
    "+٤٥ ٢٠ ٢٠ ٢٠ ٢٠": "+45 20 20 20 20",
    "ab12½²": "ab12½²",
    "": "",
}


class NumbersForm(Form):
    """A field of each kind that takes digits, and one that takes words."""

    class Meta(Form.Meta):
        csrf = False

    number = IntegerField()
    share = DecimalField()
    phone = TelField(validators=[PhoneNumber()])
    cvr = StringField(render_kw={"inputmode": "numeric"})
    words = StringField()


@pytest.mark.parametrize(("typed", "read"), TYPED.items())
def test_digits_of_any_script_are_read(typed: str, read: str) -> None:
    assert digits.western(typed) == read


def test_the_phone_reads_every_digit_as_the_server_does() -> None:
    every = "".join(filter(lambda sign: unicodedata.category(sign) == "Nd", map(chr, _points())))
    texts = [*TYPED, *every]
    program = (
        f"import {{ western }} from {json.dumps(SCRIPT.as_uri())};"
        "const texts = JSON.parse(await new Promise((resolve) => { let all = '';"
        "process.stdin.on('data', (part) => (all += part)).on('end', () => resolve(all)); }));"
        "process.stdout.write(JSON.stringify(texts.map(western)));"
    )
    run = subprocess.run(
        [node(), "--input-type=module", "--eval", program],
        input=json.dumps(texts),
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == [digits.western(text) for text in texts]


@pytest.mark.only_on("sqlite")
def test_every_kind_of_field_takes_them_and_shows_them_left_to_right(app: Flask) -> None:
    typed = {"number": "۴۲", "share": "٠.٥", "phone": "٢٠ ٢٠ ٢٠ ٢٠", "cvr": "١٣٥٨", "words": "٤٢"}
    with app.test_request_context(method="POST"):
        form = NumbersForm(MultiDict(typed))
        assert form.validate(), form.errors
        assert (form.number.data, form.share.data) == (42, Decimal("0.5"))
        assert (form.phone.data, form.cvr.data) == ("+4520202020", "1358")
        assert form.words.data == "٤٢"
        for field in (form.number, form.share, form.phone, form.cvr):
            assert 'dir="ltr"' in field() and 'type="number"' not in field()
        assert 'inputmode="numeric"' in form.number() and 'value="42"' in form.number()


def test_a_personal_number_is_seen_in_any_script() -> None:
    assert resembles_cpr("mit nummer er ٠١٠١٩٠-١٢٣٤")
    assert not resembles_cpr("٢٠ ٢٠ ٢٠ ٢٠")


def test_a_number_in_a_letter_keeps_its_direction_and_has_no_blank_to_copy() -> None:
    source = f"**{digits.isolated('+4520202020')}** شكرا"
    assert '<strong><bdi dir="ltr">+4520202020</bdi></strong>' in markup.letter_html(source)
    assert markup.letter_text(source, "rtl") == "\u2066+4520202020\u2069 شكرا"
    assert markup.letter_text(source, "ltr") == "+4520202020 شكرا"


@pytest.mark.parametrize("number", ["+4520202020", "13585628", "+45 20 20 20 20", "1358-5628"])
def test_a_number_on_a_page_is_isolated(number: str) -> None:
    assert digits.number_left_to_right(number) == f'<bdi dir="ltr">{number}</bdi>'


@pytest.mark.parametrize("value", ["12", "3 A", "26. nov.", "<b>1234</b>", "", None, 1234, "+"])
def test_other_values_of_a_page_stay_as_they_are(value: object) -> None:
    assert digits.number_left_to_right(value) is value


def test_nothing_stays_nothing_and_marks_in_a_code_are_escaped() -> None:
    assert digits.left_to_right(None) == digits.left_to_right("") == ""
    assert digits.left_to_right("<i>") == '<bdi dir="ltr">&lt;i&gt;</bdi>'


def _points() -> range:
    return range(sys.maxunicode + 1)


def test_a_long_mail_address_goes_on_after_its_name_rather_than_within_a_word() -> None:
    shown = '<bdi dir="ltr">birgitte.kjaersgaard<wbr>@brev.example</bdi>'
    assert digits.number_left_to_right("birgitte.kjaersgaard@brev.example") == shown
    assert digits.left_to_right("<a@b>") == '<bdi dir="ltr">&lt;a<wbr>@b&gt;</bdi>'
    assert digits.number_left_to_right("Skriv til a@b.example") == "Skriv til a@b.example"
