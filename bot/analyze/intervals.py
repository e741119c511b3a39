"""Confidence intervals for shares and for the difference of two shares, computed by statsmodels."""

from math import isfinite

from bot.analyze.poll_figures import Interval

_ALPHA = 0.05


def of_share(count: int, of: int) -> Interval:
    """Return Wilson's interval of a share, in percent; unknown where nobody answered."""
    if of == 0:
        return Interval()
    from statsmodels.stats.proportion import proportion_confint  # noqa: PLC0415 -- slow to import

    return _percent(*proportion_confint(count, of, alpha=_ALPHA, method="wilson"))


def of_difference(before: int, of_before: int, after: int, of_after: int) -> Interval:
    """Return Newcombe's interval of after minus before, in points, for two groups of different people."""
    if of_before == 0 or of_after == 0:
        return Interval()
    from statsmodels.stats.proportion import confint_proportions_2indep  # noqa: PLC0415 -- slow to import

    return _percent(
        *confint_proportions_2indep(
            after, of_after, before, of_before, method="newcomb", compare="diff", alpha=_ALPHA, correction=False
        )
    )


def _percent(lower: float, upper: float) -> Interval:
    if not (isfinite(lower) and isfinite(upper)):
        return Interval()
    return Interval(lower=100 * float(lower), upper=100 * float(upper), is_known=True)
