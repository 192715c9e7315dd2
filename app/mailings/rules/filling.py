"""What a letter to many says to whom: languages, placeholders, and no letter twice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from app.core.folding import fold
from app.core.languages import DEFAULT, local_in
from app.core.markup import escaped

LONGEST_SUBJECT = 150
LONGEST_TEXT = 5000
# What a letter's row holds once names are filled in.
LONGEST_FILLED = 300
PLACEHOLDER = re.compile(r"(\]\()?\{([^{}\n]*)\}")
# What stands in braces, in the words of those who write Danish and of everyone else.
WORDS = {"name": "name", "event": "event", "link": "link"}
DANISH_WORDS = {"navn": "name", "arrangement": "event", "link": "link"}
KNOWN = WORDS | DANISH_WORDS


@dataclass(frozen=True, slots=True)
class Addressee:
    """One address of one recipient, as it stands at this moment; `page` is the desk's page."""

    subject_id: int
    name: str
    email: str
    person_id: int
    language: str
    link: str
    page: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A letter's subject and text by language, and what its placeholders need."""

    subjects: Mapping[str, str]
    texts: Mapping[str, str]
    event: Mapping[str, str]
    # "Open your page", by language.
    labels: Mapping[str, str]

    def language_for(self, wanted: str) -> str:
        """The reader's language where it is written, else Danish."""
        return wanted if self.texts.get(wanted) else DEFAULT


@dataclass(frozen=True, slots=True)
class Planned:
    """One letter as it will leave; it stands with each of these recipients."""

    to: Addressee
    language: str
    subject: str
    text: str
    subject_ids: tuple[int, ...]


def unknown_words(text: str) -> list[str]:
    """What stands in braces and means nothing here."""
    return [found[2] for found in PLACEHOLDER.finditer(text) if found[2] not in KNOWN]


def words_for(language: str) -> list[str]:
    """The placeholders as the writer of that language types them."""
    words = DANISH_WORDS if language == DEFAULT else WORDS
    return ["{" + word + "}" for word in words]


def titled(subject: str, event: str) -> str:
    """The subject with the event's name, as the team's own lists show it."""
    return PLACEHOLDER.sub(
        lambda found: event if KNOWN.get(found[2]) == "event" else found[0], subject
    )


def planned(addressees: Iterable[Addressee], wording: Wording) -> list[Planned]:
    """Every letter to be sent: an address gets none twice that says the same to the same name."""
    found: dict[tuple[str, ...], Planned] = {}
    for one in addressees:
        letter = _letter(one, wording)
        key = (one.email, fold(one.name), letter.subject, letter.text)
        before = found.get(key)
        if before is None:
            found[key] = letter
        elif one.subject_id not in before.subject_ids:
            ids = (*before.subject_ids, one.subject_id)
            found[key] = Planned(before.to, letter.language, letter.subject, letter.text, ids)
    return list(found.values())


def one_of_each(letters: Sequence[Planned]) -> list[Planned]:
    """The first letter of each reader's language: what a preview shows."""
    found: dict[str, Planned] = {}
    for one in letters:
        found.setdefault(one.to.language, one)
    return list(found.values())


def without_text(letters: Iterable[Planned]) -> dict[str, int]:
    """The languages whose readers get the Danish text, with how many they are."""
    missing: dict[str, int] = {}
    for one in letters:
        if one.to.language != one.language:
            missing[one.to.language] = missing.get(one.to.language, 0) + 1
    return missing


def _letter(to: Addressee, wording: Wording) -> Planned:
    language = wording.language_for(to.language)
    event = local_in(wording.event, language)
    subject = _filled_subject(wording.subjects.get(language, ""), to, event)
    text = _filled_text(
        wording.texts.get(language, ""), to, event, wording.labels.get(language, to.link)
    )
    return Planned(to, language, subject, text, (to.subject_id,))


def _filled_subject(subject: str, to: Addressee, event: str) -> str:
    facts = {"name": to.name, "event": event, "link": to.link}
    filled = PLACEHOLDER.sub(
        lambda found: (found[1] or "") + facts.get(KNOWN.get(found[2], ""), ""), subject
    )
    return " ".join(filled.split())[:LONGEST_FILLED]


def _filled_text(text: str, to: Addressee, event: str, label: str) -> str:
    """The text as light markdown; names have no effect in it, pictures from elsewhere neither."""
    facts = {"name": escaped(to.name), "event": escaped(event), "link": f"[{label}]({to.link})"}

    def put(found: re.Match[str]) -> str:
        meaning = KNOWN.get(found[2], "")
        if found[1] and meaning == "link":
            return f"]({to.link}"
        return (found[1] or "") + facts.get(meaning, "")

    return PLACEHOLDER.sub(put, text.replace("![", "\\!["))
