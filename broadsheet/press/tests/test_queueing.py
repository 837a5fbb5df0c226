import pytest

from broadsheet.press import printing, queue, refresh

pytestmark = pytest.mark.django_db

BACKLOG = [f"/old-{number}/" for number in range(40)]


@pytest.fixture
def printed(monkeypatch):
    """The paths that were printed, in their order."""
    paths = []
    monkeypatch.setattr(printing, "print_again", paths.append)
    return paths


def test_a_page_marked_now_does_not_wait_for_a_backlog(printed):
    refresh.mark_paths(BACKLOG)
    refresh.mark_paths(["/fresh/", "/old-7/"])
    queue.print_due(limit=10)
    assert {"/fresh/", "/old-7/"} <= set(printed)


def test_marking_every_page_does_not_overtake_what_readers_wait_for(printed):
    refresh.mark_paths(["/old-7/"])
    refresh.mark_paths(BACKLOG, patient=True)
    refresh.mark_paths(["/fresh/"])
    queue.print_due(limit=4)
    assert {"/fresh/", "/old-7/"} <= set(printed)


def test_what_somebody_may_be_looking_at_is_printed_before_what_machines_fetch(printed):
    article, feeds = "/2026/03/01/the-basin/", [f"/{kind}.xml" for kind in ("feed", "sitemap", "humans")]
    refresh.mark_paths(BACKLOG)
    refresh.mark_paths(["/", "/tag/fog/", "/section/harbour/", *feeds, article, f"{article}index.md"])
    for _ in range(3):
        queue.print_due(limit=4)
    fresh = [path for path in printed if path not in BACKLOG]
    assert set(fresh[:2]) == {"/", article}
    assert set(fresh[2:4]) == {"/tag/fog/", "/section/harbour/"}
    assert len(printed) == 12


def test_a_backlog_goes_down_however_much_is_marked_meanwhile(printed):
    refresh.mark_paths(BACKLOG)
    for number in range(24):
        refresh.mark_paths([f"/fresh-{number}-{each}/" for each in range(20)])
        queue.print_due(limit=10)
    assert len(set(printed) & set(BACKLOG)) >= 40
