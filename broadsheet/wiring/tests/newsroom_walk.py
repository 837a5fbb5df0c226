"""Every address under /newsroom/, read from the resolver itself."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver, resolve

from broadsheet.wiring import guarding

NO_ROW = 999_999
"""What is numbered so depends on which tests ran before, but for this: an address about a row needs a sample of it."""
ANY = {"pk": NO_ROW, "slug": "x", "token": "x", "uidb64": "x", "filter_spec": "original", "object_id": NO_ROW}


@dataclass(frozen=True)
class Address:
    name: str
    """As the table of addresses knows it; made for this sample of it."""
    path: str


def every(samples: dict[str, dict[str, object]]) -> list[Address]:
    """Each address once, its parameters filled in; those that another one hides are left out."""
    found = {}
    for name, route in _routes(get_resolver().url_patterns):
        if route.startswith("newsroom/"):
            path = "/" + _filled(route, _parameters(name, samples))
            found[path] = Address(guarding.name_of(resolve(path)), path)
    return [found[path] for path in sorted(found)]


def _routes(
    patterns: list[URLPattern | URLResolver], before: str = "", within: str = ""
) -> Iterator[tuple[str, str]]:
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _routes(
                pattern.url_patterns, route, f"{within}{pattern.namespace}:" if pattern.namespace else within
            )
        else:
            yield f"{within}{pattern.name or ''}", route


def _parameters(name: str, samples: dict[str, dict[str, object]]) -> dict[str, object]:
    beginnings = sorted((begin for begin in samples if name.startswith(begin)), key=len)
    return ANY | {key: value for begin in beginnings for key, value in samples[begin].items()}


def _filled(route: str, parameters: dict[str, object]) -> str:
    """A route with its parameters, of both of Django's ways to write them."""
    route = re.sub(
        r"<(?:\w+:)?(\w+)>", lambda found: str(parameters.get(found[1], NO_ROW)), route.replace("?P<", "<")
    )
    route = re.sub(r"\((\w+?)(?:\.\+|live[^()]*|\\d\+)\)", r"\1", route)
    route = re.sub(r"\(live[^()]*\)|\(\\d\+\)", "1", route)
    return re.sub(r"[\^$]|\\(?=\.)", "", route)
