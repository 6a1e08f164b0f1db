"""Distributions are what they are called: chi-square and Kolmogorov-Smirnov tests with fixed seeds."""

from __future__ import annotations

import math
import re
import statistics
from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from penstock import scenarios as s


@pytest.fixture(scope="module")
def one_column(spark: Any) -> Any:
    """100 000 values of a column, as Python values."""

    def make(column: Any, rows: int = 100_000) -> list[Any]:
        spec = s.Spec({"t": s.Table(rows, {"x": column})}, seed=20240229)
        return [row[0] for row in s.generate(spec, spark=spark, partitions=2).collect()]

    return make


def chi_square(counts: list[int], shares: list[float]) -> float:
    """How many standard deviations too large the statistic is, by Wilson and Hilferty's cube root."""
    n, k = sum(counts), len(counts) - 1
    x = sum((c - n * p) ** 2 / (n * p) for c, p in zip(counts, shares, strict=True))
    return ((x / k) ** (1 / 3) - (1 - 2 / (9 * k))) / math.sqrt(2 / (9 * k))


def kolmogorov(values: list[float], cdf: Any) -> float:
    """The Kolmogorov-Smirnov distance times sqrt(n); above 1.95 one time in a thousand."""
    ordered, n = sorted(map(cdf, values)), len(values)
    return math.sqrt(n) * max(max((i + 1) / n - u, u - i / n) for i, u in enumerate(ordered))


def test_continuous_distributions(one_column: Any) -> None:
    normal = statistics.NormalDist(10, 3)
    cases = {
        "uniform": (s.Uniform(-2, 3), lambda x: (x + 2) / 5),
        "normal": (s.Normal(10, 3), normal.cdf),
        "exponential": (s.Exponential(4), lambda x: 1 - math.exp(-x / 4)),
    }
    for name, (column, cdf) in cases.items():
        values = one_column(column)
        assert kolmogorov(values, cdf) < 1.95, name
        assert kolmogorov(values, lambda x, c=cdf: c(x) * 0.99) > 1.95, "one in a hundred off is seen"
        pairs = statistics.correlation(values[1:], values[:-1])
        assert abs(pairs) < 4 / math.sqrt(len(values)), "neighbours do not depend on each other"


def test_normal_is_the_inverse_of_the_normal_distribution(spark: Any) -> None:
    """Digit by digit, against Python's: also far out in the tails."""
    spec = s.Spec({"t": s.Table(1, {"x": s.Normal()})})
    text = spec.sql("t")
    probes = [1e-300, 1e-20, 1e-12, 1e-5, 0.07, 0.0749, 0.075, 0.3, 0.5, 0.7, 0.925, 0.93, 0.99999]
    exact = statistics.NormalDist()
    for u in probes:
        (x,) = spark.sql(_with_unit(text, u)).collect()[0]
        assert math.isclose(x, exact.inv_cdf(u), rel_tol=1e-13, abs_tol=1e-16), u


def _with_unit(text: str, u: float) -> str:
    """The generated query with its one draw replaced by a number."""
    replaced, times = re.subn(r"\(shiftrightunsigned\(_d0, 12\) \+ 0\.5D\) \* [\d.E-]+D", f"{u!r}D", text)
    assert times == 1
    return replaced


def test_discrete_distributions(one_column: Any) -> None:
    weights = (5.0, 1.0, 0.0, 2.5, 0.01)
    counts = Counter(one_column(s.Category("abcde", weights)))
    assert counts["c"] == 0
    some = [i for i, w in enumerate(weights) if w]
    assert chi_square([counts["abcde"[i]] for i in some], [weights[i] / sum(weights) for i in some]) < 3.1
    dice = Counter(one_column(s.Integer(1, 6)))
    assert chi_square([dice[i] for i in range(1, 7)], [1 / 6] * 6) < 3.1
    for n, exponent in ((40, 1.3), (5000, 1.1), (5000, 1.0), (100_000, 0.7)):
        ranks = Counter(one_column(s.Zipf(n, exponent)))
        assert min(ranks) >= 1
        assert max(ranks) <= n
        total = math.fsum(k**-exponent for k in range(1, n + 1))
        edges = [*range(1, min(n, 80) + 1), *(e for e in (100, 200, 400, 1000, 2500, 10_000, 40_000) if e < n), n + 1]
        shares = [math.fsum(k**-exponent for k in range(a, b)) / total for a, b in pairwise(edges)]
        seen = [sum(ranks[k] for k in range(a, b)) for a, b in pairwise(edges)]
        assert chi_square(seen, shares) < 3.1, (n, exponent)


def test_bits_are_even(spark: Any) -> None:
    """Each of the 64 bits is set in half of the rows, and flips with the next row in half of them."""
    spec = s.Spec({"t": s.Table(200_000, {"x": s.Integer(-(2**63), 2**63 - 1)})}, seed=3)
    ones = ", ".join(f"sum(shiftrightunsigned(x, {b}) & 1L)" for b in range(64))
    flips = ", ".join(f"sum(shiftrightunsigned(x ^ y, {b}) & 1L)" for b in range(64))
    s.generate(spec, spark=spark, partitions=1).selectExpr("x", "lag(x, 1, x) OVER (ORDER BY 1) AS y").createTempView(
        "b"
    )
    for number in spark.sql(f"SELECT {ones}, {flips} FROM b").collect()[0]:
        assert abs(number - 100_000) < 5 * math.sqrt(50_000)
