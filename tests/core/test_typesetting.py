"""Papers are set with our own fonts, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core import typesetting


@pytest.mark.internal
def test_without_its_fonts_no_paper_comes_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typesetting, "_loaded", typesetting._load(tmp_path))
    with pytest.raises(FileNotFoundError, match="make setup"):
        typesetting.pdf("ticket", {})
