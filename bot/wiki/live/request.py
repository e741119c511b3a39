"""Requests that give up in time: one budget of waiting for a whole run, and at once where waiting cannot help."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import requests

from bot.errors import NotAllowed, TryLater

_BUDGET_SECONDS = 300.0
_TRIES = 5
_TRIES_TO_CONNECT = 3
_BUSY = (429, 500, 502, 503, 504)
_ADDRESS_TOO_LONG = 414


class Budget:
    """How much longer a run may wait for the wiki, in seconds."""

    def __init__(self, seconds: float = _BUDGET_SECONDS, sleep: Callable[[float], None] = time.sleep) -> None:
        self.left = seconds
        self._sleep = sleep

    def spend(self, seconds: float) -> None:
        """Wait, or raise TryLater where that is more than is left."""
        if seconds > self.left:
            raise TryLater("The wiki is away or too busy; run the same command again later.")
        self.left -= seconds
        self._sleep(seconds)


def use_budget(budget: Budget) -> type:
    """Make every site send its requests under one budget, and return the class of such requests.

    It is set on the class of sites, as a site asks the wiki for its settings while it is made.
    """
    from pywikibot.data import api  # noqa: PLC0415 -- see loading
    from pywikibot.site import APISite  # noqa: PLC0415

    plain, cached = _budgeted(budget, api.Request), _budgeted(budget, api.CachedRequest)
    APISite._request_class = staticmethod(lambda kwargs: plain if kwargs.get("expiry") is None else cached)
    return plain


def _budgeted(budget: Budget, kind: type) -> type:
    """Return a kind of request with its waiting put under a budget, and without its habit of printing errors."""
    from pywikibot import config  # noqa: PLC0415 -- see loading
    from pywikibot.comms import http  # noqa: PLC0415

    class BudgetedRequest(kind):  # type: ignore[misc]
        _tried = 0

        def wait(self, delay: float | None = None, **_: Any) -> None:
            self.last_error = dict.fromkeys(["code", "info"])
            self._tried += 1
            if self._tried > min(config.max_retries, _TRIES):
                raise TryLater("The wiki is read-only, away or too busy; run the same command again later.")
            budget.spend(delay or min(config.retry_wait * 2 ** (self._tried - 1), config.retry_max))

        def _http_request(self, use_get: bool, uri: str, data: Any, headers: Any, *_: Any) -> tuple[Any, bool]:
            method = "GET" if use_get else "POST"
            # pywikibot's own error handling would throw away what a busy wiki says about how long to wait.
            options: dict[str, Any] = {"default_error_handling": False, "callbacks": [_raise_errors]}
            try:
                answer = http.request(self.site, uri=uri, method=method, data=data, headers=headers, **options)
            except requests.RequestException as error:
                if isinstance(error, requests.ConnectionError) and self._tried + 1 >= _TRIES_TO_CONNECT:
                    raise TryLater(f"No answer from {self.site}: is the wiki up, and is its address right?") from None
                self.wait()
                return None, use_get
            return (None, False) if answer.status_code == _ADDRESS_TOO_LONG else (answer, use_get)

        def _json_loads(self, response: requests.Response) -> dict[str, Any] | None:
            if response.status_code in _BUSY:
                self.wait(_wait_after(response, str(self.site)))
                return None
            try:
                answer = response.json()
            except requests.exceptions.JSONDecodeError:
                self.wait(_wait_after(response, str(self.site)))
                return None
            return answer if isinstance(answer, dict) else {}

    return BudgetedRequest


def _raise_errors(answer: requests.Response | Exception) -> None:
    if isinstance(answer, Exception):
        raise answer


def _wait_after(response: requests.Response, site: str) -> float | None:
    """Return how long a busy wiki asks to wait; raise NotAllowed where it is not busy but means no."""
    if response.status_code not in _BUSY:
        raise NotAllowed(
            f"{site} does not answer as a wiki's API does ({response.status_code} {response.reason}): "
            "the address may be wrong, or the wiki refuses this user agent."
        )
    after = response.headers.get("Retry-After", "")
    return float(after) if after.isdecimal() else None


@contextmanager
def errors_named() -> Iterator[None]:
    """Turn pywikibot's exceptions into ours, by what the person or the scheduler should do."""
    from pywikibot import exceptions  # noqa: PLC0415 -- see loading

    try:
        yield
    except (exceptions.NoUsernameError, exceptions.UserRightsError) as error:
        raise NotAllowed(f"The wiki does not let the bot in: {error}") from None
    except (exceptions.ApiTimeoutError, exceptions.ServerError, exceptions.FatalServerError) as error:
        raise TryLater(f"The wiki is away or too busy: {error}") from None
