"""A linear support vector machine on sparse rows: squared hinge, weighted examples, solved in the primal.

The objective is ½|w|² + Σ cᵢ·max(0, 1 − yᵢ·xᵢw)², which is strictly convex: there is one solution, and the search
always begins at 0, so that the same examples give the same weights. Solved by a truncated Newton method after Keerthi
and DeCoste, "A modified finite Newton method for fast solution of large scale linear SVMs", Journal of Machine Learning
Research 6 (2005).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from scipy.sparse import csr_matrix

    Vector = np.ndarray[Any, np.dtype[np.float64]]

TOLERANCE = 1e-3  # of the gradient's length, against that at w = 0
MOST_STEPS = 50
MOST_INNER_STEPS = 100
INNER_TOLERANCE = 0.1
SUFFICIENT = 1e-4  # of the decrease that the slope promises (Armijo)


def fit_linear(rows: csr_matrix, signs: Vector, costs: Vector) -> Vector:
    """The weights `w` (one for each column) for rows with `signs` (1 or −1) and `costs` (above 0)."""
    import numpy as np

    if rows.nnz > rows.shape[1]:
        return _solve(rows, signs, costs)  # to look for empty columns would take longer than to carry them along
    narrow, columns = _used_columns(rows)
    weights = np.zeros(rows.shape[1])
    weights[columns] = _solve(narrow, signs, costs)
    return weights


def _used_columns(rows: csr_matrix) -> tuple[csr_matrix, np.ndarray[Any, Any]]:
    """The rows without their empty columns, and which columns are left: the others' weights are 0 in any case."""
    import numpy as np
    from scipy.sparse import csr_matrix

    used = np.zeros(rows.shape[1], dtype=bool)
    used[rows.indices] = True
    numbers = np.cumsum(used) - 1
    shape = (rows.shape[0], int(used.sum()))
    return csr_matrix((rows.data, numbers[rows.indices], rows.indptr), shape=shape), used.nonzero()[0]


def _solve(rows: csr_matrix, signs: Vector, costs: Vector) -> Vector:
    import numpy as np

    weights = np.zeros(rows.shape[1])
    margins = np.ones(rows.shape[0])
    begin = None
    for _ in range(MOST_STEPS):
        active = margins > 0  # the others are right with room to spare and change nothing
        bent = rows[active]
        gradient = weights - bent.T @ (2 * costs * signs * margins)[active]
        length = _dot(gradient, gradient) ** 0.5
        begin = length if begin is None else begin
        if length <= TOLERANCE * begin:
            break
        step = _newton_step(bent, 2 * costs[active], gradient, length)
        change = signs * (rows @ step)
        size = _step_size(weights, step, margins, change, costs, _dot(gradient, step))
        weights = weights + size * step
        margins = margins - size * change
    return weights


def _newton_step(rows: csr_matrix, curvature: Vector, gradient: Vector, length: float) -> Vector:
    """The Newton direction, by conjugate gradients, as far as it pays."""
    import numpy as np

    columns = rows.T
    step = np.zeros_like(gradient)
    rest = -gradient
    direction = rest
    square = length * length
    for _ in range(MOST_INNER_STEPS):
        bent = direction + columns @ (curvature * (rows @ direction))
        along = square / _dot(direction, bent)
        step = step + along * direction
        rest = rest - along * bent
        before, square = square, _dot(rest, rest)
        if square <= (INNER_TOLERANCE * length) ** 2:
            break
        direction = rest + (square / before) * direction
    return step


def _step_size(weights: Vector, step: Vector, margins: Vector, change: Vector, costs: Vector, slope: float) -> float:
    """The first of 1, ½, ¼ … that decreases the objective enough."""
    import numpy as np

    straight, square = _dot(weights, step), _dot(step, step)

    def decrease(size: float) -> float:
        slack = np.maximum(0.0, margins - size * change)
        return _dot(costs, slack * slack) + size * straight + size * size * square / 2

    now, size = decrease(0.0), 1.0
    while size > 1e-6 and decrease(size) > now + SUFFICIENT * size * slope:
        size /= 2
    return size


def _dot(one: Vector, other: Vector) -> float:
    """The inner product, without the threads of BLAS: for so few numbers they cost more than they save."""
    import numpy as np

    return float(np.einsum("i,i", one, other))
