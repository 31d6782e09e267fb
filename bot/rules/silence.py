"""What those who did not answer could change: how a score stands with the people who were asked and said nothing."""


def break_even(score: float, rate: float) -> float | None:
    """
    The score, in points, below which those who stayed silent would turn the whole to zero: -100·r·θ/(1 - r).

    `score` in points, `rate` answered over finished asks, 0…1. None where no silence could: everybody answered, or the
    figure lies beyond what a score can be.
    """
    if rate >= 1:
        return None
    found = -rate * score / (1 - rate)
    return found if -100 <= found <= 100 else None  # noqa: PLR2004 - where a score ends
