"""What every test may ask for: an application on a clean database, a client, a counter."""

from __future__ import annotations

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack
from functools import cache
from pathlib import Path

import pytest
from flask import Flask
from hypothesis import settings
from playwright.sync_api import Browser, Playwright, expect, sync_playwright

from app.core.catalogues import compile_all
from tests import application, postgres
from tests.browser.switches import launched
from tests.pages import InspectingClient
from tests.statements import Statements, statements_in

ROOT = Path(__file__).resolve().parents[1]
# The environment variable that tells the workers of one run where they meet.
SHARED = "TORVET_TEST_SHARED_FOLDER"
DATABASES = ("sqlite", "postgresql")
# How many new objects call the garbage collector, and how many of its calls a longer walk.
SELDOM = (20_000, 20, 50)
gc.disable()

# How long an example takes tells of the machine's other work.
settings.register_profile("house", deadline=None)
settings.load_profile("house")
# How long a page takes does so too: only what never comes is a fault.
expect.set_options(timeout=30_000)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--database",
        choices=[*DATABASES, "both"],
        default="both",
        help="which databases to test on",
    )


def pytest_configure(config: pytest.Config) -> None:
    """Compile changed translations, and make the folder that the workers of this run share."""
    if hasattr(config, "workerinput"):
        return
    os.environ[SHARED] = tempfile.mkdtemp(prefix="torvet-run-")
    catalogues = list(ROOT.glob("translations/*/LC_MESSAGES/*.po"))
    compiled = [one.stat().st_mtime for one in ROOT.glob("translations/*/LC_MESSAGES/*.mo")]
    if catalogues and max(one.stat().st_mtime for one in catalogues) > min(compiled, default=0):
        compile_all(ROOT)


def pytest_unconfigure(config: pytest.Config) -> None:
    """The last to leave removes the shared folder."""
    if not hasattr(config, "workerinput"):
        shutil.rmtree(os.environ.pop(SHARED), ignore_errors=True)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "database" in metafunc.fixturenames:
        chosen = metafunc.config.getoption("database")
        only = metafunc.definition.get_closest_marker("only_on")
        names = [
            one
            for one in DATABASES
            if chosen in (one, "both") and (only is None or one in only.args)
        ]
        metafunc.parametrize("database", names, scope="session")


def pytest_collection_finish() -> None:
    """What is imported and collected stays to the end: the collector need not walk it each time.

    It rests until then, and is called seldom from then on: of the processor time of pages' tests
    it took a ninth, 2.6 of 23 seconds (tests/surveys, home and lifecycle), and takes 1.6 now.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    gc.enable()


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """The one driver of all browsers of this worker."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def chromium(playwright: Playwright) -> Iterator[Browser]:
    """The browser of this worker, without a camera; a test opens windows of its own in it."""
    browser = launched(playwright)
    yield browser
    browser.close()


@pytest.fixture(scope="session")
def scratch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder of this worker, in memory where the machine has such a place."""
    memory = Path("/dev/shm")  # noqa: S108
    base = memory if os.access(memory, os.W_OK) else tmp_path_factory.getbasetemp()
    folder = Path(tempfile.mkdtemp(prefix="torvet-test-", dir=base))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_database(worker_id: str) -> Iterator[str]:
    """The address of this worker's own PostgreSQL database; the workers share one server."""
    with (
        postgres.server(Path(os.environ[SHARED])) as server,
        postgres.database(server, f"torvet_{os.getpid()}_{worker_id}") as own,
    ):
        yield own.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def prepared(scratch: Path, request: pytest.FixtureRequest) -> Iterator[Callable[[str], Flask]]:
    """Makes the application of a database, once for this worker, with its schema."""

    @cache
    def made(database: str) -> Flask:
        folder = scratch / database
        folder.mkdir()
        address = f"sqlite:///{folder / 'torvet.db'}"
        if database == "postgresql":
            address = request.getfixturevalue("postgres_database")
        app = application.make(folder, address)
        app.test_client_class = InspectingClient
        closing.callback(application.close, app)
        return app

    with ExitStack() as closing:
        yield made


@pytest.fixture(scope="session")
def prepared_app(database: str, prepared: Callable[[str], Flask]) -> Flask:
    """The application of the database at hand; workers go back and forth between the two."""
    return prepared(database)


@pytest.fixture
def app(prepared_app: Flask) -> Iterator[Flask]:
    """The application with an empty database, in its context, so that services can be called."""
    with prepared_app.app_context():
        yield prepared_app
    application.empty_database(prepared_app)


@pytest.fixture
def client(app: Flask) -> InspectingClient:
    """A browser that fails the test on a faulty page."""
    made = app.test_client()
    assert isinstance(made, InspectingClient)
    return made


@pytest.fixture
def statements() -> Callable[[], AbstractContextManager[Statements]]:
    """`with statements() as seen:` … `assert len(seen) == 3`."""
    return statements_in
