"""`broadsheet import wordpress` as a person or a program runs it."""

import json
import os
import pty
import subprocess

import pytest

from broadsheet.transfer.tests import wxr_writer as wxr
from tests.homes import PROGRAM

pytestmark = pytest.mark.server

CONTRACT = {"articles", "pages", "authors", "images", "comments", "redirects", "orphans", "problems"}


@pytest.fixture(scope="module")
def everything(tmp_path_factory):
    file = tmp_path_factory.mktemp("exports") / "everything.xml"
    file.write_text(wxr.everything(), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def filled(make_publication, everything, tmp_path_factory):
    """A publication into which everything was imported, the command's words and its report."""
    home = make_publication()
    report = tmp_path_factory.mktemp("reports") / "report.json"
    said = home.run("import", "wordpress", str(everything), "--report", str(report)).stdout
    return home, said, json.loads(report.read_text(encoding="utf-8"))


def test_the_report_keeps_its_contract(filled):
    _, _, report = filled
    assert report.keys() >= CONTRACT
    assert report["comments"] == {"published": 14, "held": 1, "trashed": 2, "private": 4, "pingbacks": 2}
    assert (report["articles"], report["pages"], report["authors"]) == (5, 2, 2)
    assert report["orphans"] == [{"comment": 112, "parent": 999, "post": 10}]


def test_the_words_say_the_same_as_the_json(filled):
    _, said, _ = filled
    assert "5 articles, 2 pages, 2 authors" in said
    assert "14 published, 1 held, 2 trashed, 4 private, 2 pingbacks" in said
    assert "comment 112 answers 999" in said
    assert "\x1b[" not in said


def test_again_and_as_json_it_finds_nothing_new(filled, everything):
    home, _, report = filled
    again = json.loads(home.run("import", "wordpress", str(everything), "--json").stdout)
    assert set(again["new"].values()) == {0}
    assert {name: again[name] for name in CONTRACT - {"problems"}} == {
        name: report[name] for name in CONTRACT - {"problems"}
    }


def test_a_dry_run_says_what_would_come_and_writes_nothing(make_publication, everything):
    home = make_publication()
    dry = json.loads(home.run("import", "wordpress", str(everything), "--dry-run", "--json").stdout)
    assert dry["comments"]["published"] == dry["new"]["comments"] - 7 == 14
    wet = json.loads(home.run("import", "wordpress", str(everything), "--json").stdout)
    assert wet["new"] == dry["new"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["missing.xml"], "missing.xml is not there. Name the .xml file that WordPress wrote."),
        (["FILE", "--media", "nowhere"], "nowhere is no directory."),
        (["FILE", "--media", ".", "--fetch-media"], "Choose one of --media and --fetch-media."),
        (["FILE", "--report", "nowhere/report.json"], "nowhere cannot be written."),
        (["BROKEN"], "broken.xml: line 29, column "),
        (["EMPTY"], "The file is empty."),
        (["PICTURE"], "line 1"),
    ],
)
def test_what_goes_wrong_is_told_in_a_sentence_with_the_mend(
    filled, everything, tmp_path, arguments, sentence
):
    lines = everything.read_text(encoding="utf-8").split("\n")
    (tmp_path / "broken.xml").write_text("\n".join(lines[:29]), encoding="utf-8")
    (tmp_path / "empty.xml").write_text("")
    (tmp_path / "picture.xml").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    named = {"FILE": everything, "BROKEN": tmp_path / "broken.xml"}
    named |= {"EMPTY": tmp_path / "empty.xml", "PICTURE": tmp_path / "picture.xml"}
    done = filled[0].run(
        "import", "wordpress", *(str(named.get(each, each)) for each in arguments), check=False
    )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: ")
    assert sentence in done.stderr
    assert "Traceback" not in done.stderr


def test_a_home_that_holds_no_publication_is_refused(home, everything):
    done = home.run("import", "wordpress", str(everything), check=False)
    assert done.returncode == 1
    assert "broadsheet init" in done.stderr


def test_on_a_terminal_a_bar_shows_how_far_it_is(make_publication, tmp_path):
    wxr.write_large(tmp_path / "large.xml", articles=30, comments=10)
    ours, theirs = pty.openpty()
    command = [str(PROGRAM), "import", "wordpress", str(tmp_path / "large.xml")]
    environment = make_publication().environment | {"TERM": "xterm", "COLUMNS": "100"}
    with subprocess.Popen(
        command, env=environment, stdout=theirs, stderr=theirs, stdin=subprocess.DEVNULL
    ) as process:
        os.close(theirs)
        shown = b""
        while piece := _read(ours):
            shown += piece
    os.close(ours)
    assert process.returncode == 0
    assert b"300 of 300 comments" in shown
    assert b"/s" in shown


def _read(descriptor):
    try:
        return os.read(descriptor, 65536)
    except OSError:  # Linux says so when the other side of a terminal is closed
        return b""
