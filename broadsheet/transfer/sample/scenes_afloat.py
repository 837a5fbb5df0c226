"""Pictures of the water and what goes on it."""

from broadsheet.transfer.sample.painting import Sheet

INK, CREAM, RUST, OCHRE = "#1f2d36", "#f4ead6", "#b4513a", "#dba347"


def ferry(sheet: Sheet) -> None:
    """The Patience on a calm morning, Skarn behind her."""
    sheet.bands(0, 480, ["#f0d9b8", "#f3e3c8", "#dfe0d2"], 12)
    sheet.disc(1180, 300, 74, "#fbf3df")
    sheet.ridge(430, 90, "#a9b9b4", 0.8)
    sheet.ridge(468, 46, "#84a09f", 1.3)
    sheet.bands(470, 900, ["#9fb9b6", "#6f979a", "#47727b"], 11)
    sheet.glints((950, 490, 1420, 860), 60, "#fbf3df", 0.55)
    sheet.glints((0, 500, 1600, 890), 70, "#2f5661", 0.25)
    hull = [(380, 560), (1110, 560), (1196, 528), (1150, 640), (430, 640)]
    sheet.shape([(400, 640), (1160, 640), (1080, 700), (470, 700)], "#2f5661", 0.35)
    sheet.shape(hull, RUST)
    sheet.shape([(380, 560), (1110, 560), (1196, 528), (1190, 544), (1114, 576), (386, 576)], CREAM)
    sheet.box(470, 480, 520, 82, CREAM)
    for x in range(505, 960, 66):
        sheet.box(x, 502, 40, 30, "#47727b")
    sheet.box(700, 402, 210, 80, CREAM)
    sheet.box(690, 394, 230, 12, INK)
    for x in (718, 782, 846):
        sheet.box(x, 420, 48, 30, INK)
    sheet.shape([(560, 480), (570, 380), (626, 380), (632, 480)], INK)
    sheet.box(569, 400, 58, 22, RUST)
    for y, width, x in ((350, 26, 566), (318, 36, 530), (280, 46, 470)):
        sheet.disc(x, y, width, "#8f9d98", 0.35)
    sheet.stroke([(940, 480), (940, 350)], 5, INK)
    sheet.shape([(940, 352), (1000, 366), (940, 384)], OCHRE)
    sheet.swell(640, "#5c868b", 4, 120)
    sheet.bands(660, 900, ["#5c868b", "#3d6872"], 7)
    sheet.glints((960, 660, 1420, 890), 34, "#fbf3df", 0.45)
    sheet.glints((300, 665, 1250, 700), 22, RUST, 0.35)


def boats(sheet: Sheet) -> None:
    """Three boats outward bound under a low sun."""
    sheet.bands(0, 520, ["#5d4a5c", "#a8605a", "#dd8a55", "#f0b768"], 16)
    sheet.disc(800, 470, 128, "#f8d98c")
    sheet.ridge(512, 36, "#7a4d55", 0.9)
    sheet.bands(520, 900, ["#e0a05f", "#9a6058", "#4a3e51"], 14)
    sheet.glints((660, 530, 940, 880), 90, "#f8d98c", 0.65)
    for x, y, size in ((430.0, 560.0, 0.7), (800, 610, 1.0), (1240, 690, 1.5)):
        _fishing_boat(sheet, x, y, size)
    for x, y in ((330, 250), (380, 225), (420, 262), (1010, 180), (1050, 200)):
        sheet.stroke([(x - 20, y - 8), (x, y + 3), (x + 20, y - 8)], 4, "#3a2f40")


def _fishing_boat(sheet: Sheet, x: float, y: float, size: float) -> None:
    def at(*points: tuple[float, float]) -> list[tuple[float, float]]:
        return [(x + dx * size, y + dy * size) for dx, dy in points]

    dark = "#2b2534"
    sheet.shape(at((-125, 44), (120, 44), (90, 82), (-100, 82)), dark, 0.4)
    sheet.shape(at((-130, -8), (-60, 4), (70, 4), (150, -30), (118, 46), (-112, 46)), dark)
    sheet.shape(at((-20, 4), (-20, -58), (52, -58), (62, 4)), dark)
    sheet.shape(at((-6, -46), (16, -46), (16, -24), (-6, -24)), "#f8d98c")
    sheet.stroke(at((-70, 4), (-70, -130)), 5 * size, dark)
    sheet.stroke(at((78, 0), (78, -170)), 5 * size, dark)
    sheet.stroke(at((-128, -8), (-70, -128), (78, -168), (148, -30)), 2 * size, dark)


