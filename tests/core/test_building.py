"""What is made once and kept is made right, however many threads meet at the beginning."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests import nursery
from tests.core import building

# With the thirty-odd statements these are a few hundred beginnings.
ROUNDS = 6
SECONDS = 300


@pytest.mark.slow
def test_every_kept_statement_is_the_same_whoever_builds_it(tmp_path: Path) -> None:
    told = tmp_path / "differing.sql"
    process = nursery.forked(building.compare, ROUNDS, told)
    process.join(SECONDS)
    assert process.exitcode == 0
    assert told.read_text() == ""
