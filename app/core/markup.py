"""Light markdown, made into safe HTML or kept as plain text."""

from __future__ import annotations

import re

import nh3
from markdown_it import MarkdownIt
from markupsafe import Markup

from app.core.digits import bare, spelled_for_pages


def _ready_markdown() -> MarkdownIt:
    """A parser that threads may share.

    It lists its rules at its first use, and a second thread then finds the list half made: the
    first letters of a fresh process failed so ("none of the block rules matched").
    """
    markdown = MarkdownIt("commonmark", {"breaks": True, "html": False})
    markdown.render("*first* [use](https://torvet.example)\n\n> of all\n\n- its rules")
    return markdown


_markdown = _ready_markdown()
_TAGS = {"p", "br", "strong", "em", "ul", "ol", "li", "a", "h2", "h3", "blockquote", "img", "hr"}
_ATTRIBUTES = {"a": {"href"}, "img": {"src", "alt", "width", "height"}}
_LINK = re.compile(r"\[([^\]]+)\]\(([^)]+)\)")
_IMAGE = re.compile(r"!\[[^\]]*\]\(cid:[^)]+\)\n?")
_ESCAPED = re.compile(r"\\([\\`*_\[\]()<>#!|])")
_EMPHASIS = re.compile(r"\*\*((?:\\.|[^*\\])+)\*\*")
_GAPS = re.compile(r"\n{3,}")


def rich_text(source: str) -> Markup:
    """What staff wrote, as sanitised HTML without pictures."""
    html = nh3.clean(
        _markdown.render(source),
        tags=_TAGS - {"img"},
        attributes={"a": {"href"}},
        url_schemes={"https", "http", "mailto"},
        link_rel="noopener nofollow",
    )
    return Markup(html)  # noqa: S704 sanitised in the line above


def letter_html(source: str) -> Markup:
    """A letter's body as sanitised HTML; pictures only from within the letter (cid:)."""
    html = nh3.clean(
        _markdown.render(source),
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        url_schemes={"https", "http", "mailto", "cid"},
        link_rel=None,
    )
    return Markup(spelled_for_pages(html))  # noqa: S704 sanitised in the line above


def letter_text(source: str, direction: str = "rtl") -> str:
    """A letter's body as plain text: links spelled out, pictures and stars left out.

    Only among words that run right to left do numbers keep the signs that isolate them.
    """
    source = source if direction == "rtl" else bare(source)
    text = _IMAGE.sub("", source)
    text = _LINK.sub(lambda link: f"{link[1]}:\n{link[2]}", text)
    text = _GAPS.sub("\n\n", text)
    return _ESCAPED.sub(r"\1", _EMPHASIS.sub(r"\1", text))


def escaped(text: str) -> str:
    """A person's own words within a letter: no markdown of theirs takes effect."""
    return re.sub(r"([\\`*_\[\]()<>#!|])", r"\\\1", text)