def tug(sheet: Sheet) -> None:
    """The tug, side on, in a chop."""
    sheet.bands(0, 500, ["#cfd8d2", "#e6e4d4"], 9)
    sheet.ridge(480, 40, "#b3c0b9", 1.1)
    for x, width, height in ((90, 130, 120), (240, 90, 90), (1260, 170, 140), (1450, 100, 100)):
        sheet.gable(x, 500, width, height, 44, ("#9caca6", "#8a9c97"))
    sheet.bands(500, 900, ["#8fa9a6", "#5e8285"], 6)
    for index, colour in enumerate(("#7b9a9a", "#6b8d8f")):
        sheet.swell(540 + index * 40, colour, 9, 190)
    sheet.shape([(420, 560), (1130, 560), (1240, 480), (1200, 700), (470, 700), (400, 600)], "#2f5a4c")
    sheet.shape([(420, 560), (1130, 560), (1240, 480), (1236, 506), (1134, 584), (412, 584)], CREAM)
    for x in range(480, 1140, 92):
        sheet.disc(x, 622, 27, INK)
        sheet.disc(x, 622, 11, "#2f5a4c")
    sheet.box(640, 420, 390, 142, CREAM)
    sheet.box(760, 300, 240, 122, CREAM)
    sheet.box(746, 288, 268, 16, "#2f5a4c")
    for x in (784, 858, 932):
        sheet.box(x, 328, 52, 46, "#5e8285")
    for x in (690, 790, 890, 980):
        sheet.disc(x, 490, 20, "#5e8285")
    sheet.box(580, 230, 100, 332, INK)
    sheet.box(580, 284, 100, 52, RUST)
    sheet.stroke([(880, 290), (880, 150)], 7, INK)
    sheet.stroke([(880, 160), (1180, 500)], 2.5, INK)
    sheet.disc(880, 196, 11, OCHRE)
    sheet.disc(880, 232, 11, OCHRE)
    for x, y, size in ((612, 176, 44), (556, 128, 60), (466, 80, 82)):
        sheet.disc(x, y, size, "#8a9c97", 0.4)
    for index, colour in enumerate(("#52787d", "#456a71", "#385b64")):
        sheet.swell(678 + index * 66, colour, 14, 230 - index * 30)
    sheet.glints((100, 720, 1500, 880), 40, CREAM, 0.3)


def dredger(sheet: Sheet) -> None:
    """The Gravy in the still basin."""
    sheet.bands(0, 520, ["#e9dcc1", "#d8cfb8"], 8)
    walls = ("#a5937c", "#97806b", "#b09b80", "#8c7765")
    for index, x in enumerate(-40.0 + 210 * house for house in range(8)):
        sheet.gable(x, 520, 196, 170 + 30 * (index % 3), 90, (walls[index % 4], "#6c5a50"))
        for row in range(2):
            for column in range(3):
                sheet.box(x + 28 + column * 52, 390 + row * 60, 26, 36, "#5b4c45")
    sheet.box(0, 510, 1600, 48, "#6a5c51")
    sheet.bands(556, 900, ["#93977f", "#6e7b6e", "#4b5c58"], 9)
    sheet.shape([(330, 640), (1100, 640), (1060, 740), (370, 740)], INK)
    sheet.box(330, 632, 770, 20, OCHRE)
    sheet.box(450, 520, 190, 114, CREAM)
    sheet.box(438, 508, 214, 16, RUST)
    for x in (474, 534, 594):
        sheet.box(x, 548, 34, 34, INK)
    sheet.stroke([(800, 636), (860, 300)], 16, INK)
    sheet.stroke([(940, 636), (860, 300)], 16, INK)
    sheet.stroke([(860, 306), (1330, 640)], 26, OCHRE)
    sheet.stroke([(860, 306), (1330, 640)], 6, INK)
    for step in range(1, 8):
        x, y = 860 + 470 * step / 8, 306 + 334 * step / 8
        sheet.shape([(x - 22, y + 10), (x + 22, y + 10), (x + 14, y + 46), (x - 14, y + 46)], INK)
    sheet.bands(728, 900, ["#5a6b64", "#3f504e"], 5)
    sheet.glints((200, 735, 1400, 890), 46, "#e9dcc1", 0.3)
    sheet.glints((360, 735, 1060, 800), 14, OCHRE, 0.4)


