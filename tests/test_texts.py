"""Every text is translated: all of it into Danish, what others than the team read into Arabic."""

from __future__ import annotations

import gettext
import re
import shutil
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from click.testing import CliRunner

from app.core import catalogues, cli
from tests.house.sources import ROOT, packages

# What only the team reads needs no Arabic.
STAFF_PACKAGES = {
    *("advisory", "demo", "events", "mailings", "outcomes", "programme", "reports", "siteplan"),
}
# The team's own pages here speak Arabic too, whole: half a page of English helps nobody.
WHOLE_IN_ARABIC = {
    "checkin",
    "colleagues",
    "core",
    "crowd",
    "devices",
    "door",
    "home",
    "lists",
    "merging",
    "people",
    "printing",
    "reminding",
    "tickets",
    "workshops",
}
STAFF_PLACES = re.compile(
    r"/desk[/._]|/cli\.py$|/(?:desk|staff)_\w+\.(?:py|html)$|_desk\.py$|^/app/\w+/lists\.py$"
)
# Zero, one, two, a few (3–10), many (11–99), other (100 …), in the order of translators' tools.
ARABIC = (
    "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : "
    "n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);"
)
PLACEHOLDER = re.compile(r"%\((\w+)\)|\{(\w+)\}")


@cache
def texts_of(capability: str) -> Catalog:
    """All texts that a capability's code and templates say."""
    return catalogues.extracted(ROOT, capability)


@cache
def translations(language: str) -> dict[str, Message]:
    """Every translated text of a language, by its English."""
    return {
        key(message): message
        for catalog in catalogues.of_language(ROOT, language)
        for message in catalog
        if message.id and all([message.string] if message.string != () else [])
    }


@pytest.mark.parametrize("capability", packages())
def test_every_text_stands_in_danish(capability: str) -> None:
    missing = [key(one) for one in texts_of(capability) if one.id and not _said(one, "da")]
    assert not missing


@pytest.mark.parametrize("capability", sorted(set(packages()) - STAFF_PACKAGES))
def test_every_public_text_stands_in_arabic(capability: str) -> None:
    whole = capability in WHOLE_IN_ARABIC
    read = [one for one in texts_of(capability) if one.id and (whole or public(one))]
    assert [key(one) for one in read if not _said(one, "ar")] == []


@pytest.mark.parametrize("language", catalogues.TRANSLATED)
def test_a_text_is_translated_alike_wherever_it_stands(language: str) -> None:
    """The catalogues are merged: of two translations of one text only the first would be read."""
    said: dict[tuple[str | None, str], set[tuple[str, ...]]] = {}
    for catalog in catalogues.of_language(ROOT, language):
        for message in catalog:
            if message.id and all(forms(message)):
                said.setdefault((message.context, key(message)), set()).add(tuple(forms(message)))
    assert {text: ways for text, ways in said.items() if len(ways) > 1} == {}


def test_a_stade_is_neuter() -> None:
    """Et stade, stadet: the word the team says a hundred times a day."""
    common = re.compile(r"\b(?:staden|en stade|ingen stade|din stade|min stade|den stade)\b", re.I)
    said = [text for message in translations("da").values() for text in forms(message)]
    assert [text for text in said if common.search(text)] == []


@pytest.mark.parametrize("language", catalogues.TRANSLATED)
def test_translations_keep_their_placeholders(language: str) -> None:
    changed = []
    for english, message in translations(language).items():
        wanted = set(PLACEHOLDER.findall(english))
        for string in forms(message):
            said = set(PLACEHOLDER.findall(string))
            # A plural form may leave the number out: "one person" for 1.
            lost = wanted - said if not message.pluralizable else set()
            if said - wanted or lost:
                changed.append(f"{english!r} → {string!r}")
    assert not changed


def test_a_number_takes_the_arabic_form_it_was_written_for(tmp_path: Path) -> None:
    """Many things (11–99) and a hundred are told apart, as in translators' tools."""
    shutil.copytree(ROOT / "translations" / "ar", tmp_path / "translations" / "ar")
    catalogues.compile_all(tmp_path)
    with (tmp_path / "translations" / "ar" / "LC_MESSAGES" / "messages.mo").open("rb") as file:
        said = gettext.GNUTranslations(file)
    one, several = "%(num)s conflict", "%(num)s conflicts"
    written = forms(translations("ar")[f"{one}\n{several}"])
    taken = [said.ngettext(one, several, number) for number in (0, 1, 2, 3, 11, 100)]
    assert taken == written
    assert len(set(written)) == 6
    assert said.ngettext(one, several, 110) == written[3]
    assert said.ngettext(one, several, 199) == written[4]
    assert said.ngettext(one, several, 202) == written[5]


def test_every_catalogue_counts_by_the_same_rule() -> None:
    rules = {catalog.plural_forms for catalog in catalogues.of_language(ROOT, "ar")}
    assert rules == {ARABIC}


def test_a_new_catalogue_counts_as_its_language_does(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "translations" / "ar", tmp_path / "translations" / "ar")
    place = tmp_path / "translations" / "ar" / "LC_MESSAGES"
    written = (place / "core.po").read_bytes()
    (place / "core.po").unlink()
    (tmp_path / "app" / "core").mkdir(parents=True)
    (tmp_path / "app" / "core" / "texts.py").write_text('_n("%(num)s thing", "%(num)s things", 2)')
    catalogues.update(tmp_path, "core")
    with (place / "core.po").open("rb") as file:
        assert read_po(file, locale="ar").plural_forms == ARABIC
    assert ARABIC.encode() in written.replace(b'"\n"', b"")


def test_all_catalogues_that_stand_are_brought_up_to_their_texts_and_no_other_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for language, name in (("da", "home"), ("da", "core"), ("ar", "core")):
        place = tmp_path / "translations" / language / "LC_MESSAGES"
        place.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "translations" / language / "LC_MESSAGES" / f"{name}.po", place)
    (tmp_path / "app" / "core").mkdir(parents=True)
    (tmp_path / "app" / "core" / "texts.py").write_text('_("A thing")')
    monkeypatch.chdir(tmp_path)
    said = CliRunner().invoke(cli.texts, ["update"])
    assert said.output.splitlines() == [
        "core da: 1 without translation",
        "core ar: 1 without translation",
        "home da: 0 without translation",
    ]
    assert len(list(tmp_path.rglob("*.po"))) == 3


def public(message: Message) -> bool:
    """Whether someone outside the team may read it."""
    return any(not STAFF_PLACES.search("/" + place) for place, _line in message.locations)


def key(message: Message) -> str:
    """The English text; of a plural, both forms."""
    return message.id if isinstance(message.id, str) else "\n".join(message.id)


def forms(message: Message) -> list[str]:
    """The translation, or each of its plural forms."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


def _said(message: Message, language: str) -> bool:
    found = translations(language).get(key(message))
    return found is not None and all(forms(found))
