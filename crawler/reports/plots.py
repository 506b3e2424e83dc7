"""Draws the plots of the report as SVG: bars of runs, a line of shares; no script, colours from the page's style."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from html import escape

WIDTH, HEIGHT = 360, 150
_LEFT, _RIGHT, _TOP, _BOTTOM = 38, 6, 8, 20
_PLOT = WIDTH - _LEFT - _RIGHT
_GAP = 0.25
"""Share of a run's place that is left free beside its bar."""
_MAX_BAR = 28.0


def bars(
    runs: Sequence[tuple[str, Sequence[int]]], classes: Sequence[str], names: Sequence[str], alarms: Sequence[int] = ()
) -> str:
    """Return stacked bars, one a run: its label and its counts from the bottom up, each with its class and name.

    The runs at the places `alarms` have a dot above them.
    """
    top = nice(max((sum(counts) for _, counts in runs), default=0))
    step = _PLOT / max(len(runs), 1)
    wide = min(_MAX_BAR, step * (1 - _GAP))
    pieces = []
    for place, (label, counts) in enumerate(runs):
        x, below = _LEFT + step * (place + 0.5) - wide / 2, 0
        told = ", ".join(f"{count:,} {name}" for count, name in zip(counts, names, strict=True))
        pieces.append(f"<g><title>{escape(f'{label}: {told}')}</title>")
        for count, style in zip(counts, classes, strict=True):
            y = _y(below + count, top)
            pieces.append(_rect(x, y, wide, _y(below, top) - y, style) if count else "")
            below += count
        if place in alarms:
            pieces.append(f'<circle cx="{x + wide / 2:.1f}" cy="{_y(below, top) - 4:.1f}" r="3" class="alarm"/>')
        pieces.append(f"{_rect(x, _TOP, wide, HEIGHT - _BOTTOM - _TOP, 'touch')}</g>")
    return _framed([*_grid([0, top / 2, top], top, "{:,g}"), *pieces, *_dates([label for label, _ in runs])])


def line(runs: Sequence[tuple[str, float | None]]) -> str:
    """Return a line of shares between 0 and 1, one a run; it is broken where a run has none."""
    step = _PLOT / max(len(runs), 1)
    places = [_LEFT + step * (place + 0.5) for place in range(len(runs))]
    pieces, path, drawing = [], [], False
    for x, (label, share) in zip(places, runs, strict=True):
        if share is not None:
            y = _y(share, 1)
            path.append(f"{'L' if drawing else 'M'}{x:.1f} {y:.1f}")
            told = escape(f"{label}: {share:.0%}")
            pieces.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" class="dot"><title>{told}</title></circle>')
        drawing = share is not None
    drawn = f'<path d="{" ".join(path)}" class="line"/>' if path else ""
    grid = _grid([0, 0.5, 1], 1, "{:.0%}")
    return _framed([*grid, drawn, *pieces, *_dates([label for label, _ in runs])])


def share(part: float) -> str:
    """Return a small bar that shows a share between 0 and 1."""
    return (
        '<svg class="share" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">'
        f"{_rect(0, 0, 100, 8, 'rest')}{_rect(0, 0, 100 * part, 8, 'new')}</svg>"
    )


def nice(most: float) -> float:
    """Return the round number that an axis up to `most` ends at.

    >>> [nice(most) for most in (0, 3, 7, 18, 420)]
    [2, 4.0, 10.0, 20.0, 500.0]
    """
    if most <= 2:
        return 2
    unit = 10.0 ** math.floor(math.log10(most))
    return next(unit * factor for factor in (1, 2, 4, 5, 10) if unit * factor >= most)


def _y(value: float, top: float) -> float:
    return HEIGHT - _BOTTOM - (HEIGHT - _BOTTOM - _TOP) * value / top


def _rect(x: float, y: float, width: float, height: float, style: str) -> str:
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" class="{style}"/>'


def _grid(ticks: Sequence[float], top: float, form: str) -> Iterator[str]:
    for tick in ticks:
        y = _y(tick, top)
        yield f'<line x1="{_LEFT}" y1="{y:.1f}" x2="{WIDTH - _RIGHT}" y2="{y:.1f}" class="grid"/>'
        yield f'<text x="{_LEFT - 5}" y="{y + 3.5:.1f}" text-anchor="end">{form.format(tick)}</text>'


def _dates(labels: Sequence[str]) -> Iterator[str]:
    """Yield the first and the last label below the axis: days, with the time where both are one day."""
    one_day = len(labels) > 1 and labels[0][:10] == labels[-1][:10]
    if labels:
        yield f'<text x="{_LEFT}" y="{HEIGHT - 4}">{escape(labels[0] if one_day else labels[0][:10])}</text>'
    if len(labels) > 1:
        last = escape(labels[-1][11:] if one_day else labels[-1][:10])
        yield f'<text x="{WIDTH - _RIGHT}" y="{HEIGHT - 4}" text-anchor="end">{last}</text>'


def _framed(pieces: Sequence[str]) -> str:
    return f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img">{"".join(pieces)}</svg>'
