"""Charts drawn on the server as SVG in percentages, so that text never scales and no script is needed (part of `{% load ui %}`).

Figures are plain numbers from 0 to 100 unless said otherwise. Every chart says its finding in words: `label` is read
aloud, and bars and curves carry their table.
"""

import math
from itertools import pairwise

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html

register = template.Library()

COLOURS = ("c-1", "c-2", "c-3", "c-4", "c-0")
CURVE_HEIGHT, CURVE_MARGIN = 240, 16


def n(value) -> str:
    """A coordinate as SVG writes it, whatever the reader's language: 46.5, never 46,5."""
    return f"{value:.5g}"


def part(name, /, **props):
    return render_to_string(f"components/{name}.html", props)


@register.simple_block_tag
def chart(content, title, sub="", source="", level=3, framed=False):
    """The figure around a drawing: the finding as a sentence, then the drawing, then the source."""
    return part("chart", title=title, sub=sub, source=source, level=level, framed=framed, content=content)


@register.simple_tag
def sparkline(values, label):
    """A line of 72 by 24 in a stat tile; values of any scale, oldest first."""
    values = [float(value) for value in values]
    if len(values) < 2:
        return ""
    low, high = min(values), max(values)
    step, span = 69 / (len(values) - 1), (high - low) or 1
    points = [(round(1 + index * step, 1), round(21 - 18 * (value - low) / span, 1)) for index, value in enumerate(values)]
    return part("sparkline", points=" ".join(f"{x},{y}" for x, y in points), end=(n(points[-1][0]), n(points[-1][1])), label=label)


@register.simple_tag
def bars(rows):
    """Horizontal bars of (label, value, shown); the longest value fills three quarters, and each row says its figure."""
    rows = list(rows)
    most = max((value for _label, value, _shown in rows), default=0) or 1
    return part("bars", rows=[(label, n(75 * value / most), shown) for label, value, shown in rows])


@register.simple_tag
def stacked(parts, label):
    """One bar in parts of (label, value, shown), five at most, with its key."""
    parts = list(parts)
    total = sum(value for _label, value, _shown in parts) or 1
    drawn, start = [], 0.0
    for colour, (name, value, shown) in zip(COLOURS, parts, strict=False):
        width = 100 * value / total
        drawn.append({"x": n(start), "width": n(max(width - 0.4, 0)), "colour": colour, "name": name, "shown": shown})
        start += width
    return part("stacked", parts=drawn, label=label)


@register.simple_tag
def interval(value, low, high, label, ticks="50,60", scale=False):
    """A dot and its interval on a line from 0 to 100; `ticks` are the thresholds, `scale` writes 0, 50, 100 under it."""
    return part("interval", value=n(value), low=n(low), high=n(high), label=label, ticks=[tick for tick in str(ticks).split(",") if tick], scale=scale)


@register.simple_tag
def curve(points, label, thresholds=(), caption="", heads=(), unit="%"):
    """A line of (label, value) or (label, value, low, high) over equal steps, with its band and its table.

    `thresholds` are (value, words) drawn as dashed lines; `heads` the three column heads of the table (step, value, interval).
    """
    points = list(points)
    inner = CURVE_HEIGHT - 2 * CURVE_MARGIN

    def y(value):
        return CURVE_HEIGHT - CURVE_MARGIN - inner * value / 100

    step = 100 / max(len(points), 1)
    dots = [
        {"name": point[0], "x": n(step * (index + 0.5)), "y": n(y(point[1])), "up": n(y(point[1]) - 12), "value": point[1], "range": point[2:4]}
        for index, point in enumerate(points)
    ]
    banded = [dot for dot in dots if len(dot["range"]) == 2]
    edge = [f"{dot['x']},{n(100 - dot['range'][1])}" for dot in banded] + [f"{dot['x']},{n(100 - dot['range'][0])}" for dot in reversed(banded)]
    return part(
        "curve",
        dots=dots,
        lines=list(pairwise(dots)),
        band=" ".join(edge),
        label=label,
        caption=caption,
        heads=heads,
        unit=unit,
        thresholds=[(n(y(value)), words, n(y(value) - 5)) for value, words in thresholds],
        floor=n(y(0)),
        ceiling=n(y(100)),
        inner=inner,
        margin=CURVE_MARGIN,
        height=CURVE_HEIGHT,
    )


@register.simple_tag
def ties(me, people, label):
    """Who is around someone: people on a ring, each a link; rows of (person, weight 1 to 3, confirmed). Draws 12 at most."""
    rows, nodes = list(people)[:12], []
    for index, (person, weight, confirmed) in enumerate(rows):
        angle = 2 * math.pi * index / len(rows) - math.pi / 2
        x, y = 50 + 34 * math.cos(angle), 150 + 104 * math.sin(angle)
        name = y + 38 if y > 60 else y - 28
        nodes.append({"person": person, "x": n(x), "y": n(y), "text": n(y + 5), "name": n(name), "weight": weight, "confirmed": confirmed})
    return part("ties", me=me, nodes=nodes, label=label)


@register.simple_tag
def hierarchy(me, above, below, label, more=0, more_url=""):
    """Who decides: one above, one in the middle, up to four below, and how many more."""
    shown = list(below)[: 4 if not more else 3]
    slots = len(shown) + bool(more)
    nodes = [{"person": person, "x": n(100 * (index + 0.5) / slots)} for index, person in enumerate(shown)]
    rest = {"x": n(100 * (slots - 0.5) / slots), "count": more, "url": more_url} if more else None
    return part("hierarchy", me=me, above=above, nodes=nodes, rest=rest, label=label)


@register.simple_tag
def level_bar(level):
    """Four small parts, a decoration beside the level in words."""
    return format_html('<i class="w-{}" aria-hidden="true"></i>', level)
