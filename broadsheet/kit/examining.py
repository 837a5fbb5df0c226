"""Whether a file is a picture that the publication takes. Only its head is read: decoding is for the limited worker."""

import warnings
from dataclasses import dataclass
from io import BytesIO

from PIL import Image

from broadsheet.kit.shrinking import MOST_PIXELS

MOST_BYTES = 20 * 1024 * 1024
EXTENSIONS = {"GIF": "gif", "JPEG": "jpg", "PNG": "png", "WEBP": "webp"}


_BEGINNINGS = (b"GIF87a", b"GIF89a", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")


def begins_as_picture(content: bytes) -> bool:
    """Whether a file begins as a GIF, JPEG, PNG or WebP picture does. Nothing more of it is read."""
    return content.startswith(_BEGINNINGS) or (content[:4] == b"RIFF" and content[8:12] == b"WEBP")


@dataclass(frozen=True)
class Examined:
    extension: str
    width: int
    height: int


class NotTaken(ValueError):
    """Its text says why, as the end of a sentence."""


def examine(content: bytes) -> Examined:
    """The kind and size of a picture, by what it is and not by its name; whatever is odd is refused."""
    if len(content) > MOST_BYTES:
        raise NotTaken(f"it is larger than {MOST_BYTES // 1024**2} MB")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a bomb is refused below, whatever Pillow thinks of it
            with Image.open(BytesIO(content), formats=list(EXTENSIONS)) as image:
                found = Examined(EXTENSIONS[image.format or ""], image.width, image.height)
    except Image.DecompressionBombError:
        raise NotTaken(f"it has more than {MOST_PIXELS // 10**6} million pixels") from None
    except Exception:  # Pillow's readers raise whatever a stranger's bytes make them raise
        raise NotTaken("it is no GIF, JPEG, PNG or WebP picture") from None
    if found.width * found.height > MOST_PIXELS or not found.width * found.height:
        raise NotTaken(f"it has {found.width} × {found.height} pixels")
    return found
