"""Writers of SQLite queue: one at a time, and nobody waits for ever."""

import fcntl
import threading
from pathlib import Path

import pytest
from django.db import OperationalError, connection, transaction

from broadsheet.wiring.database import base

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.only_on("sqlite")]


@pytest.fixture
def impatient(monkeypatch):
    monkeypatch.setattr(base, "PATIENCE", 0.05)


def write():
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE discussion_thread SET last_rev = last_rev")


def test_a_writer_gives_up_when_another_process_holds_the_turn_for_too_long(impatient):
    with Path(f"{connection.settings_dict['NAME']}.turn").open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(OperationalError, match="another process"):
            write()
    write()


def test_a_process_that_already_waits_is_let_in_before_one_that_has_just_written(impatient):
    write()
    with Path(f"{connection.settings_dict['NAME']}.next").open("w") as waiting:
        fcntl.flock(waiting, fcntl.LOCK_EX)
        with pytest.raises(OperationalError, match="another process"):
            write()
    write()


def test_a_writer_gives_up_when_another_thread_holds_the_turn_for_too_long(impatient):
    refused = []

    def other():
        try:
            write()
        except OperationalError as error:
            refused.append(str(error))
        finally:
            connection.close()

    with transaction.atomic():
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert "another thread" in refused[0]
    write()
