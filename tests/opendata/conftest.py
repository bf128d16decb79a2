"""A server on this machine that answers as Sotkanet is documented to, and in every wrong way."""

import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from rakelab.opendata import Manners, Sotkanet
from rakelab.opendata.cache import Cache

JSON, CSV, HTML = "application/json", "text/csv;charset=UTF-8", "text/html"


@dataclass
class Reply:
    """One answer: ``length`` promises another number of bytes than come; ``wait`` is before the last of them."""

    body: str = ""
    status: int = 200
    kind: str = JSON
    length: int | None = None
    wait: float = 0.0
    headers: dict[str, str] = field(default_factory=dict)


@dataclass
class Played:
    """The replies by path, in order, the last again and again; and what was asked."""

    replies: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[tuple[str, str]] = field(default_factory=list)
    address: str = ""

    def say(self, path: str, *replies: Reply | object) -> None:
        self.replies[path] = [one if isinstance(one, Reply) else Reply(json.dumps(one)) for one in replies]

    def next(self, path: str) -> Reply:
        own = self.replies.get(path.partition("?")[0], [Reply("{}", 404)])
        return own.pop(0) if len(own) > 1 else own[0]


class _Handler(BaseHTTPRequestHandler):
    played: Played

    def do_GET(self) -> None:
        path = self.path.removeprefix("/rest/1.1/")
        self.played.asked.append((path, self.headers["User-Agent"]))
        reply = self.played.next(path)
        body = reply.body.encode()
        self.send_response(reply.status)
        for name, value in {"Content-Type": reply.kind, **reply.headers}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if reply.length is None else reply.length))
        self.end_headers()
        self.wfile.write(body[:-1])
        self.wfile.flush()
        time.sleep(reply.wait)
        self.wfile.write(body[-1:])

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Played]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    played = Played()
    handler = type("Handler", (_Handler,), {"played": played})
    running = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    played.address = f"http://127.0.0.1:{running.server_port}/rest/1.1"
    threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield played
    running.shutdown()
    running.server_close()


@pytest.fixture
def sotkanet(server: Played, tmp_path: Path) -> Sotkanet:
    return Sotkanet(Cache(tmp_path), base=server.address, manners=Manners(pause=0, seconds=5, longest=0))


POPULATION = {
    "id": 127,
    "title": {"fi": "Väestö 31.12.", "sv": "Befolkning 31.12.", "en": "Population on 31 Dec."},
    "organization": {"id": 1, "title": {"fi": "Terveyden ja hyvinvoinnin laitos (THL)"}},
    "primaryValueType": {"code": "LKM", "title": {"fi": "lukumäärä"}},
    "data-updated": "2026-06-01",
    "limits": {"fi": "", "sv": None},
}


def row(region: int, year: int, **more: object) -> dict[str, object]:
    return {"indicator": 127, "region": region, "year": year, "gender": "total", **more}
