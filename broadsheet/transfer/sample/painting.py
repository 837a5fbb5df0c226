"""Paint for the sample's pictures: flat shapes on a sheet of 1600 x 900, drawn twice as large and made fine at the end.

Everything is Pillow and a seeded generator, so that the same name always gives the same picture.
"""

import math
import random
from collections.abc import Sequence
from io import BytesIO

from PIL import Image, ImageColor, ImageDraw

WIDTH, HEIGHT = 1600, 900
_FINER = 2  # drawn this much larger than it is kept, for smooth edges
_GRAIN = 3  # the strongest change of a pixel by the paper's grain, of 255
_MOST_BYTES = 78_000

Point = tuple[float, float]


class Sheet:
    """A sheet in the making; all lengths are those of the finished picture."""

    def __init__(self, seed: int) -> None:
        self.rng = random.Random(seed)  # noqa: S311 - wanted: the same every time
        self._image = Image.new("RGB", (WIDTH * _FINER, HEIGHT * _FINER))
        self._pen = ImageDraw.Draw(self._image, "RGBA")

    def shape(self, points: Sequence[Point], colour: str, alpha: float = 1) -> None:
        """A filled polygon."""
        self._pen.polygon([(x * _FINER, y * _FINER) for x, y in points], fill=_ink(colour, alpha))

    def box(self, x: float, y: float, width: float, height: float, colour: str, alpha: float = 1) -> None:
        """A rectangle by its upper left corner."""
        self.shape([(x, y), (x + width, y), (x + width, y + height), (x, y + height)], colour, alpha)

    def disc(self, x: float, y: float, radius: float, colour: str, alpha: float = 1) -> None:
        """A filled circle."""
        corners = [value * _FINER for value in (x - radius, y - radius, x + radius, y + radius)]
        self._pen.ellipse(corners, fill=_ink(colour, alpha))

    def stroke(self, points: Sequence[Point], width: float, colour: str, alpha: float = 1) -> None:
        """A line through all points."""
        line = [(x * _FINER, y * _FINER) for x, y in points]
        self._pen.line(line, fill=_ink(colour, alpha), width=round(width * _FINER), joint="curve")

    def bands(self, top: float, bottom: float, colours: Sequence[str], count: int) -> None:
        """Level bands from the first colour to the last: a sky, a sea, sand."""
        height = (bottom - top) / count
        for index in range(count):
            colour = _between(colours, index / max(count - 1, 1))
            self.box(0, top + index * height, WIDTH, height + 1, colour)

    def ridge(self, base: float, rise: float, colour: str, waves: float = 1.5) -> None:
        """Rolling land from edge to edge, down to the foot of the sheet."""
        starts = [self.rng.uniform(0, math.tau) for _ in range(3)]
        line = [(float(x), base - rise * _roll(x / WIDTH * waves, starts)) for x in range(0, WIDTH + 1, 8)]
        self.shape([(0, HEIGHT), *line, (WIDTH, HEIGHT)], colour)

    def swell(self, y: float, colour: str, height: float = 5, length: float = 150) -> None:
        """Water from a gently waved line down to the foot of the sheet."""
        start = self.rng.uniform(0, math.tau)
        line = [
            (float(x), y + height * math.sin(x / length * math.tau + start)) for x in range(0, WIDTH + 1, 8)
        ]
        self.shape([(0, HEIGHT), *line, (WIDTH, HEIGHT)], colour)

    def glints(
        self, area: tuple[float, float, float, float], count: int, colour: str, alpha: float = 0.5
    ) -> None:
        """Short level strokes within (left, top, right, bottom), longer the nearer they are."""
        left, top, right, bottom = area
        for _ in range(count):
            near = self.rng.random()
            y, half = top + near * (bottom - top), (10 + 50 * near) * self.rng.uniform(0.4, 1)
            x = self.rng.uniform(left, right)
            self.shape(
                [(x - half, y), (x, y - 1.2 - near), (x + half, y), (x, y + 1.2 + near)], colour, alpha
            )

    def gable(
        self, x: float, foot: float, width: float, wall: float, roof: float, colours: tuple[str, str]
    ) -> None:
        """A house seen from its gable: wall and roof colour."""
        self.box(x, foot - wall, width, wall, colours[0])
        eave, ridge = foot - wall, foot - wall - roof
        self.shape([(x - 8, eave), (x + width / 2, ridge), (x + width + 8, eave)], colours[1])

    def jpeg(self) -> bytes:
        """The finished picture, in the best quality that stays small."""
        picture = self._image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
        picture = Image.blend(picture, Image.merge("RGB", [_grain(self.rng)] * 3), _GRAIN / 255)
        tries = (_jpeg(picture, quality) for quality in (82, 74, 66, 58, 50, 40))
        return next(data for data in tries if len(data) <= _MOST_BYTES)


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    out = BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()


def _grain(rng: random.Random) -> Image.Image:
    coarse = Image.frombytes("L", (WIDTH // 4, HEIGHT // 4), rng.randbytes(WIDTH // 4 * (HEIGHT // 4)))
    return coarse.resize((WIDTH, HEIGHT), Image.Resampling.BICUBIC)


def _roll(x: float, starts: Sequence[float]) -> float:
    waves = (math.sin(x * math.tau * 2.0**power + start) / 2.0**power for power, start in enumerate(starts))
    return sum(waves) / 1.75


def _between(colours: Sequence[str], part: float) -> str:
    place = part * (len(colours) - 1)
    index = min(int(place), len(colours) - 2)
    one, two = (ImageColor.getrgb(colour) for colour in colours[index : index + 2])
    mixed = (round(a + (b - a) * (place - index)) for a, b in zip(one, two, strict=True))
    return "#" + "".join(f"{value:02x}" for value in mixed)


def _ink(colour: str, alpha: float) -> tuple[int, int, int, int]:
    red, green, blue = ImageColor.getrgb(colour)[:3]
    return red, green, blue, round(255 * alpha)
