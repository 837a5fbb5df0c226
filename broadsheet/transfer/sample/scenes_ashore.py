"""Pictures of the town, its quays and its shore."""

import math
from itertools import pairwise

from broadsheet.transfer.sample.painting import HEIGHT, WIDTH, Sheet

INK, CREAM, RUST, OCHRE = "#1f2d36", "#f4ead6", "#b4513a", "#dba347"


def window(sheet: Sheet) -> None:
    """Roofs before sunrise, four kitchens awake."""
    sheet.bands(0, 640, ["#2c3a52", "#54607a", "#a88b93", "#e2b593"], 16)
    rows = (
        (520, "#5b6076", "#4c5168", ()),
        (640, "#454b61", "#373d52", (1, 6)),
        (780, "#2f3548", "#242a3b", (3, 8)),
    )
    for foot, wall, roof, awake in rows:
        sheet.box(0, foot - 60, WIDTH, HEIGHT, wall)
        x, house = -60.0, 0
        while x < WIDTH:
            width, height = sheet.rng.uniform(130, 210), sheet.rng.uniform(110, 190)
            sheet.gable(x, foot + 260, width, height + 240, sheet.rng.uniform(60, 120), (wall, roof))
            sheet.box(x + width * 0.7, foot - height - 70, 22, 90, roof)
            if house in awake:
                _lit_window(sheet, x + width / 2, foot - height + 76)
            x, house = x + width + sheet.rng.uniform(-6, 22), house + 1
    for x, y in ((860, 250), (905, 232), (950, 256)):
        sheet.stroke([(x - 20, y - 8), (x, y + 3), (x + 20, y - 8)], 4, "#2c3a52")


def _lit_window(sheet: Sheet, x: float, y: float) -> None:
    sheet.disc(x, y, 104, "#f3c56a", 0.07)
    sheet.disc(x, y, 62, "#f3c56a", 0.10)
    sheet.box(x - 22, y - 30, 44, 60, "#f3c56a")
    sheet.stroke([(x, y - 30), (x, y + 30)], 4, "#242a3b")
    sheet.stroke([(x - 22, y - 3), (x + 22, y - 3)], 4, "#242a3b")


def sluice(sheet: Sheet) -> None:
    """The gate at night, its wheel and its lamp."""
    sheet.bands(0, 720, ["#101c2b", "#1b2c3d", "#2d4250"], 14)
    for x in range(-60, 1640, 150):
        sheet.gable(x, 720, 136, sheet.rng.uniform(120, 200), 64, ("#182635", "#132030"))
    sheet.box(0, 600, 1600, 110, "#232f37")
    sheet.disc(1170, 250, 300, "#f0b95a", 0.06)
    sheet.disc(1170, 250, 190, "#f0b95a", 0.08)
    sheet.disc(1170, 250, 100, "#f0b95a", 0.14)
    for x, width in ((250, 330), (1020, 330)):
        sheet.box(x, 330, width, 470, "#3a444a")
        sheet.box(x - 16, 316, width + 32, 30, "#4b565a")
        for row in range(9):
            for column in range(3):
                left = x + column * 116 - (58 if row % 2 else 0)
                sheet.stroke([(max(left, x), 346 + row * 50), (max(left, x), 396 + row * 50)], 3, "#2c353b")
            sheet.stroke([(x, 396 + row * 50), (x + width, 396 + row * 50)], 3, "#2c353b")
    sheet.box(580, 400, 440, 400, "#5a4332")
    for x in range(580, 1020, 55):
        sheet.stroke([(x, 400), (x, 800)], 4, "#453325")
    sheet.box(580, 470, 440, 22, "#39454c")
    sheet.box(580, 620, 440, 22, "#39454c")
    sheet.box(570, 296, 460, 26, "#6c777a")
    sheet.box(790, 150, 20, 330, "#6c777a")
    _wheel(sheet, 800, 178, 112)
    sheet.stroke([(1170, 320), (1170, 216)], 10, "#0c141c")
    sheet.box(1146, 212, 48, 66, "#f6cf7c")
    sheet.shape([(1136, 214), (1170, 184), (1204, 214)], "#0c141c")
    sheet.bands(700, 900, ["#24414b", "#182f3b", "#0f1f2c"], 8)
    sheet.glints((1090, 710, 1250, 890), 46, "#f6cf7c", 0.6)
    sheet.glints((200, 710, 1400, 890), 40, "#5d7d83", 0.3)


