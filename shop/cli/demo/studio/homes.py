"""Houses of the valleys, for landscapes and for the rooms that are let to guests."""

from random import Random

from shop.cli.demo.studio.canvas import Sheet, ellipse, group, line, lit, path
from shop.cli.demo.studio.weave import cloth, threads

ROOF, WOOD = "#8a6a42", "#9a6a3c"


def stilt_house(sheet: Sheet, x: float, y: float, scale: float) -> str:
    """Return a stilt house with its posts' feet at (x, y); at scale 1 about 460 units wide and 380 tall."""
    dark = lit(WOOD, -0.5)
    thatch = sheet.linear([lit(ROOF, 0.35), ROOF, lit(ROOF, -0.4)], 0.25, 1)
    wall = sheet.linear([lit(WOOD, 0.2), WOOD, lit(WOOD, -0.3)], 1, 0.4)
    posts = "".join(f"M{px} -6V-130" for px in (-170, -90, 0, 90, 170))
    planks = "".join(f"M{px} -130V-218" for px in range(-170, 190, 24))
    straw = "".join(f"M{px * 0.55:.0f} -344L{px} -206" for px in range(-220, 240, 26))
    parts = [
        path("M-210 0C-120 -16 130 -18 220 0C150 16 -140 18 -210 0Z", "#14220e", 'fill-opacity=".4"'),
        path("M-176 -14H176V-130H-176Z", lit(dark, -0.3), 'fill-opacity=".55"'),
        line(posts, dark, 14),
        line(posts, lit(WOOD, -0.1), 6),
        path("M-186 -140H186V-222H-186Z", wall),
        line(planks, lit(WOOD, -0.4), 2.5),
        path("M-204 -146H204V-132H-204Z", lit(WOOD, 0.1)),
        path("M-40 -212H10V-142H-40ZM60 -204H112V-166H60ZM-130 -204H-84V-166H-130Z", lit(dark, -0.35)),
        path("M60 -204H112V-198H60ZM-130 -204H-84V-198H-130Z", "#f4c86a", 'fill-opacity=".8"'),
        line(("M-204 -150V-184M-160 -150V-184M-116 -150V-184M-72 -150V-184M44 -150V-184M120 -150V-184M164 "
"-150V-184M204 -150V-184M-204 -184H-50M20 -184H204"), lit(WOOD, 0.25), 4),
        path(("M-128 -350C-60 -366 60 -366 128 -350C168 -300 206 -246 238 -206C120 -190 -120 -190 -238 -206C-206 "
"-246 -168 -300 -128 -350Z"), thatch),
        line(straw, lit(ROOF, -0.3), 2.5, 'stroke-opacity=".5"'),
        line("M-238 -205C-120 -190 120 -190 238 -205", lit(ROOF, -0.5), 9),
        line("M-128 -350C-60 -366 60 -366 128 -350", lit(ROOF, 0.3), 8),
        path("M-26 -132L-62 -4H-40L-4 -132Z", lit(WOOD, -0.15)),
        line("M-24 -112H0M-30 -90H-6M-36 -68H-12M-42 -46H-18M-48 -24H-24", lit(WOOD, 0.35), 5),
    ]  # fmt: skip
    return group(parts, x, y, 0, scale)


def guest_room(sheet: Sheet, dice: Random) -> None:
    """Draw a room for guests: plank walls, a window on the hills, mattresses with woven covers on the floor."""
    sheet.add(f'<rect width="1200" height="640" fill="{sheet.linear(["#a9773f", "#8a5c2e", "#6f4722"])}"/>')
    for plank in range(13):
        x = plank * 96
        sheet.add(f'<rect x="{x}" width="92" height="640" fill="{lit("#9a6a38", dice.uniform(-0.16, 0.14))}"/>')
        sheet.add(line(f"M{x + 30} 0q{dice.uniform(-14, 14):.0f} 300 6 640", "#5f3d1c", 3, 'stroke-opacity=".5"'))
    sheet.add('<rect x="420" y="110" width="400" height="340" rx="6" fill="#4a2f16"/>')
    sheet.add(f'<rect x="444" y="134" width="352" height="292" fill="{sheet.linear(["#bcd8ea", "#f6ecd2"], 0, 1)}"/>')
    sheet.add(
        path("M444 330Q520 250 600 310T796 280V426H444Z", "#8fb0a8"),
        path("M444 380Q560 310 660 360T796 340V426H444Z", "#6f9a58"),
    )
    sheet.add(line("M620 134V426M444 280H796", "#5f3d1c", 14))
    sheet.add(f'<rect y="640" width="1200" height="560" fill="{sheet.linear(["#8a6230", "#c99a58"], 0, 1)}"/>')
    for step in range(-14, 30):
        sheet.add(
            line(f"M{600 + (step - 8) * 34} 640L{600 + (step - 8) * 110} 1200", "#6a4720", 3, 'stroke-opacity=".6"')
        )
    colours = (
        ("#1f2a5c", "#d8332a", "#f2c230", "#f6ead6"),
        ("#24182c", "#8a2b6e", "#e08a2a", "#e8e0cc"),
        ("#2a4a3a", "#c84a6a", "#e8c05a", "#f4ecd8"),
    )
    for bed, motif in enumerate(("zigzag", "steps", "diamonds")):
        left, far = 40 + bed * 390, 130 + bed * 330
        top = f"M{far} 700H{far + 270}L{left + 340} 1120H{left}Z"
        sheet.add(path(f"M{left} 1120h340v54H{left}z", "#cfc2a8"), path(top, "#f2ead8"))
        cover = f"M{far - 38} 830H{far + 288 + bed * 4}L{left + 340} 1120H{left}Z"
        sheet.add(path(cover, cloth(sheet, motif, colours[bed], 64)), path(cover, threads(sheet)))
        sheet.add(path(cover, sheet.linear([(0, "#ffffff", 0.16), (1, "#000000", 0.3)], 1, 1)))
        sheet.add(ellipse(far + 132, 742, 110, 34, sheet.linear(["#ffffff", "#cfc8b8"], 0.3, 1)))
    glow = sheet.radial([(0, "#fff2cc", 0.5), (1, "#fff2cc", 0)], 0.5, 0.5, 0.5)
    sheet.add(ellipse(600, 700, 520, 330, glow))
