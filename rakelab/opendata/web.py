"""Asking a server politely: a name of one's own, a time limit, a few tries with longer and longer pauses."""

import json
import time
from dataclasses import dataclass
from typing import Any

from rakelab.opendata.fault import OpenDataError

#: Worth another try: too many questions, and what a server does when it is ill.
_AGAIN = frozenset((429, 500, 502, 503, 504))
_REFUSED = frozenset((401, 403, 407))


@dataclass(frozen=True)
class Manners:
    """How a server is asked. Servers refuse the usual names of programs, so ours says who it is."""

    agent: str = "rakelab-opendata/1.0 (Python; open data of wellbeing services counties)"
    seconds: float = 60.0  # for one answer, however slowly it comes
    tries: int = 4
    pause: float = 1.0  # before the second try; doubled before each that follows
    longest: float = 60.0  # what a server may ask us to wait
    most: int = 50_000_000  # bytes of one answer


class _FailedError(Exception):
    """A try that may be worth another."""

    def __init__(self, fault: OpenDataError, wait: float = 0.0) -> None:
        super().__init__()
        self.fault, self.wait = fault, wait


def get(url: str, manners: Manners, *, json_only: bool) -> str:
    """The text at ``url``. Raises OpenDataError for what did not come, or came as something else."""
    for attempt in range(manners.tries):
        try:
            return _whole(_once(url, manners), json_only=json_only)
        except _FailedError as failed:
            last = failed.fault
            if attempt + 1 < manners.tries:
                time.sleep(min(max(failed.wait, manners.pause * 2**attempt), manners.longest))
    raise last


def _httpx() -> Any:
    try:
        import httpx
    except ImportError:
        raise OpenDataError("opendata.no_httpx") from None
    return httpx


def _once(url: str, manners: Manners) -> str:
    httpx, end = _httpx(), time.monotonic() + manners.seconds
    headers, body = {"User-Agent": manners.agent, "Accept": "application/json, text/csv"}, bytearray()
    try:
        with httpx.stream("GET", url, headers=headers, timeout=manners.seconds, follow_redirects=True) as response:
            _check(response)
            for piece in response.iter_bytes():
                body += piece
                if time.monotonic() > end:
                    raise _FailedError(OpenDataError("opendata.slow", seconds=f"{manners.seconds:g}"))
                if len(body) > manners.most:
                    raise OpenDataError("opendata.large")
    except httpx.TimeoutException:
        raise _FailedError(OpenDataError("opendata.slow", seconds=f"{manners.seconds:g}")) from None
    except (httpx.HTTPError, httpx.InvalidURL):
        raise _FailedError(OpenDataError("opendata.unreachable")) from None
    return bytes(body).decode("utf-8-sig", "replace")


def _check(response: Any) -> None:
    status = int(response.status_code)
    if status in _REFUSED:
        raise OpenDataError("opendata.refused", status=status)
    if status in _AGAIN:
        word = "busy" if status == 429 else "ill"
        raise _FailedError(OpenDataError(f"opendata.{word}", status=status), _asked_wait(response))
    if status != 200:
        raise OpenDataError("opendata.status", status=status)


def _asked_wait(response: Any) -> float:
    asked = response.headers.get("Retry-After", "")
    return float(asked) if asked.isdigit() else 0.0


def _whole(text: str, *, json_only: bool) -> str:
    """The text itself, if it is what was asked for: a proxy's page comes with status 200 too, and half an answer may be
    worth another try."""
    if text.lstrip()[:1] == "<":
        raise OpenDataError("opendata.page")
    if json_only:
        try:
            json.loads(text)
        except ValueError:
            raise _FailedError(OpenDataError("opendata.not_whole")) from None
    return text
