"""Where goods are photographed: a table of wood, bamboo, cloth or stone before a soft wall, with light and shade."""

from functools import lru_cache
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageOps

from shop.cli.demo.studio.emoji import PIXELS, SHARE

HORIZON = round(560 * SHARE)  # pixels from the top, where the table ends and the wall begins
Colours = tuple[str, str, str]  # dark, middle, light

TABLES: dict[str, tuple[str, Colours, Colours]] = {  # texture, its colours, colours of the wall
    "wood": ("wood", ("#5d3a20", "#a4713f", "#d2a873"), ("#b89a78", "#e3cfb2", "#f6ead6")),
    "darkwood": ("wood", ("#2c1a10", "#5b3a24", "#8a5f3e"), ("#4c4036", "#8d7a66", "#c9b8a0")),
    "palewood": ("wood", ("#a98a62", "#d9bf96", "#f0e0c2"), ("#b7bda6", "#dfe2d0", "#f5f4e8")),
    "bamboo": ("mat", ("#8a6a34", "#c9a765", "#ead39a"), ("#9aa583", "#cfd4b6", "#f1f0dc")),
    "indigo": ("cloth", ("#161c3c", "#2b3566", "#4a558c"), ("#a89a8c", "#d8cbbb", "#f3eadd")),
    "linen": ("cloth", ("#b6a58a", "#ddd0b8", "#f3ead8"), ("#9fa9a0", "#d3d8cd", "#f2f2ea")),
    "stone": ("stone", ("#83857f", "#b3b4ac", "#d5d5cc"), ("#8a968e", "#c3cbc0", "#eceee6")),
    "leaf": ("wood", ("#6b4a2a", "#b08452", "#dcb885"), ("#5f7c45", "#9dbb74", "#e2edc2")),
}


def _noise(seed: int, width: int, height: int) -> Image.Image:
    return Image.frombytes("L", (width, height), Random(seed).randbytes(width * height))


def _smooth(seed: int, cells: tuple[int, int], size: tuple[int, int]) -> Image.Image:
    return _noise(seed, *cells).resize(size, Image.Resampling.BICUBIC)


def _wood(size: tuple[int, int]) -> Image.Image:
    """Return planks in grey: long streaks, finer streaks over them, dark joints, each plank of its own tone."""
    wide, high = size
    grain = Image.blend(_smooth(1, (7, 170), size), _smooth(2, (30, 520), size), 0.5)
    tone = _smooth(3, (3, 8), size)
    grain = Image.blend(grain, tone, 0.35)
    draw = ImageDraw.Draw(grain)
    dice = Random(4)
    plank = high // 6
    for row in range(7):
        shade = dice.randrange(-26, 26)
        box = (0, row * plank, wide, (row + 1) * plank)
        grain.paste(grain.crop(box).point(lambda level, add=shade: max(0, min(255, level + add))), box)
        draw.rectangle((0, row * plank - 3, wide, row * plank + 2), fill=8)
    return grain


def _mat(size: tuple[int, int]) -> Image.Image:
    """Return a plaited bamboo mat in grey: two over, two under."""
    step, tile = 26, 104
    cell = Image.new("L", (tile, tile), 96)
    draw = ImageDraw.Draw(cell)
    for row in range(4):
        for column in range(4):
            upright = (row + column) % 4 < 2
            x, y = column * step, row * step
            for edge in range(step - 3):
                light = 205 - abs(edge - 8) * 7
                ends = ((x + edge, y), (x + edge, y + step)) if upright else ((x, y + edge), (x + step, y + edge))
                draw.line(ends, fill=light - (22 if upright else 0))
    sheet = Image.new("L", size)
    for x in range(0, size[0], tile):
        for y in range(0, size[1], tile):
            sheet.paste(cell, (x, y))
    return Image.blend(sheet, _smooth(6, (60, 60), size), 0.22)


