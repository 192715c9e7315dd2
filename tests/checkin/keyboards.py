"""What a hand scanner with American keys types on a phone whose keyboard is another one."""

from __future__ import annotations

# By the sign that was read: the sign that comes out. The scanner holds Shift for capitals and for
# the colon; what is not named comes out as it was read.
DANISH = {":": "Æ", "/": "-", "-": "+", "_": "?", "?": "_"}
NORWEGIAN = {":": "Ø", "/": "-", "-": "+", "_": "?", "?": "_"}
SWEDISH = {":": "Ö", "/": "-", "-": "+", "_": "?", "?": "_"}
ICELANDIC = {":": "Æ", "/": "þ", "-": "ö"}
GERMAN = {"Y": "Z", "Z": "Y", ":": "Ö", "/": "-", "-": "ß", "_": "?", "?": "_"}
SWISS = {"Y": "Z", "Z": "Y", ":": "ö", "/": "-", "-": "'"}
SPANISH = {":": "Ñ", "/": "-", "-": "'"}
_FRENCH_LETTERS = {"A": "Q", "Q": "A", "Z": "W", "W": "Z", "M": "?", ":": "M", "/": "!", "-": ")"}
_FRENCH_DIGITS = dict(zip("1234567890", "&é\"'(-è_çà", strict=True))
FRENCH = {**_FRENCH_LETTERS, **_FRENCH_DIGITS, ".": ":"}
# The same where the scanner types digits as the number pad does.
FRENCH_PAD = {**_FRENCH_LETTERS, ".": ":"}
CZECH = {
    **{"Y": "Z", "Z": "Y", ":": '"', "/": "-", "-": "="},
    **dict(zip("1234567890", "+ěščřžýáíé", strict=True)),
}
LITHUANIAN = dict(zip("12345678", "ąčęėįšųū", strict=True))
RUSSIAN = dict(zip("QWERTYUIOPASDFGHJKLZXCVBNM:/", "ЙЦУКЕНГШЩЗФЫВАПРОЛДЯЧСМИТЬЖ.", strict=True))
KEYBOARDS = {
    "american": {},
    "danish": DANISH,
    "norwegian": NORWEGIAN,
    "swedish": SWEDISH,
    "icelandic": ICELANDIC,
    "german": GERMAN,
    "swiss": SWISS,
    "spanish": SPANISH,
    "french": FRENCH,
    "french with a number pad": FRENCH_PAD,
    "czech": CZECH,
    "lithuanian": LITHUANIAN,
    "russian": RUSSIAN,
}
# On these the digits of a code come out as something else: nothing can be read.
SPOILT = ("french", "czech", "lithuanian", "russian")


def typed_on(keyboard: str, text: str) -> str:
    """What comes out where the scanner reads this text."""
    keys = KEYBOARDS[keyboard]
    return "".join(keys.get(sign, sign) for sign in text)
