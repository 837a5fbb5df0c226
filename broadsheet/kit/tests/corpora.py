"""Reads the shared collections of hostile and odd input; each returns a list of strings."""

import json
import re


def script_payloads(shared_dir):
    lines = (shared_dir / "corpora/xss-payload-list.txt").read_text("utf-8", "surrogateescape").split("\n")
    return [line for line in lines if line]


def sanitiser_payloads(shared_dir):
    source = (shared_dir / "corpora/dompurify-expect.mjs").read_text("utf-8")
    return [
        json.loads(text, strict=False) for text in re.findall(r'"payload":\s*("(?:[^"\\]|\\.)*")', source)
    ]


def naughty_strings(shared_dir):
    return json.loads((shared_dir / "corpora/blns.json").read_text("utf-8"))


def addresses(shared_dir):
    cases = json.loads((shared_dir / "corpora/urltestdata.json").read_text("utf-8"))
    return [case["input"] for case in cases if isinstance(case, dict)]


def hostile(shared_dir):
    """Everything, with each address once as itself, once in a link, once in Markdown."""
    urls = addresses(shared_dir)
    return (
        script_payloads(shared_dir)
        + sanitiser_payloads(shared_dir)
        + naughty_strings(shared_dir)
        + urls
        + [f'<a href="{url}">link</a><img src="{url}" srcset="{url} 2x">' for url in urls]
        + [f"[link]({url}) ![picture](<{url}>) <{url}>" for url in urls]
    )


def lookalikes(shared_dir):
    """Pairs of strings that look alike, after Unicode."""
    data = json.loads((shared_dir / "corpora/confusables.json").read_text("utf-8"))
    strip = str.maketrans("", "", "\u200e")  # letters of right-to-left scripts stand in marks
    return [
        (name.translate(strip), entry["c"].translate(strip))
        for name, entries in data.items()
        for entry in entries
    ]