def _cloth(size: tuple[int, int]) -> Image.Image:
    """Return linen in grey: warp and weft of fine threads, soft folds."""
    warp = _noise(7, size[0] // 2, 24).resize(size, Image.Resampling.BICUBIC)
    weft = _noise(8, 24, size[1] // 2).resize(size, Image.Resampling.BICUBIC)
    folds = _smooth(9, (5, 4), size)
    return Image.blend(Image.blend(warp, weft, 0.5), folds, 0.55)


def _stone(size: tuple[int, int]) -> Image.Image:
    """Return a slab in grey: clouds, specks."""
    clouds = Image.blend(_smooth(10, (5, 5), size), _smooth(11, (24, 20), size), 0.3)
    return Image.blend(clouds, _noise(12, 900, 600).resize(size), 0.16)


TEXTURES = {"wood": _wood, "mat": _mat, "cloth": _cloth, "stone": _stone}


def _coloured(grey: Image.Image, colours: Colours) -> Image.Image:
    dark, middle, light = colours
    return ImageOps.colorize(ImageOps.autocontrast(grey, cutoff=2), dark, light, middle)


def _in_perspective(flat: Image.Image) -> Image.Image:
    """Return the table top seen from standing height: far edge narrower, rows closer together at the back."""
    wide, high = PIXELS, PIXELS - HORIZON
    fall = 0.8 / high  # towards the viewer the scale falls by 1.8
    return flat.transform(
        (wide, high),
        Image.Transform.PERSPECTIVE,
        (1800 / wide, 900 * fall, 0, 0, 1190 * 1.8 / high, 0, 0, fall),
        Image.Resampling.BICUBIC,
    )


def _wall(colours: Colours) -> Image.Image:
    """Return the wall out of focus: light falls from the upper left, round spots of foliage light."""
    dark, middle, light = colours
    shade = Image.linear_gradient("L").rotate(55, expand=False).resize((300, 300))
    spots = ImageDraw.Draw(shade)
    dice = Random(13)
    for _ in range(26):
        x, y, r = dice.randrange(300), dice.randrange(170), dice.randrange(8, 30)
        spots.ellipse((x - r, y - r, x + r, y + r), fill=dice.randrange(70, 215))
    soft = shade.filter(ImageFilter.GaussianBlur(22)).resize((PIXELS, PIXELS), Image.Resampling.BICUBIC)
    return ImageOps.colorize(soft, light, dark, middle)


@lru_cache(maxsize=16)
def backdrop(name: str) -> Image.Image:
    """Return the empty scene of a table in TABLES, RGB, PIXELS × PIXELS; cached, so copy before drawing."""
    texture, colours, wall = TABLES[name]
    scene = _wall(wall)
    flat = _coloured(TEXTURES[texture]((1800, 1200)), colours)
    top = _in_perspective(flat)
    far = top.filter(ImageFilter.GaussianBlur(5))
    focus = Image.linear_gradient("L").point(lambda level: max(0, 255 - level * 5)).resize(top.size)
    top.paste(far, (0, 0), focus)
    scene.paste(top, (0, HORIZON))
    edge = scene.crop((0, HORIZON - 30, PIXELS, HORIZON + 30)).filter(ImageFilter.GaussianBlur(7))
    scene.paste(edge, (0, HORIZON - 30))
    return scene


@lru_cache(maxsize=1)
def _light() -> Image.Image:
    """Return the light of the room as a layer to multiply: bright upper left, dimmer corners."""
    glow = ImageOps.invert(Image.radial_gradient("L")).resize((1450, 1450)).crop((300, 340, 300 + PIXELS, 340 + PIXELS))
    return ImageOps.colorize(
        glow.point(lambda level: min(255, 150 + level // 2)), "#6b5a4c", "#ffffff", "#f4e8d8", midpoint=190
    )


@lru_cache(maxsize=1)
def _grain() -> Image.Image:
    tile = _noise(14, 400, 400).point(lambda level: 118 + level // 13)
    sheet = Image.new("L", (PIXELS, PIXELS))
    for x in range(0, PIXELS, 400):
        for y in range(0, PIXELS, 400):
            sheet.paste(tile, (x, y))
    return Image.merge("RGB", (sheet, sheet, sheet))


def place(scene: Image.Image, goods: Image.Image, shadows: list[tuple[float, float, float, float]]) -> Image.Image:
    """Return the goods (RGBA, PIXELS square) standing in the scene, with their shade, the room's light and film grain.

    shadows: foot of each thing as (x, y, half width, half depth), in units of the drawing.
    """
    small = PIXELS // 4
    shade = Image.new("L", (small, small))
    draw = ImageDraw.Draw(shade)
    for x, y, rx, ry in shadows:
        draw.ellipse([edge * SHARE / 4 for edge in (x - rx * 0.9, y - ry, x + rx * 1.25, y + ry * 1.1)], fill=190)
    shade = shade.filter(ImageFilter.GaussianBlur(7))
    near = goods.getchannel("A").resize((small, small), Image.Resampling.BOX)
    near = ImageChops.offset(near, 6, 5).filter(ImageFilter.GaussianBlur(6)).point(lambda level: level * 2 // 5)
    shade = ImageChops.lighter(shade, near).resize((PIXELS, PIXELS), Image.Resampling.BICUBIC)
    whole = scene.copy()
    whole.paste("#1d1209", (0, 0), shade)
    whole.paste(goods, (0, 0), goods)
    return ImageChops.soft_light(ImageChops.multiply(whole, _light()), _grain())


@lru_cache(maxsize=1)
def _ground() -> Image.Image:
    """Return the texture of grass, leaves and soil, to lay over a landscape below its horizon."""
    size = (PIXELS, PIXELS)
    fine = Image.blend(
        Image.blend(_noise(5, *size), _smooth(6, (400, 400), size), 0.6), _smooth(7, (90, 90), size), 0.35
    )
    fine = ImageOps.autocontrast(fine, cutoff=1).point(lambda level: 128 + (level - 128) * 11 // 20)
    below = Image.linear_gradient("L").resize(size).point(lambda level: max(0, min(255, (level - 105) * 3)))
    grey = Image.composite(fine, Image.new("L", size, 128), below)
    return Image.merge("RGB", (grey, grey, grey))


def outdoors(drawing: Image.Image, *, sky: bool = True) -> Image.Image:
    """Return a landscape as a camera sees it: distance out of focus, texture near by, low sun from the left."""
    picture = drawing.convert("RGB")
    if sky:
        near = Image.linear_gradient("L").resize(picture.size).point(lambda level: max(0, min(255, (level - 115) * 4)))
        picture = Image.composite(picture, picture.filter(ImageFilter.GaussianBlur(4)), near)
    picture = ImageChops.overlay(picture, _ground())
    sun = Image.radial_gradient("L").resize((2400, 2400)).crop((900, 1000, 900 + PIXELS, 1000 + PIXELS))
    picture = ImageChops.screen(picture, ImageOps.colorize(ImageOps.invert(sun), "#000000", "#4a351c"))
    return ImageChops.soft_light(ImageChops.multiply(picture, _light()), _grain())
