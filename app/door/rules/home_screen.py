"""What a phone is told to put the scanner on its home screen, and what it keeps there."""

from collections.abc import Callable
from typing import Final

# What the scanner is built of and keeps on the phone, beside the page itself.
SHELL: Final = (
    "css/*.css",
    "img/*",
    "js/torvet.js",
    "js/devices/*.js",
    "js/checkin/*.js",
    "js/crowd/*.js",
    "js/door/*.js",
    "vendor/dkfds/css/*.css",
    "vendor/fonts/*",
    "vendor/idb/*",
    "vendor/zxing/**/*",
)
_ICONS: Final = (("any", 192), ("any", 512), ("maskable", 192), ("maskable", 512))


def manifest(
    scanner: str, name: str, language: str, static_url: Callable[[str], str]
) -> dict[str, object]:
    """The web app manifest of the scanner at this address."""
    return {
        "id": scanner,
        "name": f"Torvet: {name}",
        "short_name": name,
        "lang": language,
        "start_url": scanner,
        "scope": scanner,
        "display": "standalone",
        "background_color": "#fbf8f2",
        "theme_color": "#083f3c",
        "icons": [
            {
                "src": static_url(f"img/door-{purpose}-{side}.png"),
                "sizes": f"{side}x{side}",
                "type": "image/png",
                "purpose": purpose,
            }
            for purpose, side in _ICONS
        ],
    }
