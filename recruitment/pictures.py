"""Pictures the server draws: the card of a job for networks that show one, and its QR code."""

import io
from functools import cache
from pathlib import Path

import segno
from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from recruitment.adverts import pay_in_words

WIDTH, HEIGHT = 1200, 630
PINE, CREAM, MIST, MARIGOLD = "#0f3b33", "#f6f4ec", "#b9cdc4", "#f2b23a"
FONTS = Path(settings.BASE_DIR) / "static" / "fonts"


@cache
def face(name: str, size: int, weight: int) -> ImageFont.FreeTypeFont:
    font = ImageFont.truetype(str(FONTS / f"{name}-latin-wght-normal.woff2"), size)
    font.set_variation_by_axes([weight])
    return font


def wrapped(draw, text: str, font, width: int, most: int) -> list[str]:
    """`text` in at most `most` lines of `width` pixels."""
    lines, line = [], ""
    for word in text.split(" "):
        longer = f"{line} {word}".strip()
        if draw.textlength(longer, font=font) <= width or not line:
            line = longer
        else:
            lines.append(line)
            line = word
    lines.append(line)
    return lines if len(lines) <= most else [*lines[: most - 1], f"{lines[most - 1]} …"]


def card(text: dict, organisation: str) -> bytes:
    """The 1200 × 630 PNG of an advert: title, place, contract, pay, and the thread."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PINE)
    draw = ImageDraw.Draw(image)
    points = [(880, 640), (920, 480), (985, 350), (1045, 200), (1130, 120), (1240, 150)]  # right of all words
    draw.line(points, fill=MARIGOLD, width=8, joint="curve")
    for x, y in points[1:5]:
        draw.ellipse((x - 16, y - 16, x + 16, y + 16), fill=PINE, outline=MARIGOLD, width=8)
    draw.text((72, 64), organisation, font=face("public-sans", 36, 700), fill=CREAM)
    title = face("bricolage-grotesque", 84, 800)
    top = 190
    for line in wrapped(draw, text["title"], title, 760, 3):
        draw.text((72, top), line, font=title, fill=CREAM)
        top += 88
    pay = pay_in_words(text["pay"])
    small = face("public-sans", 36, 500)
    facts = wrapped(draw, f"{text['place']['city']}, {text['contract_label']}, {pay}", small, 760, 2)
    for number, line in enumerate(reversed(facts)):
        draw.text((72, HEIGHT - 110 - 46 * number), line, font=small, fill=MIST)
    out = io.BytesIO()
    image.quantize(64).save(out, "PNG", optimize=True)
    return out.getvalue()


def code(address: str) -> bytes:
    """`address` as a QR code in SVG."""
    out = io.BytesIO()
    segno.make(address, error="m").save(out, kind="svg", border=2, xmldecl=False, svgclass=None, lineclass=None, omitsize=True, light="#fff", title=address)
    return out.getvalue()
