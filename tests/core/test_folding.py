"""Names are found and sorted as their bearers would, by the server and by the phone alike."""

from __future__ import annotations

import json
import subprocess
import unicodedata
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core import folding
from app.people.rules import spelled_alike
from tests.checkin.test_twin import SCRIPTS, node

HERE = Path(__file__).parent
# Names that are nearly the same, and such as are not: each beside each other.
NEAR = (
    *("Amina Yusuf", "Yusuf, Amina", "Amina Yusf", "Amian Yusuf", "Amina", "Amina Yusuf Ali"),
    *("Ali", "Ala", "Room 1", "Room 2", "Bo Lund", "Bo Lind", "Bø Lund", "Mohamed Hassan", ""),
    *("Mohammed Hasan", "Muhammad Hassan", "فاطمة علي", "فاطمه علي", "فاطمة على", "Amine"),
    *("Mette-Marie Ibsen", "Mette Marie Ibsen", "Metta Marie Ipsen", "Johnson Amina"),
)
PAIRS = [[name, other] for name in NEAR for other in NEAR]
CASES: list[dict[str, Any]] = json.loads((HERE / "names.json").read_text("utf-8"))
# How each of these letters is written by who has not got it, or another alphabet instead.
SPELLINGS = {
    "å": ("å", "aa", "a"),
    "aa": ("aa", "å", "a"),
    "ø": ("ø", "o", "oe", "ö"),
    "ö": ("ö", "o", "oe", "ø"),
    "æ": ("æ", "ae", "ä"),
    "ä": ("ä", "a", "ae", "æ"),
    "ü": ("ü", "u", "ue"),
    "đ": ("đ", "d", "dj"),
    "ł": ("ł", "l"),
    "ı": ("ı", "i", "I"),  # noqa: RUF001 a Turkish letter
    "þ": ("þ", "th"),
    "ð": ("ð", "d"),
    "ß": ("ß", "ss"),
    "ş": ("ş", "s", "Ş"),
    "é": ("é", "e", "e\u0301"),
    "-": ("-", " ", "\u2011", "\u2013", ""),
    "'": ("'", " ", "\u2019", "\u02bc", "`", ""),
    "\u0629": ("\u0629", "\u0647"),
    "\u0649": ("\u0649", "\u064a", "\u06cc"),
    "\u0643": ("\u0643", "\u06a9"),
    "\u0623": ("\u0623", "\u0627", "\u0625"),
    "\u0633\u064e": ("\u0633\u064e", "\u0633", "\u0633\u0640"),
}
plain = st.sampled_from("bcfghklmnprstvxyz")
pieces = st.lists(st.one_of(plain, st.sampled_from(sorted(SPELLINGS))), min_size=1, max_size=9)
words = st.tuples(plain, pieces, plain).map(lambda word: [word[0], *word[1], word[2]])


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_name_is_found_however_it_is_typed(case: dict[str, Any]) -> None:
    name = case["name"]
    assert [text for text in case["found"] if not folding.is_named(name, text)] == []
    assert [text for text in case["missed"] if folding.is_named(name, text)] == []


def test_the_phone_reads_every_name_and_letter_as_the_server_does(tmp_path: Path) -> None:
    letters = [
        letter
        for letter in map(chr, range(0x20, 0x3000))
        if unicodedata.category(letter) not in {"Cn", "Cc"}
    ]
    asked = tmp_path / "names.json"
    asked.write_text(json.dumps({"cases": CASES, "letters": letters, "pairs": PAIRS}), "utf-8")
    run = subprocess.run(
        [node(), str(HERE / "names.mjs"), str(SCRIPTS), str(asked)],
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert run.returncode == 0, run.stderr
    told = json.loads(run.stdout)
    for case, answer in zip(CASES, told["answers"], strict=True):
        assert answer["words"] == folding.name_words(case["name"])
        assert answer["parts"] == folding.spelled_parts(case["name"])
        assert all(answer["found"]), case["name"]
        assert not any(answer["missed"]), case["name"]
    assert told["alike"] == [spelled_alike(*pair) for pair in PAIRS]
    read = zip(letters, told["letters"], strict=True)
    assert [one for one, typed in read if typed != folding.typed(one)] == []


@given(st.text(max_size=60))
def test_what_is_typed_plainly_stays_so(text: str) -> None:
    once = folding.typed(text)
    assert folding.typed(once) == once
    assert folding.name_words(once) == folding.name_words(text)


@given(st.text(max_size=40))
def test_every_name_is_found_by_each_of_its_own_words(name: str) -> None:
    assert all(folding.is_named(name, word) for word in name.split() if folding.typed(word))


@given(st.lists(words, min_size=1, max_size=4), st.data())
def test_every_spelling_of_a_word_and_its_beginning_find_the_name(
    name: list[list[str]], data: st.DataObject
) -> None:
    written = " ".join("".join(word) for word in name)
    word = data.draw(st.sampled_from(name))
    typed = "".join(data.draw(st.sampled_from(SPELLINGS.get(piece, (piece,)))) for piece in word)
    assert folding.is_named(written, typed)
    begun = typed[: data.draw(st.integers(1, len(typed)))]
    assert folding.is_named(written, begun) or not folding.typed(begun).strip("-")


def test_two_people_stay_two_whatever_the_search_takes_for_the_same() -> None:
    for one, other in (("Fadumo", "Faadumo"), ("Søren", "Soren"), ("Łukasz", "Lukasz")):
        assert folding.fold(one) != folding.fold(other)
        assert folding.name_words(one) == folding.name_words(other)


def test_whoever_is_called_so_to_the_letter_is_told_from_the_others() -> None:
    assert folding.is_named("John Smith", "joe") and not folding.is_named_so("John Smith", "joe")
    assert folding.is_named_so("Joe Smith", "smi joe")


def test_lists_stand_in_the_danish_order() -> None:
    latin = "Ibrahim, İbrahim, Ida, Lodz, Łódź, Lund, Tage, Þor, Yde, Ünal, Zahle"
    danish = "Æblerød, Äärelä, Ørsted, Öz, Å, Aa, Aabenraa, Århus"
    names = [*latin.split(", "), *danish.split(", "), "\u0410\u043d\u044f", "زين"]
    assert sorted(reversed(names), key=folding.sort_key) == names


@pytest.mark.parametrize("name", ["O'Brien", "»Håb«", "Anne-Marie", "(Bo)", "Ærø", "Ḥassan"])
def test_a_sign_before_or_within_a_name_does_not_move_it(name: str) -> None:
    key = folding.sort_key(name)
    assert key[0].isalpha() or key[0] in "{|}"
    assert "\x00" not in key
