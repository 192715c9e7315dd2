"""What is none of ours when it is read back: from quarantine, from under a seal, from a file."""

from __future__ import annotations

import pytest

from app.checkin.rules.quarantine import came
from app.checkin.rules.unsent import MOST_BYTES, NoUnsentFile, read_file
from app.checkin.rules.walk_ins import NoPerson, read_typed


@pytest.mark.parametrize("content", ["{", "[1, 2]", "null", '"text"'])
def test_what_is_no_scan_is_shown_as_it_came(content: str) -> None:
    found = came(content)
    assert found.raw == content
    assert (found.kind, found.gate, found.at, found.code) == ("", "", None, "")


@pytest.mark.parametrize("text", ["{", "[1]", "null", "7"])
def test_what_was_sealed_and_is_nobody_is_refused(text: str) -> None:
    with pytest.raises(NoPerson, match="sealed"):
        read_typed(text)


def test_what_was_sealed_is_read() -> None:
    assert read_typed('{"name": "Amina"}') == {"name": "Amina"}


@pytest.mark.parametrize("content", [b"{", b"[]", b"{}", b" " * (MOST_BYTES + 1)])
def test_what_is_no_file_of_ours_is_refused(content: bytes) -> None:
    with pytest.raises(NoUnsentFile):
        read_file(content)
