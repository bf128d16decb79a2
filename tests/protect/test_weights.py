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
from rakelab.protect.weights import hides_zero, home, secret_of, weights

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


def test_a_secret_hides_a_few_zeros_where_two_variables_cross_and_always_the_same() -> None:
    crossed = [key(("v", str(i)), ("h", "a")) for i in range(2000)]
    own, again, other = ([hides_zero(one, secret) for one in crossed] for secret in (b"a" * 32, b"a" * 32, b"b" * 32))
    assert own == again != other
    assert 60 < sum(own) < 140
    assert not any(hides_zero(one, b"a" * 32) for one in PLACES)


def test_a_cell_of_many_tables_and_one_that_may_be_told_cost_more() -> None:
    one, told = key(("v", "a")), key(("w", "tyhja"))
    words = {"w": variable(["tyhja"], open=("tyhja",))}
    costs = [weights({one: 5, told: 1, key(("v", "b")): 1}, words, bytes([i]) * 32) for i in range(32)]
    assert all(many > plain and open_ > plain for many, open_, plain in costs)


def kinds(*cells: tuple[int, bool]) -> list[float]:
    """What a cell costs beside what is drawn for each place: of so many pairs, open or not."""
    words = {"v": variable(["x"], open=("x",))}
    some = [key(*((name, "x") for name in ("v" if told else "w", "a", "b", "c", "d")[:n])) for n, told in cells]
    once, twice = (weights(dict.fromkeys(some, n), words, b"a" * 32) for n in (1, 2))
    return (2 * once - twice).tolist()


def test_totals_cost_two_more_fewer_pairs_a_little_more_and_what_may_be_told_ten() -> None:
    plain = kinds((0, False), (1, False), (2, False), (3, False), (4, False), (5, False))
    assert plain == pytest.approx([2.2, 2.15, 0.1, 0.05, 0.0, 0.0])
    assert kinds((1, True), (2, True)) == pytest.approx([12.15, 10.1])


def test_each_place_costs_from_one_to_three_and_six_tenths_of_that_where_an_answer_is_missing() -> None:
    names = [key(("v", str(i)), ("h", "1")) for i in range(300)]
    words = {"v": variable(map(str, range(300)), missing=tuple(map(str, range(300))))}
    costs = weights(dict.fromkeys(names, 1), {}, b"a" * 32) - 0.1
    assert 1 <= costs.min() < 1.05
    assert 2.95 < costs.max() < 3
    assert weights(dict.fromkeys(names, 1), words, b"a" * 32) - 0.1 == pytest.approx(0.6 * costs)
    assert (weights(dict.fromkeys(names, 0), {}, b"a" * 32) - 0.1 == costs).all()


def test_a_long_secret_is_a_secret() -> None:
    first, second = (weights(PLACES, {}, b"a" * n) for n in (64, 100))
    assert (first == second).all()


def test_invented_people_need_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("RAKELAB_SECRET")
    monkeypatch.setenv("XDG_CONFIG_HOME", os.devnull)
    assert secret_of(synthetic=True)


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings of somebody who has made no report yet."""
    monkeypatch.delenv("RAKELAB_SECRET")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "users" / "own"))
    return tmp_path / "users" / "own" / "rakelab" / "secret"


@pytest.mark.parametrize("folder_is_there", [False, True])
def test_a_first_secret_is_64_letters_that_only_its_owner_reads(own: Path, folder_is_there: bool) -> None:
    if folder_is_there:
        own.parent.mkdir(parents=True)
    secret = secret_of(synthetic=False)
    assert (own.read_bytes(), len(secret)) == (secret, 64)
    assert stat.S_IMODE(own.stat().st_mode) == 0o600


@pytest.mark.parametrize(("length", "is_one"), [(31, False), (32, True)])
def test_a_kept_secret_of_32_letters_is_one(own: Path, length: int, is_one: bool) -> None:
    own.parent.mkdir(parents=True)
    own.write_bytes(b"x" * length)
    if is_one:
        assert secret_of(synthetic=False) == b"x" * length
    else:
        with pytest.raises(UsageError):
            secret_of(synthetic=False)


@pytest.mark.parametrize(("given", "place"), [("XDG_CONFIG_HOME", ""), ("APPDATA", ""), ("HOME", ".config")])
def test_where_a_secret_is_kept(given: str, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("XDG_CONFIG_HOME", "APPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(given, str(tmp_path))
    assert home() == tmp_path / place / "rakelab" / "secret"


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