def _wheel(sheet: Sheet, x: float, y: float, radius: float) -> None:
    rim = [
        (x + radius * math.cos(a / 40 * math.tau), y + radius * math.sin(a / 40 * math.tau))
        for a in range(41)
    ]
    sheet.stroke(rim, 14, "#8a9496")
    for spoke in range(6):
        angle = spoke / 6 * math.tau
        end = (x + radius * math.cos(angle), y + radius * math.sin(angle))
        sheet.stroke([(x, y), end], 9, "#8a9496")
    sheet.disc(x, y, 22, "#8a9496")


def lamp(sheet: Sheet) -> None:
    """The keeper's hut at a quarter to three."""
    sheet.bands(0, 620, ["#0e1826", "#1a2b3b", "#30444e"], 12)
    sheet.disc(360, 190, 52, "#e9e2c6")
    sheet.disc(384, 178, 50, "#142234")
    sheet.ridge(610, 40, "#1c2c36", 1.1)
    sheet.bands(620, 900, ["#2b4650", "#13222f"], 9)
    sheet.shape([(700, 640), (1600, 620), (1600, 760), (760, 720)], "#262f33")
    sheet.box(880, 420, 380, 230, "#3d3a38")
    sheet.shape([(850, 424), (930, 320), (1210, 320), (1290, 424)], "#22262b")
    sheet.box(1150, 270, 36, 70, "#22262b")
    for x, y, size in ((1168, 236, 18), (1190, 196, 26), (1226, 146, 36)):
        sheet.disc(x, y, size, "#5b6b72", 0.3)
    sheet.disc(1000, 524, 150, "#f0b95a", 0.08)
    sheet.box(950, 474, 100, 96, "#f6c96d")
    sheet.stroke([(1000, 474), (1000, 570)], 6, "#3d3a38")
    sheet.stroke([(950, 520), (1050, 520)], 6, "#3d3a38")
    sheet.box(1120, 480, 84, 170, "#2a2c2e")
    sheet.disc(640, 420, 120, "#f0b95a", 0.10)
    sheet.stroke([(640, 660), (640, 420)], 10, "#0c141c")
    sheet.box(618, 392, 44, 58, "#f6cf7c")
    sheet.shape([(608, 394), (640, 364), (672, 394)], "#0c141c")
    sheet.glints((580, 670, 700, 890), 34, "#f6cf7c", 0.55)
    sheet.glints((930, 730, 1070, 890), 24, "#f6c96d", 0.4)
    sheet.glints((310, 640, 420, 880), 20, "#e9e2c6", 0.3)


def market(sheet: Sheet) -> None:
    """Awnings on the Square, the Weighhouse behind."""
    sheet.bands(0, 640, ["#bcd0d0", "#e2e3d2"], 10)
    walls = (("#cbb694", "#8f5f4b"), ("#d8c6a6", "#6f6a63"), ("#bfa98a", "#8f5f4b"))
    for index, x in enumerate((-30, 190, 980, 1190, 1410)):
        sheet.gable(x, 620, 210, 300 + 40 * (index % 2), 110, walls[index % 3])
        for row in range(3):
            for column in range(3):
                sheet.box(x + 30 + column * 60, 350 + row * 80, 30, 46, "#7d7264")
    sheet.gable(420, 620, 540, 330, 190, ("#e6d5b4", "#54616a"))
    sheet.disc(690, 218, 46, CREAM)
    sheet.stroke([(690, 218), (690, 186)], 6, INK)
    sheet.stroke([(690, 218), (712, 228)], 6, INK)
    for x in (500, 630, 760, 860):
        sheet.box(x, 360, 44, 76, "#54616a")
    sheet.bands(600, 900, ["#b7a685", "#9c8a6c"], 6)
    stripes = ((90, RUST), (590, "#3f6f73"), (1090, OCHRE))
    for x, colour in stripes:
        _stall(sheet, x, colour)
    sheet.glints((60, 860, 1540, 895), 16, "#83735a", 0.5)


