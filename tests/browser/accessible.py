"""Holds a page in the browser against axe-core and against sideways scrolling."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
TALL = 900
FOLD = """(width) => {
  const menu = document.querySelector("details.desk-menu");
  if (menu) menu.open = width > 899;
}"""

RUN = """async (rules) => {
  const only = { runOnly: { type: "tag", values: rules }, resultTypes: ["violations"] };
  return (await axe.run(document, only)).violations;
}"""


def assert_accessible(page: Page) -> None:
    """No finding of axe-core, and nothing wider than the screen."""
    # A strict policy forbids script tags of our own; evaluated code it lets through.
    if page.evaluate("!globalThis.axe"):
        page.evaluate(_axe() + ";0")
    found = page.evaluate(RUN, RULES)
    told = [f"{one['id']}: {one['help']} {_places(one)}" for one in found]
    assert not told, f"{page.url}\n" + "\n".join(told)
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0, f"{page.url} is {wide} px wider than the screen"


def assert_accessible_at(page: Page, widths: Iterable[int]) -> None:
    """The same on screens of these widths, without loading it at each.

    How wide the screen is only the style sheets ask, and the script that folds the desk's menu.
    """
    for width in widths:
        page.set_viewport_size({"width": width, "height": TALL})
        page.evaluate(FOLD, width)
        assert_accessible(page)


def _places(finding: dict[str, list[dict[str, object]]]) -> list[object]:
    return [node["html"] for node in finding["nodes"]][:3]


@cache
def _axe() -> str:
    return AXE.read_text()
