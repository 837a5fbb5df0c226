"""What every test stands on: a home of its own, the databases' differences, and an honest count of what did not run."""

import atexit
import os
import shutil
import tempfile
from collections.abc import Callable, Generator
from pathlib import Path

import hypothesis
import pytest
from django.contrib.auth.hashers import ScryptPasswordHasher
from pytest_django import DjangoDbBlocker
from pytest_django.plugin import blocking_manager_key
from xdist.remote import Producer

from broadsheet.wiring import starting
from tests import founded, homes, migrated, sharing
from tests.homes import Home
from tests.sharing import WholeFolders

ROOT = Path(__file__).parent
SHARED = ROOT.parent / "shared"
NEEDS_SHARED = "needs ../shared, which is not beside this clone"


def _make_home() -> None:
    """A temporary BROADSHEET_HOME, one for each process, so that no test reads or touches a publication."""
    home = tempfile.mkdtemp(prefix="broadsheet-test-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)
    for variable in [name for name in os.environ if name.startswith("BROADSHEET_")]:
        del os.environ[variable]
    os.environ["BROADSHEET_HOME"] = home
    starting.make_home()


_make_home()

# pytest-django reads DJANGO_SETTINGS_MODULE before any conftest; set here, it finds the home already made.
os.environ["DJANGO_SETTINGS_MODULE"] = "broadsheet.wiring.settings"


# How long an example takes says more about the machine than about what is tested.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """Workers inherit no settings: pytest-django would read them before this file, with a home that all would share."""
    del os.environ["DJANGO_SETTINGS_MODULE"]


def pytest_configure(config: pytest.Config) -> None:
    import django

    django.setup()
    # Accounts by the hundred: a password of a test is guessed by nobody.
    ScryptPasswordHasher.work_factor = 2


def vendor() -> str:
    return "postgresql" if os.environ.get("DATABASE_URL") else "sqlite"


TESTS = ROOT / "tests"
MEETING_DATABASES = {
    TESTS / "fronts" / "test_outage.py",
    *(TESTS / "journeys" / f"test_{name}.py" for name in ("a_guest_comments", "an_editor_publishes")),
}
TOLD_ONCE = {
    ROOT / "broadsheet" / "kit",
    *(
        ROOT / "broadsheet" / app / "tests" / f"test_{name}.py"
        for app, names in {
            "articles": ("cards", "renditions"),
            "masthead": ("logos",),
            "press": ("picturing", "same_bytes"),
            "readers": ("wall",),
            "wiring": ("init", "languages", "sheets", "theming"),
        }.items()
        for name in names
    ),
    *(TESTS / name for name in ("architecture", "fronts", "journeys", "languages")),
}
"""What is tested here meets no database, or none in a way that another one could change: one run tells it."""
DATABASES = {"db", "django_db_setup", "home"}
"""Whoever asks for none of these is refused a database by pytest-django: one run tells that too, wherever it stands."""


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """What one run alone can tell is left out of the other: deselected and counted, not skipped."""
    left_out = {item for item in items if _told_by_the_other_run(item)}
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]
    place = sharing.order([item.nodeid for item in items])
    items.sort(key=lambda item: place(item.nodeid))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Two for each core: with one more than there are, a third of the machine's time was left over. Many tests wait,
    for a browser, a server, or what another process makes for all of them."""
    return 2 * (os.cpu_count() or 1)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> WholeFolders | None:
    """What `--dist loadfile` means here."""
    if config.getvalue("dist") != "loadfile":
        return None
    config.option.loadscopereorder = False  # they are in order
    return WholeFolders(config, log)


def _told_by_the_other_run(item: pytest.Item) -> bool:
    if mark := item.get_closest_marker("only_on"):
        return bool(mark.args[0] != vendor())
    if vendor() == "sqlite":
        return False
    told_once = item.path not in MEETING_DATABASES and not TOLD_ONCE.isdisjoint(
        {item.path, *item.path.parents}
    )
    return told_once or not _may_meet_a_database(item)


def _may_meet_a_database(item: pytest.Item) -> bool:
    asked_for = DATABASES.intersection(getattr(item, "fixturenames", ()))
    return bool(asked_for) or item.get_closest_marker("django_db") is not None


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    return vendor() == "sqlite"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    migrated.restore()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    with django_db_blocker.unblock():
        migrated.keep()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> Generator[None, None, None]:
    yield
    if nextitem is None:
        return  # the databases are gone by now
    mark = item.get_closest_marker("django_db")
    if (mark and mark.kwargs.get("transaction")) or "transactional_db" in getattr(item, "fixturenames", ()):
        with item.config.stash[blocking_manager_key].unblock():
            migrated.seed_again()


@pytest.fixture(scope="session")
def shared_dir() -> Path:
    """The folder of samples and corpora beside this clone; tests of it do not run where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(NEEDS_SHARED)
    return SHARED


@pytest.fixture(scope="session")
def browser_path() -> str:
    """The Chromium that script/test found or installed."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    path = os.environ.get("TEST_BROWSER") or next(filter(None, map(shutil.which, names)), None)
    assert path, "No Chromium was found. script/test installs it, or set TEST_BROWSER=/path/to/chromium."
    return path


@pytest.fixture(scope="session")
def static_files() -> None:
    """The newsroom's pages name static files by their hashes, so they must stand where they are served from."""
    from django.core.management import call_command

    call_command("collectstatic", verbosity=0, interactive=False, skip_checks=True)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """An empty home for a test of making one: `home.run("init", "--no-input")`."""
    return homes.new(tmp_path)


@pytest.fixture(scope="session")
def make_publication(tmp_path_factory: pytest.TempPathFactory, django_db_setup: None) -> Callable[[], Home]:
    """Founded, empty publications for fixtures of any scope: `with make_publication().served() as url:`."""

    def copy() -> Home:
        founded_home = founded.once("empty", tmp_path_factory, lambda home: home.run("init", "--no-input"))
        return homes.copy(founded_home, tmp_path_factory.mktemp("publication"))

    return copy


@pytest.fixture
def publication(make_publication: Callable[[], Home]) -> Home:
    """A founded, empty publication for one test."""
    return make_publication()


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A skip for any other reason than a missing ../shared fails the run: nothing is silently absent."""
    if exitstatus == pytest.ExitCode.OK and _skips(session.config)[1]:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    missing_shared, others = _skips(config)
    if missing_shared:
        terminalreporter.write_line(f"Did not run: {missing_shared}; each {NEEDS_SHARED}.", yellow=True)
    if others:
        terminalreporter.write_line(
            f"{others} tests were skipped; a skip fails the run (CONTRIBUTING.md).", red=True
        )


def _skips(config: pytest.Config) -> tuple[int, int]:
    """How many tests were skipped for want of ../shared, and how many for another reason."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    reasons = [str(report.longrepr) for report in reporter.stats.get("skipped", [])] if reporter else []
    missing_shared = sum(NEEDS_SHARED in reason for reason in reasons)
    return missing_shared, len(reasons) - missing_shared
