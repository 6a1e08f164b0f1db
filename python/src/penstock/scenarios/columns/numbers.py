"""Numbers: sequences, whole numbers, decimals and the usual distributions."""

from __future__ import annotations

import math
from collections.abc import Iterator
from collections.abc import Sequence as Numbers
from dataclasses import dataclass
from typing import ClassVar

from penstock.scenarios.cell import Cell

from .base import Column, number, share
from .weights import zipf

# Wichura, Algorithm AS 241 (PPND16), Applied Statistics 37 (1988): the inverse of the normal distribution to 16 digits.
# Only +, *, /, sqrt and Spark's ln (Java's StrictMath): the same bits on every machine, which a cosine need not give.
_CENTRE = (
    (3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4,
     4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3),
    (1.0, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3,
     2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3),
)  # fmt: skip
_TAIL = (
    (1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0,
     1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4),
    (1.0, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1,
     1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9),
)  # fmt: skip
_FAR = (
    (6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1,
     2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7),
    (1.0, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2,
     7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15),
)  # fmt: skip


@dataclass(frozen=True)
class Sequence(Column):
    """BIGINT: `start + step * row`."""

    start: int = 0
    step: int = 1
    unique: ClassVar[bool] = True

    def value(self, cell: Cell) -> str:
        row = cell.row.split(",")[-1].strip()  # inside an array: the element's index
        return f"({row} * {self.step}L + {self.start}L)"

    def problems(self) -> Iterator[str]:
        yield from super().problems()
        if self.step == 0:
            yield "step=0 gives one value; Sql('7') is a constant"


@dataclass(frozen=True)
class Integer(Column):
    """BIGINT, uniform, both ends included."""

    low: int = 0
    high: int = 100

    def value(self, cell: Cell) -> str:
        if (self.low, self.high) == (-(2**63), 2**63 - 1):
            return cell.bits()
        return f"({cell.below(self.high - self.low + 1)} + {self.low}L)"

    def problems(self) -> Iterator[str]:
        yield from super().problems()
        whole = (self.low, self.high) == (-(2**63), 2**63 - 1)
        if not (whole or -(2**63) < self.low <= self.high < 2**63 > self.high - self.low + 1):
            yield f"low={self.low}, high={self.high} is not a range of 64-bit numbers"


@dataclass(frozen=True)
class Decimal(Column):
    """DECIMAL(precision, scale), uniform between two numbers; without them over all that fit."""

    precision: int = 10
    scale: int = 2
    low: float | None = None
    high: float | None = None

    def value(self, cell: Cell) -> str:
        low, high = self._unscaled()
        kind = f"DECIMAL({self.precision}, {self.scale})"
        if self.precision <= 18:
            units = f"CAST({cell.below(high - low + 1)} + {low}L AS DECIMAL(18, 0))"
            return f"CAST({units} * CAST('1E-{self.scale}' AS DECIMAL(18, {min(self.scale, 18)})) AS {kind})"
        # Draws of up to 18 digits, put together as text: products of wide decimals lose digits.
        widths = [min(18, self.precision - at) for at in range(0, self.precision, 18)]
        draws = [f"lpad({cell.below(10**width, f'digits {i}')}, {width}, '0')" for i, width in enumerate(widths)]
        digits = f"concat(if({cell.bits('sign')} < 0L, '-', ''), {', '.join(draws)}, 'E-{self.scale}')"
        return f"CAST({digits} AS {kind})"

    def _unscaled(self) -> tuple[int, int]:
        most = 10**self.precision - 1
        low = -most if self.low is None else math.ceil(self.low * 10**self.scale)
        return low, most if self.high is None else math.floor(self.high * 10**self.scale)

    def problems(self) -> Iterator[str]:
        yield from super().problems()
        if not 1 <= self.precision <= 38 or not 0 <= self.scale <= self.precision:
            yield f"there is no DECIMAL({self.precision}, {self.scale})"
        elif self.precision > 18 and not self.low is self.high is None:
            yield "low and high need a precision of at most 18"
        elif self._unscaled()[0] > self._unscaled()[1]:
            yield f"nothing lies between low={self.low} and high={self.high}"