def _stall(sheet: Sheet, x: float, colour: str) -> None:
    sheet.box(x + 20, 520, 12, 310, INK)
    sheet.box(x + 388, 520, 12, 310, INK)
    sheet.box(x + 12, 700, 396, 130, "#7a5c42")
    for crate in range(4):
        left = x + 22 + crate * 96
        fruit = (RUST, OCHRE, "#6d8a4e", "#6a4a62")[(crate + int(x)) % 4]
        for row in range(2):
            for column in range(4 - row):
                sheet.disc(left + 14 + column * 21 + row * 10, 692 - row * 17, 12, fruit)
        sheet.box(left, 692, 86, 40, "#a5835f")
        sheet.stroke([(left, 712), (left + 86, 712)], 3, "#7a5c42")
    for stripe in range(8):
        left, tint = x - 10 + stripe * 55, colour if stripe % 2 == 0 else CREAM
        sheet.shape([(left + 10, 450), (left + 54, 450), (left + 55, 560), (left, 560)], tint)
        sheet.disc(left + 27.5, 560, 27.5, tint)
    sheet.box(x, 442, 420, 14, INK)


def fog(sheet: Sheet) -> None:
    """Roofs and masts, one behind another, until there is nothing."""
    sheet.bands(0, 900, ["#dfe0da", "#d6d9d4", "#cdd2ce"], 9)
    sheet.disc(1130, 210, 62, "#ecebe3")
    layers = ("#c5cbc8", "#b2bbba", "#98a5a6", "#78898c", "#526469")
    for depth, colour in enumerate(layers):
        foot = 430 + depth * 105.0
        sheet.box(0, foot - 10, WIDTH, HEIGHT, colour)
        x = -120.0 + depth * 37
        while x < WIDTH:
            width = sheet.rng.uniform(110, 170) * (1 + depth * 0.22)
            wall = sheet.rng.uniform(50, 110) * (1 + depth * 0.1)
            sheet.gable(x, foot + 420, width, wall + 420, width * 0.5, (colour, colour))
            if sheet.rng.random() < 0.6:
                sheet.box(x + width * 0.68, foot - wall - width * 0.42, 14 + depth * 3, width * 0.4, colour)
            x += width + sheet.rng.uniform(-10, 60 + depth * 30)
        if depth in (1, 3):
            for mast in (0.22, 0.61, 0.83):
                x = WIDTH * mast + depth * 40
                sheet.stroke([(x, foot + 60), (x, foot - 270)], 4 + depth, colour)
                sheet.stroke([(x - 90, foot), (x, foot - 262), (x + 120, foot)], 2, colour)
        if depth < len(layers) - 1:
            sheet.shape([(0, foot + 66), (WIDTH, foot + 40), (WIDTH, HEIGHT), (0, HEIGHT)], "#dfe0da", 0.42)


def bakery(sheet: Sheet) -> None:
    """Tar Lane at half past five."""
    sheet.bands(0, 900, ["#26334a", "#3b4560", "#6a5f6f"], 10)
    sheet.box(0, 90, 430, 700, "#2b3044")
    sheet.box(1190, 60, 410, 730, "#252a3d")
    sheet.box(400, 150, 820, 640, "#4a4354")
    sheet.shape([(380, 156), (460, 60), (1160, 60), (1240, 156)], "#2a2636")
    for x in (520, 750, 980):
        sheet.box(x, 210, 110, 130, "#332f40")
    sheet.box(986, 216, 98, 118, "#d99c50", 0.5)
    sheet.disc(710, 590, 420, "#f2b95e", 0.07)
    sheet.box(480, 430, 470, 270, "#f4c673")
    sheet.box(480, 640, 470, 60, "#c98b48")
    for row, y in enumerate((520, 600)):
        sheet.box(480, y, 470, 10, "#8a5a34")
        for column in range(5 - row):
            left = 506 + column * 88 + row * 36
            sheet.shape([(left, y), (left + 8, y - 34), (left + 56, y - 34), (left + 64, y)], "#a9652f")
            sheet.stroke([(left + 20, y - 30), (left + 28, y - 8)], 4, "#7d4720")
            sheet.stroke([(left + 40, y - 30), (left + 48, y - 8)], 4, "#7d4720")
    for x in (480, 636, 794, 944):
        sheet.box(x, 430, 8, 270, "#2a2636")
    for stripe in range(9):
        left, tint = 452 + stripe * 59, "#8f3f3a" if stripe % 2 else "#e7d3ae"
        sheet.shape([(left + 6, 384), (left + 59, 384), (left + 59, 446), (left, 446)], tint)
    sheet.box(1010, 450, 140, 340, "#2a2636")
    sheet.box(1028, 474, 104, 140, "#f4c673")
    sheet.bands(790, 900, ["#3a3a4c", "#2b2c3d"], 4)
    sheet.shape([(470, 790), (960, 790), (1080, 900), (360, 900)], "#f2b95e", 0.22)
    sheet.glints((420, 820, 1000, 895), 20, "#f4c673", 0.45)


