"""Linear programs: one feasible set, kept warm in HiGHS while many objectives are asked of it."""

from dataclasses import dataclass
from typing import TypeAlias

import highspy
import numpy as np
import scipy.sparse as sparse
from numpy.typing import ArrayLike

#: How far a row or column may lie outside its limits, rows being scaled to a largest coefficient of 1.
TOLERANCE = 1e-9
#: The rows of a program: an array, or a sparse one.
Matrix: TypeAlias = np.ndarray | sparse.sparray


@dataclass(frozen=True)
class Solution:
    """The best value of an objective, the point where it is attained, and the price of each row there."""

    value: float
    point: np.ndarray
    prices: np.ndarray


class Unsolved(ArithmeticError):
    """The solver could not tell: neither an optimum nor a proof that there is none."""


def attained(found: Solution | None) -> Solution:
    """Return the solution of a set that cannot be empty. Raises Unsolved where there is none."""
    if found is None:
        raise Unsolved("no point was found in a set that has one")
    return found


class Unbounded(ArithmeticError):
    """The objective has no limit on this set."""


class LinearProgram:
    """The set of points x with lower <= A x <= upper and floor <= x <= ceiling.

    Objectives that are asked in turn start from the vertex where the last one ended: asked in a sensible order, each
    takes a few steps of the primal simplex method.
    """

    def __init__(
        self, matrix: Matrix, lower: ArrayLike, upper: ArrayLike, floor: ArrayLike = 0.0, ceiling: ArrayLike = np.inf
    ):
        given = sparse.csr_array(matrix)
        rows, columns = given.shape
        self._scale = _largest(given)
        scaled = sparse.csc_array(sparse.diags_array(1 / self._scale) @ given)
        self._columns = np.arange(columns, dtype=np.int32)
        self._rows = np.arange(rows, dtype=np.int32)
        self._rewritten: dict[int, np.ndarray] = {}
        model = highspy.HighsLp()
        model.num_col_, model.num_row_ = columns, rows
        model.col_cost_ = np.zeros(columns)
        model.col_lower_, model.col_upper_ = _full(floor, columns), _full(ceiling, columns)
        model.row_lower_, model.row_upper_ = _full(lower, rows) / self._scale, _full(upper, rows) / self._scale
        model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        model.a_matrix_.start_, model.a_matrix_.index_ = scaled.indptr, scaled.indices
        model.a_matrix_.value_ = scaled.data
        self._highs = highspy.Highs()
        options: dict[str, bool | int | float | str] = {
            "output_flag": False,
            "threads": 1,
            "presolve": "off",
            "simplex_strategy": _PRIMAL,  # the last vertex stays feasible when only the objective changes
            "primal_feasibility_tolerance": TOLERANCE,
            "dual_feasibility_tolerance": TOLERANCE,
        }
        for option, value in options.items():
            self._highs.setOptionValue(option, value)
        self._highs.passModel(model)

    def minimise(self, cost: ArrayLike) -> Solution | None:
        """The smallest value of cost . x, or None where the set is empty. Raises Unbounded where there is none."""
        self._highs.changeColsCost(len(self._columns), self._columns, np.asarray(cost, dtype=float))
        self._highs.run()
        state = self._highs.getModelStatus()
        if state not in (_OPTIMAL, _EMPTY, _UNBOUNDED):
            state = self._afresh()
        if state == _EMPTY:
            return None
        if state == _UNBOUNDED:
            raise Unbounded("the objective has no limit on this set")
        found = self._highs.getSolution()
        point = np.array(found.col_value)
        return Solution(float(np.dot(cost, point)), point, np.array(found.row_dual) / self._scale)

    def maximise(self, cost: ArrayLike) -> Solution | None:
        """The largest value of cost . x, or None where the set is empty. Raises Unbounded where there is none."""
        found = self.minimise(-np.asarray(cost, dtype=float))
        return found and Solution(-found.value, found.point, -found.prices)

    def limit(self, lower: ArrayLike, upper: ArrayLike) -> None:
        """Gives all rows other limits, as in the constructor."""
        rows = len(self._rows)
        lower, upper = _full(lower, rows) / self._scale, _full(upper, rows) / self._scale
        self._highs.changeRowsBounds(rows, self._rows, lower, upper)  # type: ignore[attr-defined]  # not in its types

    def rewrite(self, row: int, coefficients: ArrayLike, lower: float, upper: float) -> None:
        """Gives one row other coefficients and limits, and leaves the basis."""
        coefficients = np.asarray(coefficients, dtype=float)
        scale = self._scale[row] = np.abs(coefficients).max() or 1.0
        scaled = coefficients / scale
        before = self._rewritten.get(row)
        changed = self._columns if before is None else np.flatnonzero(scaled != before)
        for column, value in zip(changed.tolist(), scaled[changed].tolist(), strict=True):
            self._highs.changeCoeff(row, column, value)
        self._rewritten[row] = scaled
        self._highs.changeRowBounds(row, lower / scale, upper / scale)

    def add(self, matrix: Matrix) -> int:
        """Adds rows at the end, without limits, and gives the number of the first."""
        given = sparse.csr_array(matrix)
        scale, free = _largest(given), np.full(given.shape[0], np.inf)
        scaled = sparse.csr_array(sparse.diags_array(1 / scale) @ given)
        self._highs.addRows(len(free), -free, free, scaled.nnz, scaled.indptr, scaled.indices, scaled.data)
        first, self._scale = len(self._rows), np.r_[self._scale, scale]
        self._rows = np.arange(len(self._scale), dtype=np.int32)
        return first

    def within(self, lower: np.ndarray, upper: np.ndarray, first: int) -> np.ndarray | None:
        """Gives the rows from the first on other limits, and then a point of the set, or None where it is empty.

        By the dual simplex method: without an objective every vertex is as good, and so it goes on from the last one, which
        the new limits may have cut off.
        """
        rows, scale = self._rows[first:], self._scale[first:]
        self._highs.changeRowsBounds(len(rows), rows, lower / scale, upper / scale)  # type: ignore[attr-defined]  # as above
        self._highs.setOptionValue("simplex_strategy", _DUAL)
        found = self.minimise(np.zeros(len(self._columns)))
        self._highs.setOptionValue("simplex_strategy", _PRIMAL)
        return None if found is None else found.point

    def _afresh(self) -> highspy.HighsModelStatus:
        """The state after a solve that leaves every choice to HiGHS."""
        self._highs.clearSolver()
        kept = {name: self._highs.getOptionValue(name)[1] for name in ("presolve", "simplex_strategy")}
        self._highs.setOptionValue("presolve", "choose")
        self._highs.setOptionValue("simplex_strategy", _DUAL)
        self._highs.run()
        state = self._highs.getModelStatus()
        for name, value in kept.items():
            self._highs.setOptionValue(name, value)
        if state == highspy.HighsModelStatus.kUnboundedOrInfeasible:
            self._highs.setOptionValue("presolve", "off")
            self._highs.run()
            state = self._highs.getModelStatus()
        if state not in (_OPTIMAL, _EMPTY, _UNBOUNDED):
            raise Unsolved(f"the linear program was not solved: {self._highs.modelStatusToString(state)}")
        return state


def _largest(matrix: sparse.csr_array) -> np.ndarray:
    """Of each row the largest coefficient, and 1 where there is none: what it is divided by."""
    largest = abs(matrix).max(axis=1).toarray().ravel() if matrix.nnz else np.zeros(matrix.shape[0])
    return np.where(largest > 0, largest, 1.0)


def _full(values: ArrayLike, length: int) -> np.ndarray:
    return np.broadcast_to(np.asarray(values, dtype=float), length).copy()


#: The simplex methods of HiGHS, by number.
_DUAL, _PRIMAL = 1, 4
_OPTIMAL = highspy.HighsModelStatus.kOptimal
_EMPTY = highspy.HighsModelStatus.kInfeasible
_UNBOUNDED = highspy.HighsModelStatus.kUnbounded
