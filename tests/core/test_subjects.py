"""Subjects as they are read back: hundreds of titles, from the file and from a mail server."""

from __future__ import annotations

import random
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from flask import Flask

from app.core.outbox import Letter
from app.post.office import Folder, Parcel, Smtp
from tests.core.test_mime import SENDER, letter, line_of, mail_to, receiving

TITLES = [
    "Du har meldt afbud: forældreråd på Nørrebro når børnene",
    "Din plads på “Forældre, børn og skærm” – Støberiet, Blågårds Plads 5",
    "Ny tid eller nyt sted: Sprogcafé på Østerbro, hver onsdag kl. 17.30–19.00 (gratis)",
    "Aflyst: Kvindeaften; “mad, musik & snak” i Kulturhuset Indre By, søndag d. 3. maj",
    "تذكرتك: حوار الوالدين والمدرسة – كيف نساعد أطفالنا على تعلّم لغتين؟",
    "لديك مكان الآن: International Day في قاعة المدينة، 2026",
    "Your ticket: Parents, teenagers and “the talk” – an evening at Nørrebrohallen (Aña O'Brien)",
    "🎉 International Day 2026 🇩🇰 – velkommen til alle, også børn!",
    "Iftar på Fælleden 🌙: kom, spis og mød dine naboer, " * 4 + "ja!",
    "Biletiniz: Çocuklarla iki dilli yaşam, İstanbul’dan Kopenhag’a",
    "Ваш билет: встреча родителей — вопросы и ответы",
    "=?utf-8?q?x?= er ikke en kode, men en overskrift på dansk",
    "100 % gratis =?= hvad koster det?",
    "Sneplov" * 30,
    "Ål" * 110,
    "a",
]
WORDS = [
    *("og", "i", "på", "for", "til", "børnene", "forældreråd", "Nørrebro", "når", "Æbler", "å"),
    *("skole,", "mad;", "“samtale”", '"citat"', "–", "—", "(gratis)", "Café", "O'Brien", "50 %"),
    *(
        "مرحبا",
        "بكم",
        "في",
        "المدينة،",
        "🎉",
        "🇩🇰",
        "👩🏽‍🍳",
        "漢字",
        "Łukasz",
        "İzmir",
        "&",
        "=?=",
        "a@b.dk",
    ),
]


def drawn() -> Iterator[str]:
    chance = random.Random(1650)
    for _ in range(200):
        yield " ".join(chance.choices(WORDS, k=chance.randint(1, 30)))


SUBJECTS = [*TITLES, *(f"Din billet: {title} (Faadumo Çelik)" for title in TITLES), *drawn()]


def short_letter(subject: str) -> Letter:
    row = letter(subject)
    row.text = row.source = "."
    return row


def as_read(content: bytes) -> tuple[str, str]:
    """The subject by the modern parser and by the older one."""
    modern = message_from_bytes(content, policy=policy.default)["Subject"]
    return str(modern), line_of(content, "Subject")


def is_one_run(content: bytes) -> bool:
    """Whether the subject is ASCII as it is, or nothing but encoded words."""
    line = str(message_from_bytes(content, policy=policy.compat32)["Subject"])
    words = line.split()
    return all(word.startswith("=?utf-8?") for word in words) or "=?" not in line


@pytest.mark.only_on("sqlite")
def test_hundreds_of_subjects_are_read_back_from_the_file(app: Flask, tmp_path: Path) -> None:
    office = Folder(tmp_path, SENDER)
    for subject in SUBJECTS:
        office.send(Parcel(short_letter(subject), []))
        [path] = tmp_path.iterdir()
        content = path.read_bytes()
        assert as_read(content) == (subject, subject)
        assert is_one_run(content)
        assert max(map(len, content.splitlines())) <= 998 and content.isascii()


@pytest.mark.only_on("sqlite")
def test_hundreds_of_subjects_are_read_back_from_a_mail_server(app: Flask) -> None:
    with receiving() as (receiver, url):
        office = Smtp(mail_to(app, url), SENDER)
        for subject in SUBJECTS:
            office.send(Parcel(short_letter(subject), []))
    read = [as_read(content) for _sender, _recipients, content in receiver.received]
    assert read == [(subject, subject) for subject in SUBJECTS]
