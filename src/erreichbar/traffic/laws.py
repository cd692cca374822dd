"""Distributions: how a draw becomes a time. Plain functions of scalars that compile unchanged.

Times are whole milliseconds; every function is increasing in its draw ``u`` from (0, 1).
"""

import math


def normal_quantile(u: float) -> float:
    """Return the standard normal quantile of ``u``.

    Wichura: Algorithm AS 241 (PPND16), Applied Statistics 37 (1988); relative accuracy about 1e-16.
    """
    q = u - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        top = (((((((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r
            + 45921.953931549871457) * r + 13731.693765509461125) * r + 1971.5909503065514427) * r
            + 133.14166789178437745) * r + 3.387132872796366608)  # fmt: skip
        bottom = (((((((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r
            + 21213.794301586595867) * r + 5394.1960214247511077) * r + 687.1870074920579083) * r
            + 42.313330701600911252) * r + 1.0)  # fmt: skip
        return q * top / bottom
    r = math.sqrt(-math.log(u if q < 0.0 else 1.0 - u))
    if r <= 5.0:
        r -= 1.6
        top = (((((((7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r + 0.24178072517745061177) * r
            + 1.27045825245236838258) * r + 3.64784832476320460504) * r + 5.7694972214606914055) * r
            + 4.6303378461565452959) * r + 1.42343711074968357734)  # fmt: skip
        bottom = (((((((1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r + 0.0151986665636164571966) * r
            + 0.14810397642748007459) * r + 0.68976733498510000455) * r + 1.6763848301838038494) * r
            + 2.05319162663775882187) * r + 1.0)  # fmt: skip
    else:
        r -= 5.0
        top = (((((((2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r + 0.0012426609473880784386) * r
            + 0.026532189526576123093) * r + 0.29656057182850489123) * r + 1.7848265399172913358) * r
            + 5.4637849111641143699) * r + 6.6579046435011037772)  # fmt: skip
        bottom = (((((((2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r + 1.8463183175100546818e-5) * r
            + 7.868691311456132591e-4) * r + 0.0148753612908506148525) * r + 0.13692988092273580531) * r
            + 0.59983220655588793769) * r + 1.0)  # fmt: skip
    return -top / bottom if q < 0.0 else top / bottom


def exponential_ms(u: float, mean_ms: float) -> int:
    """Return an exponential time, at least 1 ms."""
    return max(1, int(-math.log(1.0 - u) * mean_ms))


def log_normal_ms(u: float, median_ms: float, mean_ms: float) -> int:
    """Return a log-normal time with this median and mean (``mean_ms`` ≥ ``median_ms``), at least 1 ms."""
    return max(1, int(log_normal(u, median_ms, mean_ms)))


def log_normal(u: float, median: float, mean: float) -> float:
    """Return a log-normal number with this median and mean (``mean`` ≥ ``median``)."""
    sigma = math.sqrt(2.0 * math.log(mean / median))
    return math.exp(sigma * normal_quantile(u)) * median


def gamma_step(u_normal: float, u_accept: float, shape: float) -> float:
    """Return a gamma variate of ``shape`` ≥ 1 and scale 1, or −1 if this pair of draws is rejected.

    One step of Marsaglia and Tsang: A simple method for generating gamma variables, ACM TOMS 26 (2000).
    """
    d = shape - 1.0 / 3.0
    x = normal_quantile(u_normal)
    v = 1.0 + x / math.sqrt(9.0 * d)
    v = v * v * v
    if v <= 0.0 or math.log(u_accept) >= 0.5 * x * x + d - d * v + d * math.log(v):
        return -1.0
    return d * v
