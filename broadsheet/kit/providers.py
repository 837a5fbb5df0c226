"""Sites whose films, recordings and posts an article may show: where to ask about one, and what plays it.

A short list of our own. Nobody is asked who is not on it, and nothing is played but by these few players.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

PLAYERS = ("https://www.youtube-nocookie.com", "https://player.vimeo.com", "https://w.soundcloud.com")
"""Whose frames a page may hold once a reader has asked for one (Content-Security-Policy)."""


@dataclass(frozen=True)
class Known:
    """What is known of an address by its shape alone."""

    provider: str
    kind: str
    """`film`, `sound` or `post`."""
    ask: str
    """Where the provider tells more about it (oEmbed, https://oembed.com)."""
    player: str = ""
    """The frame that plays it; empty where there is none."""


def find(url: str) -> Known | None:
    """What stands at an address; None where it is not one of a provider on the list."""
    for shape, known in _SHAPES:
        if match := shape.fullmatch(url):
            return known(match)
    return None


def _youtube(found: re.Match[str]) -> Known:
    start = re.search(r"[?&]t=(\d{1,6})", found[0])
    return Known(
        "YouTube",
        "film",
        f"https://www.youtube.com/oembed?format=json&url={_spelt(f'https://www.youtube.com/watch?v={found[1]}')}",
        f"{PLAYERS[0]}/embed/{found[1]}" + (f"?start={start[1]}" if start else ""),
    )


def _vimeo(found: re.Match[str]) -> Known:
    unlisted = f"&h={found[2]}" if found[2] else ""
    ask = f"https://vimeo.com/api/oembed.json?url={_spelt(found[0])}"
    return Known("Vimeo", "film", ask, f"{PLAYERS[1]}/video/{found[1]}?dnt=1{unlisted}")


def _soundcloud(found: re.Match[str]) -> Known:
    url = _spelt(found[0])
    ask = f"https://soundcloud.com/oembed?format=json&url={url}"
    return Known("SoundCloud", "sound", ask, f"{PLAYERS[2]}/player/?url={url}")


def _mastodon(found: re.Match[str]) -> Known:
    return Known("Mastodon", "post", f"https://{found[1]}/api/oembed?url={_spelt(found[0])}")


def _spelt(url: str) -> str:
    return quote(url, safe="")


_SHAPES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Known]], ...] = (
    (
        re.compile(
            r"https?://(?:(?:www\.|m\.)?youtube\.com/(?:watch\?(?:[^#]*&)?v=|shorts/|live/|embed/)|youtu\.be/)"
            r"([\w-]{11})(?:[?&#].*)?",
            re.ASCII,
        ),
        _youtube,
    ),
    (re.compile(r"https?://(?:www\.)?vimeo\.com/(\d{6,12})(?:/([0-9a-f]{8,12}))?/?(?:[?#].*)?"), _vimeo),
    (
        re.compile(r"https?://(?:www\.|m\.)?soundcloud\.com/[\w-]+/(?:sets/)?[\w-]+/?(?:[?#].*)?", re.A),
        _soundcloud,
    ),
    (re.compile(r"https://([a-z0-9.-]+\.[a-z]{2,})/@[\w.-]+(?:@[\w.-]+)?/\d{5,25}", re.A), _mastodon),
)
