"""Which mail address was probably meant: near misses of the houses that most people's mail has."""

from __future__ import annotations

import unicodedata

from app.core.nearness import distance

# The houses by name, each with the endings under which people have their mail there.
HOUSES: dict[str, tuple[str, ...]] = {
    "gmail": ("com",),
    "googlemail": ("com",),
    "hotmail": ("com", "dk", "se", "no", "de", "fr", "it", "es", "nl", "be", "co.uk", "com.tr"),
    "outlook": ("com", "dk", "de", "fr", "es", "it", "sa", "com.tr"),
    "live": ("dk", "com", "se", "no", "de", "fr", "nl", "it", "co.uk"),
    "yahoo": ("com", "dk", "se", "no", "de", "fr", "it", "es", "co.uk", "com.tr", "in"),
    "icloud": ("com",),
    "protonmail": ("com", "ch"),
    "stofanet": ("dk",),
    "webspeed": ("dk",),
    "youmail": ("dk",),
}
# Houses of their own that are a letter or two from another: nobody is asked about them.
TRUE_TOO = frozenset(["mail.com", "mail.dk", "email.com", "email.dk", "ymail.com", "fastmail.com"])
# What fingers make of an ending that they know.
ENDINGS = {
    **dict.fromkeys(["con", "cmo", "ocm", "comm", "coom", "ccom", "cim", "cpm"], "com"),
    **dict.fromkeys(["vom", "xom", "cm", "om", "c0m", "comn", "conm", "coml"], "com"),
    **dict.fromkeys(["dkk", "ddk", "kd", "dl", "dkl", "dks"], "dk"),
}
# What is no house's, but so near to the one ending of one that nothing else is meant.
CUT_SHORT = frozenset(["c", "co", "dk"])
# A shorter name than this is too near to too much; from so many letters on two slips are borne.
TELLING, LONG = 5, 7


def unmarked(text: str) -> str:
    """The text without marks of direction and the like, which nobody sees and no address has."""
    return "".join(sign for sign in text if unicodedata.category(sign) != "Cf")


def meant(address: str) -> str | None:
    """The address that was probably meant; None where this one reads as a true one."""
    local, at, domain = address.strip().casefold().rpartition("@")
    if not (local and at) or domain in TRUE_TOO:
        return None
    better = _domain(domain)
    return f"{local}@{better}" if better and better != domain else None


def _domain(domain: str) -> str | None:
    """The domain as it should read; None where nothing speaks against it."""
    name, dot, ending = domain.partition(".")
    if not dot:
        return _without_dot(domain)
    before, _dot, last = ending.rpartition(".")
    right = ENDINGS.get(last)
    if right:
        ending = f"{before}.{right}" if before else right
    house = name if name in HOUSES else _house(name)
    if house is None:
        # The ending alone is wrong, of whatever house.
        return f"{name}.{ending}" if right else None
    if ending in HOUSES[house]:
        return f"{house}.{ending}"
    only = HOUSES[house][0] if len(HOUSES[house]) == 1 and ending in CUT_SHORT else None
    return f"{house}.{only}" if only else None


def _without_dot(domain: str) -> str | None:
    """`gmailcom`: the dot left out."""
    for house, endings in HOUSES.items():
        for ending in endings:
            if domain == f"{house}{ending}":
                return f"{house}.{ending}"
    return None


def _house(name: str) -> str | None:
    """The house whose name this nearly is, if it is one alone."""
    if len(name) < TELLING - 1:
        return None
    slips = 2 if len(name) >= LONG else 1
    near = {house: distance(name, house) for house in HOUSES if len(house) >= TELLING}
    best = min(near.values())
    nearest = [house for house, far in near.items() if far == best]
    return nearest[0] if best <= slips and len(nearest) == 1 else None