def lighthouse(sheet: Sheet) -> None:
    """Gannet Head in the evening."""
    sheet.bands(0, 600, ["#22344a", "#3d5566", "#7a8a86", "#d9b98a"], 15)
    for _ in range(46):
        sheet.disc(
            sheet.rng.uniform(0, 1600), sheet.rng.uniform(0, 260), sheet.rng.uniform(0.8, 2), CREAM, 0.7
        )
    sheet.bands(600, 900, ["#8a8f83", "#3d5566", "#1f2f42"], 10)
    sheet.shape([(1120, 232), (0, 80), (0, 330)], "#f7e7b4", 0.20)
    sheet.shape([(1120, 232), (0, 140), (0, 270)], "#f7e7b4", 0.22)
    sheet.shape([(1120, 232), (1600, 190), (1600, 300)], "#f7e7b4", 0.2)
    land = [
        (620, 640),
        (760, 600),
        (850, 520),
        (960, 500),
        (1080, 462),
        (1250, 470),
        (1400, 520),
        (1600, 540),
    ]
    sheet.shape([*land, (1600, 900), (1500, 760), (1240, 700), (900, 690)], "#16222f")
    sheet.shape([(1066, 470), (1086, 268), (1154, 268), (1176, 470)], CREAM)
    sheet.shape([(1074, 390), (1080, 330), (1160, 330), (1167, 390)], RUST)
    sheet.shape([(1120, 268), (1154, 268), (1176, 470), (1128, 470)], INK, 0.18)
    sheet.box(1072, 256, 96, 14, INK)
    sheet.box(1092, 210, 56, 48, "#f7e7b4")
    sheet.shape([(1084, 212), (1120, 172), (1156, 212)], RUST)
    sheet.gable(1216, 478, 110, 52, 40, (CREAM, INK))
    sheet.box(1252, 440, 22, 22, OCHRE)
    sheet.glints((60, 620, 860, 880), 70, "#f7e7b4", 0.35)
    sheet.ridge(850, 24, "#111a25", 1.2)


def pier(sheet: Sheet) -> None:
    """The Long Pier at low water."""
    sheet.bands(0, 430, ["#c9d6d3", "#dfe3d6", "#efe3c9"], 11)
    sheet.ridge(428, 30, "#a8bab6", 0.8)
    sheet.bands(430, 560, ["#86a5a7", "#a3b9b1"], 6)
    sheet.bands(560, 900, ["#d2c29f", "#c0aa83", "#a88f6b"], 9)
    for y, width in ((610.0, 500.0), (668, 760), (748, 980), (840, 1240)):
        x = sheet.rng.uniform(0, 420)
        sheet.shape(
            [(x, y), (x + width * 0.4, y - 12), (x + width, y), (x + width * 0.5, y + 16)], "#9fb3ab", 0.8
        )
    for index in range(13):
        x, foot = 1540 - index * 106.0, 800 - index * 20.0
        top, width = 390 + index * 2.6, 22 - index * 1.2
        sheet.stroke([(x, top), (x - 10, foot)], width, INK)
        sheet.stroke([(x - 10, foot), (x - 70, foot + 18)], width * 0.7, "#6e5d49", 0.45)
        if index % 2 == 0:
            sheet.stroke([(x, top + 40), (x - 100, foot - 60)], width * 0.4, INK)
    sheet.shape([(1600, 350), (1600, 402), (180, 426), (180, 412)], "#33454c")
    sheet.stroke([(1600, 300), (180, 398)], 5, INK)
    for x in range(220, 1600, 60):
        sheet.stroke([(x, 410 - (x - 180) * 0.02), (x, 398 - (x - 180) * 0.069)], 4, INK)
    sheet.gable(196, 414, 72, 50, 30, (CREAM, RUST))
    sheet.disc(520, 742, 9, RUST)
    sheet.shape([(508, 752), (532, 752), (536, 800), (504, 800)], RUST)
    sheet.shape([(540, 790), (562, 790), (558, 812), (544, 812)], "#47727b")
