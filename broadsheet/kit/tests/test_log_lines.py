"""Nobody's address stands in the log, whoever quotes it."""

import logging

import pytest

from broadsheet.kit.log_lines import unnamed


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("550 5.1.1 <Alice.B+x@Example.org>: unknown", "550 5.1.1 <…@…>: unknown"),
        (
            "DETAIL:  Key (email)=(alice@example.org) already exists.",
            "DETAIL:  Key (email)=(…@…) already exists.",
        ),
        (
            "SMTPRecipientsRefused({'alice@example.org': (450, b'later')})",
            "SMTPRecipientsRefused({'…@…': (450, b'later')})",
        ),
        ("to=аліса@приклад.укр, twice:b@localhost", "to=…@…, twice:…@…"),
        ("File views.py, line 3\n    @wraps(view)", "File views.py, line 3\n    @wraps(view)"),
        ("no reply @ noon", "no reply @ noon"),
    ],
)
def test_a_line_says_what_happened_and_not_to_whom(said, kept):
    assert unnamed(said) == kept


def test_what_any_library_logs_with_its_traceback_goes_through_it():
    [handler] = [each for each in logging.getLogger().handlers if type(each) is logging.StreamHandler]
    try:
        raise ValueError("the mailbox alice@example.org is full")
    except ValueError as error:
        told = (type(error), error, error.__traceback__)
    record = logging.LogRecord(
        "some.library", logging.ERROR, "x.py", 1, "For %s.", ("bob@example.org",), told
    )
    line = handler.format(record)
    assert "some.library: For …@…\n" in line and "mailbox …@… is full" in line
    assert "alice@" not in line and "bob@" not in line
