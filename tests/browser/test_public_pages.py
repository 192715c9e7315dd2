"""The public pages in a phone's browser: clean for axe-core in Danish and Arabic, at any width."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.accessible import assert_accessible_at
from tests.door.serving import Served
from tests.workshops import making

WIDTHS = (320, 390, 1280)


@pytest.mark.only_on("sqlite")
@pytest.mark.parametrize("language", ["da", "ar"])
def test_public_pages_are_accessible_at_every_width(
    server: Served, phone: Page, language: str
) -> None:
    making.workshop()
    for path in ("/", "/sign-in", "/was", f"/events/{making.SLUG}", f"/events/{making.SLUG}/enrol"):
        phone.goto(f"{path}?language={language}")
        assert phone.locator("html").get_attribute("lang") == language
        assert_accessible_at(phone, WIDTHS)
