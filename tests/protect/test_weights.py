"""What hiding a cell costs: drawn from a secret, the same every time, and nothing of any count."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from spec import variable

from rakelab.cells import TOTAL, key
from rakelab.errors import UsageError
from rakelab.protect.weights import home, secret_of, weights

PLACES = {TOTAL: 1, **{key(("v", str(i))): 1 for i in range(200)}}


def test_the_same_secret_gives_the_same_costs_and_another_gives_others() -> None:
    first, again, other = (weights(PLACES, {}, secret) for secret in (b"a" * 32, b"a" * 32, b"b" * 32))
    assert (first == again).all()
    assert (first != other).mean() > 0.9


def test_a_cell_costs_the_same_whatever_stands_beside_it() -> None:
    some = dict(list(PLACES.items())[:20])
    assert (weights(some, {}, b"a" * 32) == weights(PLACES, {}, b"a" * 32)[:20]).all()


def test_each_of_two_like_cells_can_be_the_cheaper() -> None:
    pair = {key(("v", "a")): 1, key(("v", "b")): 1}
    order = [bool(np.argmin(weights(pair, {}, bytes([i]) * 32))) for i in range(64)]
    assert 16 < sum(order) < 48


def test_a_cell_of_many_tables_and_one_that_may_be_told_cost_more() -> None:
    one, told = key(("v", "a")), key(("w", "tyhja"))
    words = {"w": variable(["tyhja"], open=("tyhja",))}
    costs = [weights({one: 5, told: 1, key(("v", "b")): 1}, words, bytes([i]) * 32) for i in range(32)]
    assert all(many > plain and open_ > plain for many, open_, plain in costs)


def test_invented_people_need_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAKELAB_SECRET")
    monkeypatch.setenv("XDG_CONFIG_HOME", os.devnull)
    assert secret_of(synthetic=True)


def _own(folder: Path) -> subprocess.CompletedProcess[str]:
    code = "from rakelab.protect.weights import secret_of; print(secret_of(synthetic=False).decode())"
    env = {name: value for name, value in os.environ.items() if name != "RAKELAB_SECRET"}
    run = [sys.executable, "-c", code]
    return subprocess.run(run, env={**env, "XDG_CONFIG_HOME": str(folder)}, capture_output=True, encoding="utf-8")


def test_a_secret_is_made_at_first_use_and_kept(tmp_path: Path) -> None:
    first, second = _own(tmp_path), _own(tmp_path)
    assert len(first.stdout.strip()) >= 32
    assert first.stdout == second.stdout
    (kept,) = tmp_path.rglob("*secret*")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert _own(tmp_path / "another").stdout != first.stdout


def test_a_secret_that_cannot_be_kept_stops_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAKELAB_SECRET")
    monkeypatch.setenv("XDG_CONFIG_HOME", os.devnull)
    with pytest.raises(UsageError) as caught:
        secret_of(synthetic=False)
    assert "RAKELAB_SECRET" in caught.value.sentence("en")
    assert home().name in caught.value.sentence("en")


def test_a_file_cut_short_is_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAKELAB_SECRET")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    home().parent.mkdir()
    home().write_bytes(b"short")
    with pytest.raises(UsageError):
        secret_of(synthetic=False)
