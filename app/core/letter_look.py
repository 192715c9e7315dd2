"""How a letter's page looks: buttons of our own colours, pictures no wider than the phone.

Mail programs know no style sheets, so what stands here is written on the elements themselves.
"""

from __future__ import annotations

import re

from markupsafe import Markup

# A link that is a paragraph of its own is what the letter asks somebody to do.
_ALONE = re.compile(r'<p><a href="([^"]*)">((?:(?!</?a\b|</p>).)+)</a></p>', re.DOTALL)
_BUTTON = (
    '<table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:20px 0">'
    '<tr><td bgcolor="#0b5f59" style="background-color:#0b5f59;border-radius:6px">'
    r'<a class="button" href="\1" style="display:inline-block;padding:14px 24px;'
    "font:bold 17px/1.3 Arial,Helvetica,sans-serif;color:#ffffff;text-decoration:none;"
    r'border-radius:6px">\2</a></td></tr></table>'
)
_PICTURE = '<img style="display:block;max-width:100%;height:auto;border:0" '
_LINK = '<a style="color:#0b5f59" href='


def dressed(page: Markup) -> Markup:
    """The letter's own sanitised HTML as mail programs shall show it."""
    html = _ALONE.sub(_BUTTON, str(page))
    html = html.replace("<img ", _PICTURE).replace("<a href=", _LINK)
    return Markup(html)  # noqa: S704 sanitised before, and nothing of anybody's is added
