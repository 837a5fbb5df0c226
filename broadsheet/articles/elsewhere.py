"""What stands elsewhere as a page shows it: a link with what is known of it, and what a reader may load."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from broadsheet.articles.figures import Figure, figure_of
from broadsheet.articles.models import Embed
from broadsheet.kit import providers
from broadsheet.kit.addresses import web_address


@dataclass(frozen=True)
class Elsewhere:
    """Everything that `blocks/embed.html` prints."""

    url: str
    title: str
    source: str
    """Who made it, and where it stands."""
    kind: str
    figure: Figure | None
    player: str
    """The address of a frame that is loaded when a reader asks for it; empty where there is none."""
    player_host: str


def embeds(urls: Iterable[str]) -> dict[str, Embed]:
    """What is known of these addresses, with the previews, in a few queries; none where there are none."""
    wanted = {url for url in urls if url}
    if not wanted:
        return {}
    found = Embed.objects.filter(url__in=wanted).prefetch_related("picture__renditions")
    return {embed.url: embed for embed in found}


def elsewhere_of(value: Mapping[str, Any], known: Mapping[str, Embed]) -> Elsewhere | None:
    """None for an address that nobody may be led to."""
    url = web_address(value.get("url") or "")
    if url is None:
        return None
    shape, embed = providers.find(url), known.get(url)
    player = shape.player if shape else ""
    provider = shape.provider if shape else host_of(url)
    return Elsewhere(
        url=url,
        title=value.get("title") or (embed.title if embed else "") or url,
        source=" · ".join(filter(None, [embed.author if embed else "", provider])),
        kind=shape.kind if shape else "",
        figure=figure_of(embed.picture) if embed and embed.picture else None,
        player=player,
        player_host=host_of(player),
    )


def host_of(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
