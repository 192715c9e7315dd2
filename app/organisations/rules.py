"""What an organisation is, how its facts are checked, and what it allows others to see."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from urllib.parse import urlsplit

from stdnum.dk import cvr as cvr_numbers
from stdnum.exceptions import ValidationError

from app.core.languages import DEFAULT
from app.core.refusals import Refusal
from app.core.texts import _l, local


class Kind(StrEnum):
    """What sort of organisation it is."""

    ASSOCIATION = "association"
    RESTAURANT = "restaurant"
    ARTIST_GROUP = "artist_group"
    INSTITUTION = "institution"
    PARTNER = "partner"
    PUBLIC_BODY = "public_body"


class ClaimState(StrEnum):
    """How far a request to act for an existing organisation has come."""

    OPEN = "open"
    APPROVED = "approved"
    REFUSED = "refused"


class Surface(StrEnum):
    """A public place that shows what an organisation allows."""

    CATALOGUE = "catalogue"
    ATLAS = "atlas"


KINDS = {
    Kind.ASSOCIATION: _l("Association"),
    Kind.RESTAURANT: _l("Restaurant or food vendor"),
    Kind.ARTIST_GROUP: _l("Artist or group"),
    Kind.INSTITUTION: _l("Institution"),
    Kind.PARTNER: _l("Partner"),
    Kind.PUBLIC_BODY: _l("Public body"),
}
OPEN_KINDS = (Kind.ASSOCIATION, Kind.RESTAURANT, Kind.ARTIST_GROUP)

DISTRICTS = {
    "indre_by": _l("Indre By"),
    "oesterbro": _l("Østerbro"),
    "noerrebro": _l("Nørrebro"),
    "vesterbro": _l("Vesterbro-Kongens Enghave"),
    "valby": _l("Valby"),
    "vanloese": _l("Vanløse"),
    "broenshoej": _l("Brønshøj-Husum"),
    "bispebjerg": _l("Bispebjerg"),
    "amager_oest": _l("Amager Øst"),
    "amager_vest": _l("Amager Vest"),
}

# What associations say they speak: more than the pages do.
SPOKEN = {
    "da": _l("Danish"),
    "en": _l("English"),
    "ar": _l("Arabic"),
    "tr": _l("Turkish"),
    "ur": _l("Urdu"),
    "so": _l("Somali"),
    "fa": _l("Persian or Dari"),
    "ku": _l("Kurdish"),
    "pl": _l("Polish"),
    "uk": _l("Ukrainian"),
    "bs": _l("Bosnian, Croatian or Serbian"),
    "sq": _l("Albanian"),
    "ro": _l("Romanian"),
    "es": _l("Spanish"),
    "fr": _l("French"),
    "de": _l("German"),
    "ti": _l("Tigrinya"),
    "am": _l("Amharic"),
    "sw": _l("Swahili"),
    "ta": _l("Tamil"),
    "th": _l("Thai"),
    "vi": _l("Vietnamese"),
    "zh": _l("Chinese"),
    "tl": _l("Filipino"),
    "kl": _l("Greenlandic"),
    "xx": _l("Another language"),
}

TARGET_GROUPS = {
    "children": _l("Children"),
    "young": _l("Young people"),
    "parents": _l("Parents"),
    "women": _l("Women"),
    "men": _l("Men"),
    "elders": _l("Older people"),
    "newcomers": _l("People new in Denmark"),
    "everyone": _l("Everyone"),
}

CONSENT_FIELDS = {
    "name": _l("Name"),
    "activity": _l("What you do"),
    "district": _l("District"),
    "languages": _l("Languages"),
    "target_groups": _l("Who you are for"),
    "members": _l("Number of members"),
    "website": _l("Website"),
    "public_mail": _l("Public email"),
    "public_phone": _l("Public phone"),
}
SURFACES = {Surface.CATALOGUE: _l("The catalogue"), Surface.ATLAS: _l("The atlas")}
CONSENT_TEXT = "2026-1"
PROFILE_FIELDS = frozenset(CONSENT_FIELDS) | {"cvr"}
NEVER_NULL = frozenset({"name", "activity", "languages", "target_groups"})
LONGEST_ADDRESS = 200


class CvrTaken(Refusal):
    """Another record has the CVR number."""

    sentence = _l(
        "An organisation with the CVR number %(cvr)s is already here. "
        "Ask to act for it instead of making a new one."
    )


class LastRepresentative(Refusal):
    """Nobody would be left to act for the organisation."""

    sentence = _l("Add another contact person first: somebody must be left to act for you.")


class ClaimDecided(Refusal):
    """The claim has an answer already."""

    sentence = _l("This request has already been answered.")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: somebody signed in by address, or staff on behalf of an organisation."""

    email: str | None = None
    staff_id: int | None = None

    @property
    def on_behalf(self) -> bool:
        return self.staff_id is not None


def cvr(text: str) -> str:
    """The eight digits of a CVR number, checked modulus 11; ValueError when it is none."""
    try:
        return str(cvr_numbers.validate(text))
    except ValidationError as error:
        raise ValueError(text) from error


def website(text: str) -> str:
    """The address with its scheme; ValueError unless it is a plain web address."""
    address = text.strip()
    if not address:
        return ""
    if "://" not in address:
        address = f"https://{address}"
    parts = urlsplit(address)
    host = parts.hostname or ""
    plain = parts.scheme in {"http", "https"} and "@" not in parts.netloc
    readable = address.isprintable() and " " not in address and len(address) <= LONGEST_ADDRESS
    if not (plain and readable and "." in host.strip(".")):
        raise ValueError(text)
    return address


def fact_text(value: Any, name: str) -> str:
    """One fact of an organisation as it reads, in the reader's language."""
    if value in (None, "", [], {}):
        return ""
    if name == "activity":
        return local(value)
    if name == "district":
        return str(DISTRICTS.get(value, value))
    words = {"languages": SPOKEN, "target_groups": TARGET_GROUPS}.get(name)
    return str(value) if words is None else ", ".join(str(words.get(one, one)) for one in value)


def allowed_consents(wanted: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """The pairs of field and surface that exist; the rest is dropped."""
    return {
        (name, surface)
        for name, surface in wanted
        if name in CONSENT_FIELDS and surface in set(Surface)
    }


def shown(
    facts: Mapping[str, object], consents: Collection[tuple[str, str]], surface: str
) -> dict[str, object]:
    """The facts that may stand on that surface; nothing at all when the name may not."""
    if ("name", surface) not in consents:
        return {}
    return {
        name: facts[name]
        for name in CONSENT_FIELDS
        if (name, surface) in consents and facts.get(name) not in (None, "", [], {})
    }


def missing(facts: Mapping[str, object]) -> list[str]:
    """The fields that a profile needs before anyone applies with it, and that are empty."""
    needed = ("name", "activity", "district")
    return [name for name in needed if not facts.get(name)]


@dataclass(frozen=True, slots=True)
class Contact:
    """A person as they tell of themselves: where to reach them, their name and language."""

    email: str
    name: str
    language: str = DEFAULT


class NameTaken(Refusal):
    """Another record of that kind has the name."""

    sentence = _l(
        "“%(name)s” is already here. Ask to act for it, or add your district to the name."
    )


class NotKnown(Refusal):
    """Nobody has that name or CVR number."""

    sentence = _l("We know nobody by that name or CVR number. Check the spelling.")
