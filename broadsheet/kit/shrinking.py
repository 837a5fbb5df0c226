"""Make a picture's smaller versions, in a process of its own: `python -m broadsheet.kit.shrinking OUT LIMITS WIDTH…`.

It reads the picture from standard input and writes the widths it made, as JSON. A picture is a stranger's data, decoded
by a large library in C: so this knows no database and no key, and its memory and time are limited before it begins.
"""

import contextlib
import json
import os
import resource
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

MOST_PIXELS = 40_000_000
MOST_FRAME_PIXELS = 100_000_000
"""All frames of an animation together, as they are shown; a longer one stands still."""
FORMATS = ("GIF", "JPEG", "PNG", "WEBP", "AVIF")


@dataclass(frozen=True)
class Limits:
    """What the process may take, and what it makes of an animation."""

    memory: int = 1536
    """Megabytes of address space: 40 million pixels with transparency take 160, and resizing keeps a few copies."""
    seconds: int = 60
    """Of the processor's time."""
    still: bool = False
    """Of an animation only the first frame is made, and of a photograph no more pixels are decoded than it takes.

    It is a stranger's, too: its colours are made those of the web, and not even its colour profile is kept.
    """
    square: bool = False
    """What reaches over the middle square is cut off."""
    formats: tuple[str, ...] = FORMATS
    effort: int = 6
    """Of WebP, 0 to 6. Where somebody waits, 4 takes half the time and a twentieth more bytes."""


USUAL = Limits()


def main(out: str, limits: str, *widths: str) -> None:
    given = Limits(**json.loads(limits))
    limit_process(given)
    made = shrink(sys.stdin.buffer.read(), Path(out), [int(width) for width in widths], given)
    sys.stdout.write(json.dumps(made))


def limit_process(limits: Limits = USUAL) -> None:
    """Let this process wait for whatever readers wait for, and fail rather than take the machine with it."""
    os.nice(10)
    memory = limits.memory * 1024 * 1024
    for kind, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, limits.seconds)):
        with contextlib.suppress(ValueError, OSError):  # macOS knows no limit of address space
            resource.setrlimit(kind, (most, most))


def shrink(picture: bytes, out: Path, widths: list[int], limits: Limits) -> list[int]:
    """Write `WIDTH.webp` for every width worth having; those widths. None is wider than the picture is."""
    from PIL import Image

    image = Image.open(BytesIO(picture), formats=list(limits.formats))
    if image.width * image.height > MOST_PIXELS:
        raise ValueError(f"{image.width} × {image.height} pixels are more than {MOST_PIXELS:,}")
    frames = _frames(image, max(widths) if limits.still else 0)
    if limits.square:
        frames = [_square(frame) for frame in frames]
    made = wanted_widths(frames[0].width, widths)
    for width in made:
        _write(frames, width, out / f"{width}.webp", limits.effort, image.info.get("duration", 100))
    return made


def wanted_widths(original: int, widths: list[int]) -> list[int]:
    """Every width below the original's, and the first above it, which will hold the original's own pixels."""
    below = [width for width in sorted(widths) if width < original]
    above = [width for width in sorted(widths) if width >= original]
    return below + above[:1]


def _frames(image: Any, still: int) -> list[Any]:
    """The frames, upright; of a still picture, one. `still` is the width in which it stands still, or 0."""
    from PIL import ImageOps, ImageSequence

    count = getattr(image, "n_frames", 1)
    if not still and count > 1 and image.width * image.height * count <= MOST_FRAME_PIXELS:
        return [_plain(frame.copy()) for frame in ImageSequence.Iterator(image)]
    if still:
        image.draft(
            "RGB", (still, still)
        )  # JPEG alone: decoded at an eighth, a quarter or a half of its size
        return [_in_colours_of_the_web(_plain(ImageOps.exif_transpose(image)))]
    return [_plain(ImageOps.exif_transpose(image))]


def _square(image: Any) -> Any:
    side = min(image.size)
    left, top = (image.width - side) // 2, (image.height - side) // 2
    return image.crop((left, top, left + side, top + side))


def _in_colours_of_the_web(image: Any) -> Any:
    """Without its colour profile, in which anything could be carried along. One that cannot be read is no loss."""
    from PIL import ImageCms

    if profile := image.info.pop("icc_profile", None):
        with contextlib.suppress(ImageCms.PyCMSError, OSError, ValueError):
            own = ImageCms.ImageCmsProfile(BytesIO(profile))
            image = ImageCms.profileToProfile(image, own, ImageCms.createProfile("sRGB"))
            image.info.pop("icc_profile", None)
    return image


def _plain(image: Any) -> Any:
    """In colours that WebP knows."""
    if image.mode in {"RGB", "RGBA"}:
        return image
    see_through = image.mode in {"LA", "PA", "La"} or "transparency" in image.info
    return image.convert("RGBA" if see_through else "RGB")


def _write(frames: list[Any], width: int, path: Path, effort: int, duration: int) -> None:
    """Write one version. Of what a camera adds (place, owner) nothing is kept but the colour profile."""
    first = frames[0]
    size = (min(width, first.width), max(1, round(first.height * min(1, width / first.width))))
    resized = [frame.resize(size, reducing_gap=3.0) if frame.size != size else frame for frame in frames]
    profile = {"icc_profile": icc} if (icc := first.info.get("icc_profile")) else {}
    animation = {"save_all": True, "append_images": resized[1:], "duration": duration, "loop": 0}
    resized[0].save(
        path, "WEBP", quality=72, method=effort, exif=b"", **profile, **(animation if resized[1:] else {})
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
