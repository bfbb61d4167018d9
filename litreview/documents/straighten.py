"""How the text lies in a picture of a page: on its side, on its head, or askew.

Lines of text make dark stripes. Summed along their own direction they give the sharpest profile of light and dark;
along any other it blurs. Letters reach up from their line oftener than down. No letter is recognised here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    import numpy as np

    Array = np.ndarray[Any, Any]

_WIDEST_DEG = 6.0  # a page laid askew on a scanner; what leans more is meant so
_COARSE_DEG = 0.2
_FINE_DEG = 0.05
_LEAST_DEG = 0.25  # less does no harm
_GAIN = 1.15  # how much sharper the profile must become
_ON_SIDE = 1.3  # how much sharper columns must be than rows
_DARK = 0.55  # of the paper's lightness
_DENSE = 0.4  # of the fullest rows: the bodies of letters
_WIDEST_GAP = 40  # rows
_HANGS = 1.15
_FEWEST_POINTS = 200
_MOST_SHARE = 0.4  # of all points
_MOST_POINTS = 60_000


class Lie(NamedTuple):
    """How the text of a page lies. `turn`: by how many degrees (0, 90, 180, 270) it is to be turned with the clock to
    be read, as far as can be seen; `lean`: by how many its lines then sink (below 0: rise); `middle`: where on the page
    the text is, as shares of its width and height."""

    turn: int = 0
    lean: float = 0.0
    middle: tuple[float, float] = (0.5, 0.5)


def how_it_lies(grey: Array) -> Lie:
    """How the text of a page lies. `grey` has a row for each row of the picture, 0 black to 255 white; 150 dots an inch
    are enough."""
    import numpy as np

    paper = float(np.percentile(grey, 90))
    ys: Array
    xs: Array
    ys, xs = np.nonzero(grey < _DARK * paper)
    if len(ys) < _FEWEST_POINTS or len(ys) > _MOST_SHARE * grey.size:  # blank, or a picture without paper
        return Lie()
    middle = (float(np.median(xs)) / grey.shape[1], float(np.median(ys)) / grey.shape[0])
    draw = np.random.default_rng(0)  # seeded: every some-th point would be a pattern of its own
    if len(ys) > _MOST_POINTS:
        taken = draw.choice(len(ys), _MOST_POINTS, replace=False)
        ys, xs = ys[taken], xs[taken]
    # anywhere in its square: only points that were not turned would lie on whole rows
    ys, xs = ys + draw.random(len(ys), np.float32), xs + draw.random(len(xs), np.float32)
    (lean, upright), (lean_lying, lying) = _lean(xs, ys), _lean(ys, -xs)
    if lying > _ON_SIDE * upright:
        return Lie(90 if _reaches_down(ys, -xs, lean_lying) else 270, lean_lying, middle)
    return Lie(180 if _reaches_down(xs, ys, lean) else 0, lean, middle)


def _lean(along: Array, across: Array) -> tuple[float, float]:
    """Degrees by which lines sink along their direction, 0 where turning would not make them clearly sharper; and how
    sharp they then are."""
    import numpy as np

    def sharpness(degrees: float) -> float:
        return _sharpness(_rows(along, across, degrees))

    def sharpest(low: float, high: float, step: float) -> float:
        return max((float(d) for d in np.arange(low, high + step / 2, step)), key=sharpness)

    best = sharpest(-_WIDEST_DEG, _WIDEST_DEG, _COARSE_DEG)
    best = sharpest(best - _COARSE_DEG, best + _COARSE_DEG, _FINE_DEG)
    straight = sharpness(0.0)
    found = sharpness(best)
    return (best, found) if abs(best) >= _LEAST_DEG and found > _GAIN * straight else (0.0, straight)


def _rows(along: Array, across: Array, degrees: float) -> Array:
    """How many dark points each row has, when lines sink by some degrees; speckles aside."""
    import numpy as np

    places = across - along * float(np.tan(np.radians(degrees)))
    counts = np.bincount((places - places.min()).astype(np.int64)).astype(np.float64)
    return np.convolve(counts, (0.25, 0.5, 0.25))


def _sharpness(rows: Array) -> float:
    """How abruptly the number of dark points changes from one row to the next."""
    import numpy as np

    return float((np.diff(rows) ** 2).sum() / (rows**2).sum())


def _reaches_down(along: Array, across: Array, degrees: float) -> bool:
    """Whether more ink hangs below the lines than stands above them: in the gaps between the dense bodies of two lines,
    the nearer half belongs to each."""
    import numpy as np

    rows = _rows(along, across, degrees)
    dense = rows > _DENSE * float(np.percentile(rows, 95))
    edges = np.flatnonzero(np.diff(dense.astype(np.int8)))
    ends, starts = edges[~dense[edges + 1]], edges[dense[edges + 1]] + 1
    above = below = 0.0
    for end in ends:
        at = np.searchsorted(starts, end)
        if at == len(starts) or starts[at] - end > _WIDEST_GAP:
            continue
        half = (end + 1 + starts[at]) // 2
        below += float(rows[end + 1 : half].sum())
        above += float(rows[half : starts[at]].sum())
    return below > _HANGS * above
