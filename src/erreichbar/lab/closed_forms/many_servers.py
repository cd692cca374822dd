"""What becomes of the queue when there are many servers: the square-root laws. Limits, not equalities."""

import math

from scipy import special


def halfin_whitt(slack: float) -> float:
    """Return the limit of P(W > 0) in M/M/n with n = a + ``slack``·√a servers, ``slack`` positive.

    Halfin, Whitt: Heavy-traffic limits for queues with many exponential servers, Operations Research 29 (1981).
    """
    if slack <= 0:
        raise ValueError("without slack everybody waits, sooner or later")
    return float(1.0 / (1.0 + slack * special.ndtr(slack) / _density(slack)))


def garnett(slack: float, impatience: float) -> float:
    """Return the limit of P(W > 0) in M/M/n+M with n = a + ``slack``·√a; ``impatience`` is θ/μ, positive.

    Garnett, Mandelbaum, Reiman: Designing a call center with impatient customers, Manufacturing & Service Operations
    Management 4 (2002).
    """
    if impatience <= 0:
        raise ValueError("without impatience the limit is halfin_whitt's")
    scaled = slack / math.sqrt(impatience)
    return float(1.0 / (1.0 + math.sqrt(impatience) * _hazard(scaled) / _hazard(-slack)))


def _density(x: float) -> float:
    return math.exp(-0.5 * x * x) / math.sqrt(2.0 * math.pi)


def _hazard(x: float) -> float:
    """Return φ(x)/(1 − Φ(x)), by the scaled complementary error function so that no tail underflows."""
    return math.sqrt(2.0 / math.pi) / float(special.erfcx(x / math.sqrt(2.0)))
