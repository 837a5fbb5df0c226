"""Every setting a publisher can change, in one table: `broadsheet.toml` or an environment variable.

`limit_comments_network = "12/120"` in the file is `BROADSHEET_LIMIT_COMMENTS_NETWORK=12/120` outside it;
the environment wins.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

Value = str | int | bool | list[str]


class OptionError(ValueError):
    """An option that cannot be read; the sentence names it and the mend."""


@dataclass(frozen=True)
class Option:
    name: str
    default: Value
    sentence: str
    choices: tuple[str, ...] = ()
    """What it may be, where that is not free."""

    @property
    def variable(self) -> str:
        return f"BROADSHEET_{self.name.upper()}"


OPTIONS = [
    Option("url", "http://127.0.0.1:8000", "The publication's public address, without a slash at its end."),
    Option("time_zone", "UTC", "The publication's time zone; dates in addresses of articles use it."),
    Option(
        "language",
        "en",
        "The language of the public pages, as a BCP 47 tag, while the publication's settings name none.",
    ),
    Option("hosts", [], "Further host names the application answers to, beside the one in `url`."),
    Option(
        "socket",
        "",
        "A Unix socket to serve on for nginx or Caddy; a forwarded client address is believed only there.",
    ),
    Option("processes", 2, "Processes of the web server."),
    Option(
        "threads",
        32,
        "Threads of each process; the application gets all but two of them, prints always have those.",
    ),
    Option(
        "limit_comments_network",
        "12/120",
        "Comments from one network (IPv4 address, IPv6 /64): number/seconds.",
    ),
    Option(
        "limit_comments_wider_network",
        "60/120",
        "Comments from one wider network (IPv4 /24, IPv6 /48): number/seconds.",
    ),
    Option(
        "limit_comments_shared_network",
        "30/60",
        "Comments from one shared network (Tor, a campus) before more are held: number/seconds.",
    ),
    Option(
        "limit_comments_thread", "240/60", "Comments in one thread from everybody together: number/seconds."
    ),
    Option("comment_pictures", True, "Whether a comment may come with pictures, up to three."),
    Option("comment_picture_mb", 8, "The largest picture that is taken with a comment, in megabytes."),
    Option(
        "profile_pictures",
        True,
        "Whether readers may show a picture on their public page; as large as one with a comment.",
    ),
    Option(
        "hold_pictures",
        "guests",
        "Whose comments with pictures wait for a moderator: guests, everybody (but the staff) or nobody.",
        choices=("guests", "everybody", "nobody"),
    ),
    Option("limit_pictures_network", "12/600", "Pictures with comments from one network: number/seconds."),
    Option(
        "limit_pictures_wider_network",
        "60/600",
        "Such pictures from one wider network (IPv4 /24, IPv6 /48): number/seconds.",
    ),
    Option(
        "limit_pictures_shared_network", "60/600", "Such pictures from one shared network: number/seconds."
    ),
    Option(
        "limit_voices_network", "60/600", "Likes of one reader, or of guests in one network: number/seconds."
    ),
    Option("limit_voices_wider_network", "300/600", "Likes of guests in one wider network: number/seconds."),
    Option(
        "limit_voices_shared_network", "300/600", "Likes of guests in one shared network: number/seconds."
    ),
    Option(
        "scores_after_hours",
        2,
        "Hours before a page says how many like a comment: first it is read, then judged.",
    ),
    Option("dislikes", False, "Whether readers may also say that they dislike a comment."),
    Option(
        "link_titles",
        False,
        "Whether a link in a published comment is shown with the title of its page, which this machine then asks for.",
    ),
    Option(
        "edit_comments_minutes",
        15,
        "Minutes in which authors may change their comment (one that waits: as long as it waits); 0 lets nobody.",
    ),
    Option("edit_comments_answered", False, "Whether a comment may still be changed once it was answered."),
    Option(
        "limit_oembed_network",
        "120/60",
        "Questions from one network about how to show an article elsewhere: number/seconds.",
    ),
    Option(
        "limit_counts_network",
        "120/60",
        "Questions from one network how many comments articles have: number/seconds.",
    ),
    Option(
        "limit_sign_in_network",
        "10/600",
        "Tries to sign in from one network: number/seconds. "
        "A wider network (IPv4 /24, IPv6 /48) may ask for five times as many letters.",
    ),
    Option(
        "limit_sign_in_account",
        "20/3600",
        "Tries to sign in to one account from everywhere together: number/seconds.",
    ),
    Option(
        "limit_sign_in_letters",
        "6/3600",
        "Letters with a sign-in code that readers may ask for to one address: number/seconds.",
    ),
    Option("networks_days", 90, "Days after which it is forgotten from which network a comment came."),
    Option("sign_up", True, "Whether readers may open accounts; it needs a mail server."),
    Option(
        "limit_transcripts_network",
        "60/60",
        "Discussions, in parts, that one network may ask for to print or keep: number/seconds.",
    ),
    Option(
        "limit_transcripts_wider_network",
        "180/60",
        "Such parts for one wider network (IPv4 /24, IPv6 /48): number/seconds.",
    ),
    Option(
        "limit_transcripts_shared_network",
        "600/60",
        "Such parts for one shared network: number/seconds.",
    ),
    Option("limit_search_network", "30/60", "Searches from one network: number/seconds."),
    Option("limit_search_shared_network", "300/60", "Searches from one shared network: number/seconds."),
    Option("search_comments", True, "Whether readers may search comments as well as articles."),
    Option(
        "mail_url",
        "",
        "Mail servers and providers, the one most liked first, with spaces between: smtp://user:password@host:587, "
        "smtps://…:465, postmark:?server_token=…; empty sends none.",
    ),
    Option("mail_from", "", "Whom mail is from; empty is newsroom@ and the host in `url`."),
    Option(
        "limit_mail",
        "1000/3600",
        "Mails in all that nobody waits for at this minute: number/seconds. What is over it waits.",
    ),
    Option(
        "limit_mail_confirmations",
        "120/3600",
        "Letters in all that ask whether an address is somebody's: number/seconds. What is over it waits.",
    ),
    Option(
        "limit_mail_domain",
        "60/60",
        "Such mails to addresses at one domain: number/seconds. What is over it waits.",
    ),
    Option(
        "second_factor",
        "after-first-week",
        "When staff need a passkey or an authenticator app to publish and decide: after-first-week, always or never.",
        choices=("after-first-week", "always", "never"),
    ),
    Option(
        "shared_networks",
        [],
        "Networks that many people share (CIDR): over their limit comments are held, never refused.",
    ),
    Option(
        "gates",
        ["broadsheet.discussion.gates.links"],
        "Functions asked, in this order, whether a comment is accepted, held or refused.",
    ),
    Option(
        "print_budget_mb",
        512,
        "Disk space for permalink and branch pages, in megabytes; the oldest make room.",
    ),
    Option("feed_items", 30, "Articles, or comments, in a feed."),
    Option(
        "websub_hub",
        "",
        "A WebSub hub that is told when a feed changes, such as https://pubsubhubbub.appspot.com/; empty tells nobody.",
    ),
    Option(
        "indexnow_key",
        "",
        "8 to 128 letters, digits and hyphens that tell search engines by IndexNow what is new; empty tells nobody.",
    ),
    Option(
        "security_contact",
        "",
        "Whom to tell of a hole, as e-mail or web address in security.txt; empty is the publication's contact.",
    ),
]


def read(home: Path, environment: Mapping[str, str] = os.environ) -> dict[str, Value]:
    """Every option by name: the environment over `broadsheet.toml` over the default."""
    file = home / "broadsheet.toml"
    try:
        written = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    except tomllib.TOMLDecodeError as error:
        raise OptionError(
            f"{file} is not valid TOML: {error}. Mend that line, or move the file away."
        ) from error
    known = {option.name for option in OPTIONS}
    if unknown := sorted(set(written) - known):
        raise OptionError(
            f"{file} names no option of Broadsheet: {', '.join(unknown)}. See docs/reference/options.md."
        )
    return {option.name: _value(option, written, environment) for option in OPTIONS}


def _value(option: Option, written: dict[str, object], environment: Mapping[str, str]) -> Value:
    found: object = written.get(option.name, option.default)
    if option.variable in environment:
        found = _parse(option, environment[option.variable])
    if type(found) is not type(option.default):
        kind = type(option.default).__name__
        raise OptionError(f"Option {option.name} should be of type {kind}, not {found!r}.")
    if option.choices and found not in option.choices:
        raise OptionError(
            f"Option {option.name} should be one of {', '.join(option.choices)}, not {found!r}."
        )
    return found


def _parse(option: Option, text: str) -> Value:
    match option.default:
        case bool():
            return text.strip().lower() in {"1", "true", "yes", "on"}
        case int():
            try:
                return int(text)
            except ValueError:
                raise OptionError(f"{option.variable} should be a whole number, not {text!r}.") from None
        case list():
            return [part.strip() for part in text.split(",") if part.strip()]
    return text
