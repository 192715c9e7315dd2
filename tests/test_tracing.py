"""The tracer of the coverage rests for tests that are there."""

from __future__ import annotations

from tests.tracing import REPEATING, TESTS


def test_every_file_whose_tests_are_not_traced_exists() -> None:
    assert not [file for file in REPEATING if not (TESTS / file).is_file()]