def school(sheet: Sheet) -> None:
    """The school above Gull Stairs, the sand below, a pole in it."""
    sheet.bands(0, 520, ["#a9c6cc", "#d7e0d4", "#efe5cc"], 11)
    sheet.ridge(430, 50, "#b4c6b8", 0.7)
    sheet.bands(440, 560, ["#7fa3a6", "#93b1ad"], 5)
    sheet.shape([(0, 330), (760, 360), (960, 560), (980, 900), (0, 900)], "#8c8b7a")
    sheet.shape([(0, 330), (760, 360), (780, 384), (0, 356)], "#7e9a6b")
    sheet.bands(600, 900, ["#dcc9a2", "#c9b288", "#b59a70"], 8)
    sheet.shape([(0, 340), (770, 368), (880, 640), (0, 700)], "#8c8b7a")
    for step in range(12):
        x, y = 560 + step * 26.0, 366 + step * 24.0
        sheet.box(x, y, 120, 26, CREAM if step % 2 == 0 else "#ded2bb")
    sheet.gable(130, 352, 380, 150, 104, ("#e9dcc2", RUST))
    sheet.box(280, 64, 80, 130, "#e9dcc2")
    sheet.shape([(268, 70), (320, 10), (372, 70)], RUST)
    sheet.box(300, 90, 40, 46, INK)
    sheet.disc(320, 112, 13, OCHRE)
    for x in (164, 234, 362, 432):
        sheet.box(x, 242, 46, 66, "#5f8588")
    sheet.box(296, 262, 50, 90, "#5f8588")
    for stripe in range(9):
        sheet.box(1130, 420 + stripe * 42, 18, 42, RUST if stripe % 2 == 0 else CREAM)
    for stripe in range(6):
        sheet.box(1390, 500 + stripe * 34, 13, 34, RUST if stripe % 2 == 0 else CREAM)
    sheet.stroke([(1139, 470), (1396, 512)], 2.5, INK)
    sheet.shape([(1130, 798), (1148, 798), (1010, 826), (1000, 820)], "#8d7a58", 0.6)
    sheet.shape([(1390, 704), (1403, 704), (1300, 722), (1294, 718)], "#8d7a58", 0.6)
    sheet.glints((900, 640, 1590, 880), 26, "#a58c63", 0.5)
    sheet.glints((980, 470, 1590, 555), 30, CREAM, 0.5)


def nets(sheet: Sheet) -> None:
    """Nets drying on Coble Slip."""
    sheet.bands(0, 560, ["#c3d3d0", "#e8e2cb"], 9)
    sheet.ridge(520, 44, "#a3b7b2", 0.9)
    sheet.bands(530, 640, ["#7c9fa1", "#8fada9"], 5)
    sheet.bands(640, 900, ["#b9a988", "#94825f"], 7)
    poles = (110, 470, 830, 1190, 1530)
    for left, right in pairwise(poles):
        _net(sheet, left, right)
    for x in poles:
        sheet.stroke([(x, 190), (x, 800)], 16, INK)
        sheet.stroke([(x - 30, 800), (x + 60, 822)], 10, "#6e6047", 0.4)
    sheet.shape([(560, 800), (900, 790), (950, 750), (920, 850), (600, 850)], RUST)
    sheet.shape([(560, 800), (900, 790), (950, 750), (944, 768), (902, 806), (566, 814)], CREAM)


def _net(sheet: Sheet, left: float, right: float) -> None:
    width = right - left

    def sag(part: float, depth: float) -> tuple[float, float]:
        return left + width * part, 230 + depth + math.sin(part * math.pi) * (70 + depth * 0.12)

    edge = [sag(part / 20, 0) for part in range(21)]
    foot = [sag(part / 20, 400) for part in range(20, -1, -1)]
    sheet.shape([*edge, *foot], "#3f6f73", 0.30)
    for row in range(0, 401, 40):
        sheet.stroke([sag(part / 20, row) for part in range(21)], 2, "#284a50", 0.75)
    for column in range(1, 12):
        sheet.stroke([sag(column / 12, depth) for depth in range(0, 401, 40)], 2, "#284a50", 0.75)
    sheet.stroke(edge, 5, INK)
    for part in range(1, 8):
        x, y = sag(part / 8, 0)
        sheet.disc(x, y, 15, RUST if part % 2 else OCHRE)


