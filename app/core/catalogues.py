"""Translations as one gettext catalogue per capability and language, merged for run time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from app.core.languages import LANGUAGES, SOURCE

TRANSLATED = tuple(code for code in LANGUAGES if code != SOURCE)
WHOLE = dict.fromkeys(("_", "_l", "marked", "gettext"))
KEYWORDS = {**WHOLE, "_n": (1, 2), "ngettext": (1, 2)}
BASE = "base.html"
METHODS = [("**.py", "python"), ("**.html", "jinja2"), ("**.txt", "jinja2")]
# A template that cannot be read is an error, not one without texts.
READING = {"trimmed": "true", "extensions": "jinja2.ext.do", "silent": "false"}
OPTIONS = {"**.html": READING, "**.txt": READING, BASE: READING, "layout.*": READING}
# Templates that stand outside the folder of any capability; they belong to core.
SHARED = ("layouts", "components", "errors")


def folders(root: Path, capability: str) -> list[Path]:
    """Where a capability's texts stand."""
    own = [
        root / "app" / capability,
        root / "templates" / capability,
        root / "templates" / "emails" / capability,
        root / "templates" / "papers" / capability,
    ]
    if capability == "core":
        own += [root / "templates" / name for name in SHARED]
    return [folder for folder in own if folder.is_dir()]


def extracted(root: Path, capability: str) -> Catalog:
    """Every text of a capability as its code and templates say it."""
    catalog = Catalog(project="Torvet", charset="utf-8")
    places: list[tuple[Path, list[tuple[str, str]]]] = [
        (folder, METHODS) for folder in folders(root, capability)
    ]
    if capability == "core":
        places.append((root / "templates", [(BASE, "jinja2")]))
        places.append((root / "templates" / "emails", [("layout.*", "jinja2")]))
    for folder, methods in places:
        messages = extract_from_dir(
            folder, method_map=methods, options_map=OPTIONS, keywords=KEYWORDS
        )
        for file, _line, message, _comments, context in messages:
            place = (str((folder / file).relative_to(root)), 0)
            catalog.add(message, None, [place], context=context)
    return catalog


def standing(root: Path) -> dict[str, list[str]]:
    """The languages in which each capability has a file."""
    by_capability: dict[str, list[str]] = {}
    for language in TRANSLATED:
        for file in sorted(_file(root, language, "*").parent.glob("*.po")):
            by_capability.setdefault(file.stem, []).append(language)
    return by_capability


def update(root: Path, capability: str, languages: Iterable[str] = TRANSLATED) -> dict[str, int]:
    """Add new texts to the capability's files and drop old ones; the number still missing."""
    template = extracted(root, capability)
    missing = {}
    for language in languages:
        file = _file(root, language, capability)
        catalog = _read(file, language) if file.exists() else _empty(root, language)
        made = catalog.creation_date
        catalog.update(template, no_fuzzy_matching=True)
        # A file whose texts are the same stays the same: its header alone is no change.
        catalog.creation_date = made
        catalog.obsolete.clear()
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("wb") as output:
            write_po(
                output,
                catalog,
                sort_output=True,
                omit_header=False,
                width=100,
                include_lineno=False,
                ignore_obsolete=True,
            )
        untranslated = [
            message for message in catalog if message.id and not _translated(message.string)
        ]
        missing[language] = len(untranslated)
    return missing


def compile_all(root: Path) -> dict[str, int]:
    """Write each language's messages.mo; the number of texts in it."""
    counts = {}
    for language in TRANSLATED:
        merged = _empty(root, language)
        for catalog in of_language(root, language):
            for message in catalog:
                if message.id and _translated(message.string):
                    merged.add(message.id, message.string, context=message.context)
        target = root / "translations" / language / "LC_MESSAGES" / "messages.mo"
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("wb") as output:
            write_mo(output, merged)
        counts[language] = len(merged)
    return counts


def of_language(root: Path, language: str) -> Iterator[Catalog]:
    """The catalogues of a language, by capability's name."""
    for file in sorted((root / "translations" / language / "LC_MESSAGES").glob("*.po")):
        yield _read(file, language)


def _file(root: Path, language: str, capability: str) -> Path:
    return root / "translations" / language / "LC_MESSAGES" / f"{capability}.po"


def _read(file: Path, language: str) -> Catalog:
    with file.open("rb") as source:
        return read_po(source, locale=language)


def _empty(root: Path, language: str) -> Catalog:
    """Its plural forms stand in the order the language's other catalogues have them in.

    Babel's own is not always that of translators' tools: it has the last two of Arabic exchanged.
    """
    catalog = Catalog(locale=language, project="Torvet", charset="utf-8")
    if other := next(of_language(root, language), None):
        catalog.mime_headers = [("Plural-Forms", other.plural_forms)]
    return catalog


def _translated(string: str | tuple[str, ...] | list[str] | None) -> bool:
    return bool(string) and all(string or ())
