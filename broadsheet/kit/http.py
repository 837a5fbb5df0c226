"""What the stand reads from the headers of a request."""

from functools import lru_cache


@lru_cache(maxsize=1024)
def accepted_encodings(accept_encoding: str) -> tuple[str, ...]:
    """Which of `br` and `gzip` a client takes, the smaller first (RFC 9110, 12.5.3); nothing is surely "identity"."""
    if len(accept_encoding) > 500:
        return ()
    taken = set()
    for part in accept_encoding.lower().split(","):
        name, _, weight = part.partition(";")
        if weight.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000"):
            taken.add(name.strip())
    return tuple(name for name in ("br", "gzip") if name in taken)