def strand(sheet: Sheet) -> None:
    """What a tide has left, seen from above."""
    sheet.bands(0, 900, ["#e2d3b0", "#d8c59d", "#cdb78c"], 7)
    for reach, colour, alpha in (
        (330, "#bfa77d", 0.6),
        (280, CREAM, 0.95),
        (250, "#8fb3b0", 1),
        (150, "#6b989a", 1),
    ):
        line = [
            (float(x), reach + 44 * math.sin(x / 260) + 24 * math.sin(x / 97 + reach))
            for x in range(0, 1601, 10)
        ]
        sheet.shape([(0, 0), *line, (1600, 0)], colour, alpha)
    for x, y, size in ((240.0, 560.0, 62), (1340, 470, 46), (980, 770, 54), (640, 470, 34)):
        _shell(sheet, x, y, size)
    sheet.shape([(440, 720), (640, 640), (664, 700), (464, 782)], "#4d7a63")
    sheet.shape([(640, 640), (690, 636), (742, 612), (750, 634), (704, 668), (664, 700)], "#4d7a63")
    sheet.shape([(490, 722), (610, 674), (624, 706), (504, 756)], CREAM)
    sheet.shape([(1120, 560), (1230, 540), (1262, 660), (1150, 690)], RUST)
    for x, y in ((1128, 560), (1158, 552), (1188, 546), (1218, 540)):
        sheet.stroke([(x, y), (x - 16, y - 74)], 25, RUST)
        sheet.disc(x - 16, y - 74, 12.5, RUST)
    sheet.stroke([(1240, 610), (1306, 572)], 28, RUST)
    sheet.disc(1306, 572, 14, RUST)
    sheet.stroke([(1150, 690), (1262, 660)], 18, CREAM)
    for _ in range(90):
        x, y = sheet.rng.uniform(0, 1600), sheet.rng.uniform(420, 890)
        sheet.disc(x, y, sheet.rng.uniform(2, 6), sheet.rng.choice((INK, "#9c875f", CREAM)), 0.6)
    rope = [(760 + t * 6.0, 840 + 26 * math.sin(t / 9)) for t in range(110)]
    sheet.stroke(rope, 13, "#a5835f")


def _shell(sheet: Sheet, x: float, y: float, size: float) -> None:
    fan = [
        (x + size * math.cos(a), y - size * math.sin(a)) for a in (math.pi * k / 16 for k in range(-2, 19))
    ]
    sheet.shape([*fan, (x, y + size * 0.6)], "#e8b79a")
    for rib in range(1, 8):
        angle = math.pi * rib / 8
        end = (x + size * 0.96 * math.cos(angle), y - size * 0.96 * math.sin(angle))
        sheet.stroke([(x, y + size * 0.5), end], 3, "#b9775f")


def type_case(sheet: Sheet) -> None:
    """The second case from the window, seen from above."""
    sheet.bands(0, 900, ["#6e5238", "#5b422c", "#4a3524"], 8)
    sheet.box(110, 90, 1380, 640, "#8a6845")
    sheet.box(134, 114, 1332, 592, "#3b2a1c")
    columns, rows = (3, 5, 4, 7, 5, 3, 6, 4), 5
    x = 140.0
    for column, share in enumerate(columns):
        width = 1320 * share / sum(columns)
        for row in range(rows):
            _compartment(sheet, (x, 120 + row * 116), (width - 8, 108), filled=(column, row) != (5, 2))
        x += width
    sheet.box(420, 560, 760, 150, "#9aa3a3")
    sheet.box(436, 576, 728, 108, "#5d6668")
    for line in range(3):
        for place in range(13 - line * 3):
            sheet.box(446 + place * 54, 582 + line * 34, 46, 28, CREAM if (place * 7 + line) % 5 else OCHRE)
    sheet.box(1104, 548, 40, 174, RUST)
    sheet.bands(770, 900, ["#a9825a", "#8f6c48"], 3)


def _compartment(
    sheet: Sheet, corner: tuple[float, float], size: tuple[float, float], *, filled: bool
) -> None:
    (x, y), (width, height) = corner, size
    sheet.box(x, y, width, height, "#c9a877" if filled else "#2a1d13")
    if not filled:
        return
    for step in range(int(width // 56)):
        lean = (step * 5 + int(y)) % 7
        sheet.box(x + 10 + step * 56 + lean, y + 30, 36, 56, "#3d4448" if lean % 2 else "#6d777a")
