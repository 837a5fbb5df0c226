"""Whatever a stranger can write to is fed the hostile corpora, over HTTP.

A test says so itself: `@pytest.mark.hostile("comments")`, with the name its address has in `urls.py`.
"""

import re

import pytest
from django.test import RequestFactory
from django.urls import URLResolver, get_resolver

from tests.architecture import house
from tests.architecture.test_guarded import OPEN

# What these take is compared (a name, a password, a token, one of three numbers) and not kept; what a reader prefers is
# the form of `follow_preferences`.
NOTHING_KEPT = {
    "account_login",
    "account_reauthenticate",
    "follow_confirmation",
    "follow_ends",
    "follow_leave",
    "follow_mode",
    "follow_proofs",
    "follow_return",
    "notice_feed_address",
    "notice_reads",
    "notices",
    "own_follow_confirmation",
    "own_follow_ends",
    "own_follow_leave",
    "own_follow_mode",
    "own_follow_preferences",
    "own_follow_proofs",
    "own_follow_return",
    "mfa_authenticate",
    "mfa_login_webauthn",
    "reader_address_agree",
    "reader_address_stop",
    "reader_app_removal",
    "reader_code",
    "reader_leaving",
    "reader_letters",
    "reader_passkey",
    "reader_passkey_removal",
    "reader_password",
    "reader_recovery_codes",
    "reader_second_factor",
    "reader_session_end",
    "reader_sessions_end",
    "reader_sign_in",
    "reader_sign_in_by_link",
    "reader_sign_out",
    "reader_claim",
    "receipt_claim",
    "receipt_withdrawal",
    "sign_in_by_code",
    "sign_in_by_link",
    "sign_in_link_by_mail",
    "sign_out",
    "voice",
}


def our_patterns(patterns, before=""):
    """Our own addresses that are open to strangers; test_guarded.py looks after the newsroom's."""
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from our_patterns(pattern.url_patterns, address)
        elif pattern.callback.__module__.startswith("broadsheet.") and is_open(address):
            yield pattern


def is_open(address):
    return not address.startswith("newsroom/") or bool(OPEN & set(address.split("/")))


def name_of(pattern):
    return pattern.name or pattern.callback.__name__


def takes_a_post(pattern):
    """Whether the view at this address does anything but refuse the method."""
    request = RequestFactory().generic("POST", "/")
    places = dict.fromkeys(pattern.pattern.regex.groupindex, "0")
    try:
        return pattern.callback(request, **places).status_code != 405
    except Exception:  # it went on to look for what stands at that address
        return True


def write_paths():
    every = {name_of(pattern): pattern for pattern in our_patterns(get_resolver().url_patterns)}
    return {name for name, pattern in every.items() if name not in NOTHING_KEPT and takes_a_post(pattern)}


def fed():
    tests = [file for file in house.python_files() if file.name.startswith("test_")]
    return {
        name
        for file in tests
        for name in re.findall(r'^@pytest\.mark\.hostile\("(\w+)"\)', file.read_text(), flags=re.MULTILINE)
    }


@pytest.mark.django_db
def test_every_address_that_takes_what_strangers_write_is_fed_the_hostile_corpora():
    assert write_paths() - fed() == set()


@pytest.mark.django_db
def test_a_comment_is_known_to_be_written_and_a_page_to_be_read_only():
    assert "comments" in write_paths()
    assert not {"comments_json", "receipt", "public_page"} & write_paths()
