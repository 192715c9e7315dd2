"""What an organisation is, how its facts are checked, and what it allows others to see."""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from stdnum.dk import cvr as cvr_numbers
from stdnum.exceptions import ValidationError

from app.core.audit_verbs import AuditVerb
from app.core.folding import asked_words
from app.core.languages import DEFAULT
from app.core.nearness import distance


class OrganisationKind(StrEnum):
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


OPEN_KINDS = (
    OrganisationKind.ASSOCIATION,
    OrganisationKind.RESTAURANT,
    OrganisationKind.ARTIST_GROUP,
)


# What an organisation may let others see, in the order it stands on the page.
CONSENT_FIELDS = (
    "name",
    "activity",
    "district",
    "languages",
    "target_groups",
    "members",
    "website",
    "public_mail",
    "public_phone",
)
CONSENT_TEXT = "2026-1"
PROFILE_FIELDS = frozenset(CONSENT_FIELDS) | {"cvr"}
NEVER_NULL = frozenset({"name", "activity", "languages", "target_groups"})
LONGEST_ADDRESS = 200
# Of shorter words a slip makes another one.
LONG_WORD = 5
# The endings of a noun: foreningen is forening.
LONGEST_ENDING = 3
# Less than this of two names is alike by chance.
LEAST_ALIKE = 0.25


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


def allowed_consents(pairs: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    """The pairs of field and surface that exist; the rest is dropped."""
    return {
        (name, surface)
        for name, surface in pairs
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


def lacks_danish(facts: Mapping[str, object]) -> bool:
    """Whether the text was written, and in other languages alone."""
    activity = facts.get("activity")
    return isinstance(activity, Mapping) and bool(activity) and not activity.get(DEFAULT)


def all_of_it(facts: Mapping[str, object]) -> set[tuple[str, str]]:
    """Consent to every fact that is filled in, for the catalogue."""
    return {(name, str(Surface.CATALOGUE)) for name in CONSENT_FIELDS if facts.get(name)}


def shows_all(facts: Mapping[str, object], consents: Collection[tuple[str, str]]) -> bool:
    """Whether everything that is filled in may stand in the catalogue."""
    return all_of_it(facts) <= set(consents)


def consents_after(
    facts: Mapping[str, object],
    consents: Collection[tuple[str, str]],
    *,
    before: Mapping[str, object],
    show_all: bool,
) -> set[tuple[str, str]]:
    """What may be shown once a profile was saved with the tick for the whole catalogue.

    Without it nothing stands there if all stood there `before`; what was chosen singly stays.
    """
    if show_all:
        return set(consents) | all_of_it(facts)
    return set(consents) - (all_of_it(before) if shows_all(before, consents) else set())


@dataclass(frozen=True, slots=True)
class Contact:
    """A person as they tell of themselves: where to reach them, their name and language."""

    email: str
    name: str
    language: str = DEFAULT


class OrganisationVerb(AuditVerb):
    """What the audit trail says was done to an organisation."""

    FOUNDED = "founded"
    PROFILE_SAVED = "profile_saved"
    CONSENTS_SAVED = "consents_saved"
    REPRESENTATION_ENDED = "representation_ended"
    CLAIM_OPEN = "claim_open"
    CLAIM_APPROVED = "claim_approved"
    CLAIM_REFUSED = "claim_refused"
    REPRESENTATIVE_ADDED = "representative_added"
    MERGED = "merged"


def likest(name: str, others: Mapping[int, str]) -> list[int]:
    """The numbers of the names that are like this one, the likest first.

    A word that many names have tells little; one with a slip or an ending tells as much as itself.
    """
    own = set(asked_words(name))
    words = {number: set(asked_words(other)) for number, other in others.items()}
    common = Counter(word for some in words.values() for word in some)
    same = {word: {other for other in common if _is_same(word, other)} for word in own}
    likeness = {number: _likeness(same, some, common) for number, some in words.items()}
    alike = [number for number, share in likeness.items() if share >= LEAST_ALIKE]
    return sorted(alike, key=lambda number: (-likeness[number], number))


def _likeness(same: Mapping[str, set[str]], other: set[str], common: Mapping[str, int]) -> float:
    """The share of both names' weight that they have in common: 1 for the same words."""
    shared = {word for word, ways in same.items() if ways & other}
    met = {beside for beside in other if any(beside in ways for ways in same.values())}
    whole = _weight(same, common) + _weight(other, common)
    return (_weight(shared, common) + _weight(met, common)) / whole if whole else 0.0


def _weight(words: Collection[str], common: Mapping[str, int]) -> float:
    return sum(1 / max(common.get(word, 0), 1) for word in words)


def _is_same(word: str, other: str) -> bool:
    if word == other:
        return True
    shorter, longer = sorted((word, other), key=len)
    if len(shorter) < LONG_WORD or len(longer) - len(shorter) > LONGEST_ENDING:
        return False
    return longer.startswith(shorter) or (
        len(longer) - len(shorter) <= 1 and distance(word, other) <= 1
    )
