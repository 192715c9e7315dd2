"""Letters made by several threads of a fresh process are whole."""

from __future__ import annotations

import importlib.util
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest
from markdown_it import MarkdownIt

from app.core import markup

THREADS = 8
FRESH_PROCESSES = 40
BODY = "Hej **Amina**\n\n[Din billet](https://torvet.example/m/1)\n\n- klokken ti\n- stue fire\n"


@pytest.fixture
def impatient() -> Iterator[None]:
    """Threads that take turns so often that a half-made list is met."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


def fresh_letter_html() -> Callable[[str], str]:
    """What a process that has rendered nothing yet would call."""
    spec = markup.__spec__
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    rendered: Callable[[str], str] = module.letter_html
    return rendered


def fresh_careless_html() -> Callable[[str], str]:
    """The same parser, handed out before its first use."""
    rendered: Callable[[str], str] = MarkdownIt("commonmark").render
    return rendered


def wrong_among(fresh: Callable[[], Callable[[str], str]]) -> int:
    """How many letters fail or differ when the first ones are asked for at once."""
    whole, wrong = fresh()(BODY), 0
    with ThreadPoolExecutor(THREADS) as pool:
        for _turn in range(FRESH_PROCESSES):
            render, together = fresh(), threading.Barrier(THREADS)

            def first(
                render: Callable[[str], str] = render, together: threading.Barrier = together
            ) -> str:
                together.wait()
                return render(BODY)

            for asked in [pool.submit(first) for _thread in range(THREADS)]:
                wrong += asked.exception() is not None or asked.result() != whole
    return wrong


@pytest.mark.usefixtures("impatient")
def test_first_letters_of_a_fresh_process_are_whole_in_every_thread() -> None:
    assert wrong_among(fresh_letter_html) == 0


@pytest.mark.usefixtures("impatient")
def test_a_parser_shared_before_its_first_use_does_fail_so() -> None:
    assert any(wrong_among(fresh_careless_html) for _turn in range(25))