@dataclass(frozen=True)
class Uniform(Column):
    """DOUBLE, uniform from `low` to `high`."""

    low: float = 0.0
    high: float = 1.0

    def value(self, cell: Cell) -> str:
        return f"({cell.unit()} * {number(self.high - self.low)} + {number(self.low)})"

    def problems(self) -> Iterator[str]:
        yield from super().problems()
        if not (math.isfinite(self.high - self.low) and self.low <= self.high):
            yield f"low={self.low}, high={self.high} is not a finite range"


@dataclass(frozen=True)
class Normal(Column):
    """DOUBLE, normal."""

    mean: float = 0.0
    stddev: float = 1.0

    def value(self, cell: Cell) -> str:
        u = cell.open_unit()
        q = cell.step(f"{u} - 0.5D")
        centre = cell.step(f"0.180625D - {q} * {q}")
        # The logarithm is needed in 15 % of all rows only, and costs more than everything else here.
        tail = cell.step(f"if(abs({q}) > 0.425D, sqrt(-ln(if({q} < 0D, {u}, 1D - {u}))), 0D)")
        near, far = (_ratio(cell, c, cell.step(f"{tail} - {shift}D")) for c, shift in ((_TAIL, 1.6), (_FAR, 5.0)))
        z = (
            f"CASE WHEN abs({q}) <= 0.425D THEN {q} * {_ratio(cell, _CENTRE, centre)} "
            f"WHEN {tail} <= 5D THEN signum({q}) * {near} ELSE signum({q}) * {far} END"
        )
        return f"(({z}) * {number(self.stddev)} + {number(self.mean)})"

    def problems(self) -> Iterator[str]:
        yield from super().problems()
        if not (math.isfinite(self.mean) and math.isfinite(self.stddev) and self.stddev >= 0):
            yield f"mean={self.mean}, stddev={self.stddev} is not a normal distribution"


@dataclass(frozen=True)
class Exponential(Column):
    """DOUBLE, exponential: waiting times."""

    mean: float = 1.0

    def value(self, cell: Cell) -> str:
        return f"(-ln({cell.open_unit()}) * {number(self.mean)})"

    def problems(self) -> Iterator[str]:
        yield from super().problems()
        if not (math.isfinite(self.mean) and self.mean > 0):
            yield f"mean={self.mean} is not above 0"


@dataclass(frozen=True)
class Zipf(Column):
    """BIGINT from 1 to `n`; the probability of k is proportional to `k ** -exponent`: few hot keys, a long tail.

    Exact up to rank 64. Beyond, the inverse of the integral over [k - 1/2, k + 1/2], whose probabilities differ from
    the exact ones by a share of exponent * (exponent + 1) / (24 * 64^2) at most: 1 in 40 000 at 1.1.
    """

    n: int = 1000
    exponent: float = 1.1

    def value(self, cell: Cell) -> str:
        return f"({zipf(cell, self.n, self.exponent)} + 1L)"

    def problems(self) -> Iterator[str]:
        yield from super().problems()
        if self.n < 1 or not 0 < self.exponent <= 10:
            yield f"n={self.n}, exponent={self.exponent}: n is at least 1, the exponent above 0 and at most 10"


@dataclass(frozen=True)
class Boolean(Column):
    """BOOLEAN; `true` is the share that is true."""

    true: float = 0.5

    def value(self, cell: Cell) -> str:
        return f"({cell.unit()} < {number(self.true)})"

    def problems(self) -> Iterator[str]:
        yield from super().problems()
        yield from share("true", self.true)


def _ratio(cell: Cell, both: tuple[Numbers[float], Numbers[float]], r: str) -> str:
    """Two polynomials of degree 7, in Estrin's form: Spark's parser takes long for the seven brackets of Horner's."""
    square = cell.step(f"{r} * {r}")
    fourth = cell.step(f"{square} * {square}")
    above, below = (_estrin([number(c) for c in one], r, square, fourth) for one in both)
    return f"{above} / {below}"


def _estrin(c: Numbers[str], r: str, square: str, fourth: str) -> str:
    low, high = (f"{c[i]} + {c[i + 1]} * {r} + ({c[i + 2]} + {c[i + 3]} * {r}) * {square}" for i in (0, 4))
    return f"({low} + ({high}) * {fourth})"
