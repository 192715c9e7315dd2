"""Invented people, associations, restaurants and artists; no list is taken from anywhere."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from random import Random

# (first names, last names, language they read best)
ORIGINS: tuple[tuple[str, str, str], ...] = (
    (
        "Åse Bjørn Karen Søren Mette Jørgen Birgitte Lærke Øjvind Kirsten Rasmus Sæunn",
        "Østergaard Nørby Kjærsgaard Ågren Bæk Skovsø Lindehøj Grønholt Mølgård Aaby",
        "da",
    ),
    (
        "Amal Yusra Hassan Layla Omar Nadia Khalid Samira Tariq Huda Rania Ziad",
        "al-Karmi Haddadin Mansuri Nasralla Darwisha Sabbaghi Kanaani Tahir",
        "da",
    ),
    (
        "Ayaan Hodan Abdirahman Faduma Liban Ifrah Warsame Sagal Guled Nasteexo",
        "Cabdulle Warsamo Jaamac Geedi Xirsi Maxamuud Faarax Diiriye",
        "da",
    ),
    (
        "Ayşe Emre Gülsüm Kemal Elif Çağlar Şirin Özgür Yağmur İbrahim",
        "Güneşoğlu Çetinkaya Demirağaç Öztürkoğlu Şenkaya Güneşli",
        "da",
    ),
    (
        "Ayesha Bilal Farzana Imran Mehwish Rukhsana Shahid Zubeida",
        "Chaudhari Qureshia Bhattiwala Malikzada Siddiquin",
        "da",
    ),
    (
        "Agnieszka Oksana Piotr Svitlana Bohdan Małgorzata Taras Wojciech",
        "Wiśniewolska Kowalczenko Shevchuka Zielonogórska Hrytsenko",
        "en",
    ),
    ("أمل ليلى يوسف مريم خالد نور زينب سامر", "الكرمي النصراوي الدرويشي الحدادي المنصوري", "ar"),
    (
        "Thi Minh Sivakumar Nirmala Tenzin Mariama Kofi Abena",
        "Nguyenh Rajaratnamu Bojango Dorjee",
        "en",
    ),
)
# How many in a hundred come from each origin.
SHARES = (30, 16, 14, 13, 10, 7, 5, 5)
HOSTS = ("post", "brev", "mail", "hjem", "arbejde", "skole", "klub")

PEOPLES = (
    (
        "Tyrkisk Somalisk Irakisk Pakistansk Marokkansk Bosnisk Kurdisk Tamilsk Vietnamesisk "
        "Polsk Ukrainsk Ghanesisk Gambisk Iransk Afghansk Palæstinensisk Libanesisk Etiopisk "
        "Eritreisk Filippinsk Thailandsk Kinesisk Chilensk Syrisk Albansk Tibetansk Indisk "
        "Nigeriansk "
    )
    .strip()
    .split(" ")
)
GROUPS = (
    "kvindeforening",
    "kulturforening",
    "ungdomsklub",
    "forældregruppe",
    "idrætsforening",
    "venskabsforening",
)
PLACES = (
    "Indre By",
    "Østerbro",
    "Nørrebro",
    "Vesterbro-Kongens Enghave",
    "Valby",
    "Vanløse",
    "Brønshøj-Husum",
    "Bispebjerg",
    "Amager Øst",
    "Amager Vest",
)
RESTAURANTS = (
    ("Granatæblet", "iransk"),
    ("Den Gyldne Gryde", "marokkansk"),
    ("Safranhaven", "persisk"),
    ("Mormors Manti", "tyrkisk"),
    ("Kardemommebordet", "irakisk"),
    ("Ingefær & Lime", "thailandsk"),
    ("Tamarinden", "indisk"),
    ("Det Røde Lerfad", "etiopisk"),
    ("Oliventræet", "palæstinensisk"),
    ("Suppestationen", "vietnamesisk"),
    ("Fladbrødet", "libanesisk"),
    ("Kål og Dild", "polsk"),
    ("Peberkornet", "pakistansk"),
    ("Bananbladet", "tamilsk"),
    ("Spidskommen", "syrisk"),
    ("Masala på Hjørnet", "indisk"),
    ("Jollof Køkkenet", "vestafrikansk"),
    ("Empanadaen", "chilensk"),
    ("Havnens Sild", "dansk"),
    ("Dumplinghuset", "kinesisk"),
)
ACTS = (
    ("Oud på Trappen", "musik"),
    ("Trommeskolen Nørrebro", "trommer"),
    ("Dansegruppen Solhverv", "dans"),
    ("Koret Alle Stemmer", "kor"),
    ("Saz og Sang", "musik"),
    ("Fortælleren fra Amager", "fortælling"),
    ("Bhangra Brigaden", "dans"),
    ("Balkan Blæser", "musik"),
    ("Kora Nord", "musik"),
    ("Teater Tæppet", "teater"),
)


@dataclass(frozen=True)
class Invented:
    """Someone who does not exist, with an address that nobody can own."""

    name: str
    email: str
    language: str


def people(seed: int) -> Iterator[Invented]:
    """Different people without end; the same seed gives the same people."""
    chance = Random(seed)
    seen: set[str] = set()
    for number in count(1):  # pragma: no branch, for it has no end
        first, last, language = chance.choices(ORIGINS, weights=SHARES)[0]
        name = f"{chance.choice(first.split())} {chance.choice(last.split())}"
        if name in seen:
            name = f"{name.split()[0]} {chance.choice(last.split())} {chance.choice(last.split())}"
        seen.add(name)
        host = chance.choice(HOSTS)
        yield Invented(name, f"{latin(name)}.{number}@{host}{seed}.example", language)


def associations(number: int) -> list[str]:
    """That many different associations' names."""
    names = [f"{people_} {group}" for group in GROUPS for people_ in PEOPLES]
    return names[:number]


def latin(name: str) -> str:
    """A name as the first half of a mail address; what cannot be written so is left out."""
    swapped = name.lower().replace("æ", "ae").replace("ø", "oe").replace("å", "aa")
    plain = (
        unicodedata.normalize("NFKD", swapped.replace("\N{LATIN SMALL LETTER DOTLESS I}", "i"))
        .encode("ascii", "ignore")
        .decode()
    )
    return re.sub(r"[^a-z]+", ".", plain).strip(".") or "person"
