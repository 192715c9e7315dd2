"""What kinds, districts, languages and groups are called, and how an organisation's fact reads."""

from typing import Any

from app.core.texts import _l, local
from app.organisations.rules import OrganisationKind, Surface

KINDS = {
    OrganisationKind.ASSOCIATION: _l("Association"),
    OrganisationKind.RESTAURANT: _l("Restaurant or food vendor"),
    OrganisationKind.ARTIST_GROUP: _l("Artist or group"),
    OrganisationKind.INSTITUTION: _l("Institution"),
    OrganisationKind.PARTNER: _l("Partner"),
    OrganisationKind.PUBLIC_BODY: _l("Public body"),
}

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

# What speakers call their language: what they look for in the list above.
OWN_NAMES = {
    "da": "dansk",
    "en": "english",
    "ar": "العربية",
    "tr": "türkçe",
    "ur": "اردو",
    "so": "soomaali",
    "fa": "فارسی دری farsi dari",
    "ku": "kurdî kurmancî کوردی سۆرانی",
    "pl": "polski",
    "uk": "українська",
    "bs": "bosanski hrvatski srpski српски",
    "sq": "shqip",
    "ro": "română",
    "es": "español castellano",
    "fr": "français",
    "de": "deutsch",
    "ti": "ትግርኛ tigrinja",
    "am": "አማርኛ amarinja",
    "sw": "kiswahili",
    "ta": "தமிழ்",
    "th": "ไทย",
    "vi": "tiếng việt",
    "zh": "中文 汉语 漢語 mandarin",
    "tl": "tagalog pilipino",
    "kl": "kalaallisut",
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

FIELD_NAMES = {
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
# Arabic has a comma of its own.
BETWEEN_WORDS = _l(", ")


def fact_text(value: Any, name: str) -> str:
    """One fact of an organisation as it reads, in the reader's language."""
    if value in (None, "", [], {}):
        return ""
    if name == "activity":
        return local(value)
    if name == "district":
        return str(DISTRICTS.get(value, value))
    words = {"languages": SPOKEN, "target_groups": TARGET_GROUPS}.get(name)
    if words is None:
        return str(value)
    return str(BETWEEN_WORDS).join(str(words.get(item, item)) for item in value)
