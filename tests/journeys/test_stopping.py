"""An installation that is stopped leaves no process behind."""

from __future__ import annotations

import psutil
import pytest
from flask import Flask

from tests.running import SECONDS_TO_STOP, serving


@pytest.mark.slow
@pytest.mark.only_on("sqlite")
def test_a_web_process_that_does_not_hear_the_word_is_ended_too(app: Flask) -> None:
    with serving(app) as server:
        main = psutil.Process(server.process.pid)
        family = main.children(recursive=True)
        web_processes = [one for one in family if one.ppid() != main.pid]
        assert len(web_processes) == 2
        for one in web_processes:
            one.suspend()
        server.process.terminate()
        _gone, alive = psutil.wait_procs(family, timeout=SECONDS_TO_STOP)
        assert not alive
