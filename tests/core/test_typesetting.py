"""Papers are set with our own fonts, or not at all; what they cannot set is named before."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app.core import typesetting

NAMES = {
    "Latin": "Søren Çelik Łukasz Đặng Ţiriac",
    "Cyrillic": "Їжак Ґанна Ђорђе Жанна",
    "Greek": "Ελένη Παπαδοπούλου",
    "Arabic": "ليلى النصراوي گلاب پرویز",
    "Hebrew": "נועה לוי",
    "Ethiopic": "ሰላም ተስፋይ",
    "Tamil": "அருள் செல்வி",
    "Devanagari": "प्रिया शर्मा",
    "Bengali": "মৌসুমী ইসলাম",
    "Thai": "สมชาย ใจดี",
}


@pytest.mark.internal
def test_without_its_fonts_no_paper_comes_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetting, "_loaded", typesetting._load(tmp_path))
    with pytest.raises(FileNotFoundError, match="make setup"):
        typesetting.pdf("ticket", {})


@pytest.mark.parametrize("script", NAMES)
def test_names_in_the_scripts_of_the_city_have_a_font(script: str) -> None:
    assert typesetting.without_font(NAMES[script]) == ""


def test_a_letter_without_a_font_is_named_once_and_signs_without_a_shape_never() -> None:
    # Egyptian signs, which no font here will ever have.
    assert typesetting.without_font("Ra \U00013000\U00013000\U00013001") == ("\U00013000\U00013001")
    assert typesetting.without_font("Ali\u200bReza\u00a0\u2067") == ""


def test_a_letter_is_as_good_as_its_parts() -> None:
    assert typesetting.without_font("Ḥṣǧ") == typesetting.without_font("\u0323\u030c")


@pytest.mark.internal
def test_where_nothing_is_noted_every_letter_is_named(tmp_path: Path) -> None:
    assert typesetting._read_letters(tmp_path / "letters.json") == frozenset()
    noted = tmp_path / "letters.json"
    noted.write_text(json.dumps([[65, 67], [97, 97]]))
    assert typesetting._read_letters(noted) == frozenset(map(ord, "ABCa"))
