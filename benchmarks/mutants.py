"""Mutants of the wall: one small fault at a time in ``rakelab/protect``, and whether its tests notice.

    python benchmarks/mutants.py [--sample 100] [--seed 1] [--files solve audit] [--processes 2] [--reports 60]
    python benchmarks/mutants.py --room ledger [...]

The tests are collected once. For each mutant a fork of this process has the fault put into the living module, and runs
the tests that come by the mutated function: those of its own test file first, then from the fastest to the slowest. A
fault that no test notices, and that ``EQUIVALENT`` gives a reason for, must leave the bytes of so many random reports
as they are; then it is listed as equivalent. Ends with 1 where fewer than 95 % of the others were noticed.
"""

import argparse
import ast
import contextlib
import copy
import importlib
import json
import os
import pickle
import random
import re
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FrameType, ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
#: What is mutated, and the tests that should notice.
ROOMS = {
    "protect": (
        ("rakelab/protect",),
        (
            "tests/protect", "tests/attacker/test_hard.py", "tests/attacker/test_norway.py",
            "tests/attacker/test_quotes.py", "tests/attacker/test_rule_replay.py", "tests/attacker/test_random.py",
        ),
    ),
    "ledger": (
        ("rakelab/ledger", "rakelab/protect/earlier.py", "rakelab/protect/together.py"),
        (
            "tests/ledger", "tests/protect/test_together.py", "tests/report/test_ledgered.py",
            "tests/attacker/test_together.py",
        ),
    ),
}  # fmt: skip
COMPARED = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
COUNTED = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult, ast.Pow: ast.Mult,
    ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr,
}  # fmt: skip
CALLED = {"any": "all", "all": "any", "max": "min", "min": "max"}
NOTICED, SURVIVED, SAME = 1, 0, 2

#: (file, function or name, fault) -> why no test can notice. Patterns of ``re``; each reason is checked with reports.
EQUIVALENT = {
    ("moves", r"NEAR|\(MOST_NEIGHBOURS.*", ".*"): "how far other ways are looked for",
    ("moves", "_walk", r"(not asked or )?len\(found\) > most.*"): "how far other ways are looked for",
    ("moves", "_neighbours", r"way \+ _stills.*"): "moves go both ways, in either order",
    ("solve", "ROUNDS|PATIENCE", ".*"): "how many choices are made",
    ("solve", "choose", "i >= PATIENCE -> .*"): "how many choices are made",
    ("solve", "_single_sums|_room", ".*"): "what the audit would ask for anyway",
    ("audit", "WORTH|ENOUGH", ".*"): "how much is asked at once",
    ("audit", "_many", ".*"): "which tables are looked for first",
    (
        "audit|solve",
        ".*",
        r".* ([<>]=?) .*(1e-\d+|NEAR) -> .* [<>]=? .*(1e-\d+|NEAR)",
    ): "a limit that no number meets exactly",
    ("audit", "_unreached", r".* <= v <= .* -> .* < v <= .*"): "a limit that no number meets exactly",
    ("solve", "_fewest", r"result\.x > 0\.5 -> .*"): "a limit that no number meets exactly",
    ("audit", "beyond|closed", r"value > .* -> value >= .*"): "what is true is never asked for",
    ("audit", "beyond", "False -> True"): "which tables are looked for first",
    ("audit", "_nearest", r"0\.5 -> 1\.5"): "which tables are looked for first",
    ("audit", "_nearest", r"not whole or .* -> .*|result\.x is not None .*"): "which tables are looked for first",
    ("means", "step|_tellable", ".* ALIKE -> .*"): "a limit that no number meets exactly",
    ("means", "told", "0 -> 1"): "never fewer than five",
    ("means", "_rankable", "False -> True"): "where there is no p nothing of it is told",
    ("lattice", ".*", r".* [+-] 1e-0[69] -> .*|1000 -> 1001|1e-0[69] -> .*"): "a computer's own rounding",
    ("lattice", "_fits", "low <.* -> low <.*"): "a limit that no number meets exactly",
    ("lattice", "facts", r"self\.values .* slack -> .*"): "a limit that no number meets exactly",
    ("margins", "judged|_statement", "p < .* -> .*"): "a limit that no number meets exactly",
    ("system", "Guard", "1 -> 2"): "each is written over",
    ("margins", "_statement", r"0\.0 -> 1\.0"): "said of both alike",
    ("lattice", "_way", r".*\(last - .*|2 -> 3"): "sums are halved otherwise, down to one",
    ("lattice", "settled", "1 -> 2"): "twice as much of both sides",
    ("system", "bounded|nested|rest", "n ([<>]) 0 -> n [<>]= 0|0 -> 1"): "no term counts nobody",
    ("margins|means", ".*", "(6|9) -> (7|10)"): "a computer's own rounding",
    ("lattice", "MOST_VALUES|FEW_VALUES|\\(FEW_VALUES.*", ".*"): "scales that are looked at though nothing can show",
}


@dataclass(frozen=True)
class Mutant:
    """One file with one fault in it; ``first`` is the first line of the function that it is in (0: in none)."""

    file: Path
    line: int
    first: int
    owner: str
    fault: str
    text: str

    @property
    def name(self) -> str:
        return f"{self.file}:{self.line} {self.owner}: {self.fault}"

    @property
    def reason(self) -> str:
        """Why nothing can notice it, if that is so."""
        own = (self.file.stem, self.owner, self.fault)
        fits = (why for place, why in EQUIVALENT.items() if all(map(re.fullmatch, place, own)))
        return next(fits, "")


# --- the faults ---------------------------------------------------------------------------------------------------


def mutants(file: Path) -> Iterator[Mutant]:
    """Every file that differs from ``file`` by one fault; none where nothing is done (annotations)."""
    tree = ast.parse((ROOT / file).read_text(encoding="utf-8"))
    functions, names = _functions(tree), _names(tree)
    unread = _idle(tree)
    for i, node in enumerate(ast.walk(tree)):
        for fault in _faults(node) if id(node) not in unread else ():
            mutated = copy.deepcopy(tree)
            place = next(one for k, one in enumerate(ast.walk(mutated)) if k == i)
            before = ast.unparse(node)
            fault(place)
            function = functions.get(id(node))
            first = min([function.lineno, *(one.lineno for one in function.decorator_list)]) if function else 0
            if function and any(ast.unparse(one) == "cache" for one in function.decorator_list):
                first = 0  # what it gave once is given again: any test may come by
            yield Mutant(file, getattr(node, "lineno", 0), first, names.get(id(node), ""),
                         f"{before[:70]} -> {ast.unparse(place)[:70]}", ast.unparse(mutated))  # fmt: skip


def _functions(tree: ast.Module) -> dict[int, ast.FunctionDef]:
    """The outermost function whose body each node is in."""
    found: dict[int, ast.FunctionDef] = {}
    for function in (one for one in ast.walk(tree) if isinstance(one, ast.FunctionDef)):
        for statement in function.body:
            for node in ast.walk(statement):
                found.setdefault(id(node), function)
    return found


def _names(tree: ast.Module) -> dict[int, str]:
    """The function, class or constant that each node is in."""
    found: dict[int, str] = {}
    for one in reversed(list(ast.walk(tree))):
        if isinstance(one, ast.FunctionDef | ast.ClassDef | ast.Assign):
            name = one.targets[0] if isinstance(one, ast.Assign) else one.name
            for node in ast.walk(one) if not isinstance(one, ast.Assign) or one in tree.body else ():
                found.setdefault(id(node), name if isinstance(name, str) else ast.unparse(name))
    return found


def _idle(tree: ast.Module) -> set[int]:
    noted = [getattr(one, part, None) for one in ast.walk(tree) for part in ("annotation", "returns")]
    noted += [one for one in ast.walk(tree) if isinstance(one, ast.keyword) and one.arg == "strict"]
    return {id(node) for one in noted if one is not None for node in ast.walk(one)}


def _faults(node: ast.AST) -> Iterator[Callable[[Any], None]]:
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARED:
        yield lambda one: one.ops.__setitem__(0, COMPARED[type(one.ops[0])]())
    if isinstance(node, ast.BinOp) and type(node.op) in COUNTED:
        yield lambda one: setattr(one, "op", COUNTED[type(one.op)]())
    if isinstance(node, ast.BoolOp):
        yield lambda one: setattr(one, "op", ast.And() if isinstance(one.op, ast.Or) else ast.Or())
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield lambda one: setattr(one, "value", one.value + 1)
    if isinstance(node, ast.Constant) and isinstance(node.value, bool):
        yield lambda one: setattr(one, "value", not one.value)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLED:
        yield lambda one: setattr(one.func, "id", CALLED[one.func.id])
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield lambda one: setattr(one, "operand", ast.UnaryOp(ast.Not(), one.operand))


# --- a fault put into a living module -----------------------------------------------------------------------------


def put(mutant: Mutant) -> None:
    """The module of ``mutant.file`` becomes what ``mutant.text`` says, for all who have imported from it."""
    name = ".".join(mutant.file.with_suffix("").parts).removesuffix(".__init__")
    living = sys.modules[name]
    made = ModuleType(name)
    vars(made).update({one: told for one, told in vars(living).items() if one in ("__package__", "__path__")})
    exec(compile(mutant.text, str(living.__file__), "exec"), vars(made))
    for one, new in vars(made).items():
        old = vars(living).get(one)
        if not one.startswith("__") and new is not old and not _renewed(old, new):
            _everywhere(one, old, new)


def _everywhere(name: str, old: object, new: object) -> None:
    for module in [one for key, one in sys.modules.items() if key.split(".")[0] == "rakelab"]:
        if vars(module).get(name) is old:
            setattr(module, name, new)


def _renewed(old: Any, new: Any) -> bool:
    """A class or a function takes over what the new one does; False for anything else."""
    if isinstance(old, type):
        for name in {*vars(old), *vars(new)} - {"__dict__", "__weakref__", "__doc__", "__module__"}:
            if name not in vars(new):
                delattr(old, name)
            elif name not in vars(old) or not _renewed(vars(old)[name], vars(new)[name]):
                setattr(old, name, vars(new)[name])
        return True
    for inner in ("__wrapped__", "__func__", "fget", "func"):
        if hasattr(old, inner) and not isinstance(getattr(old, "__code__", None), CodeType):
            return _renewed(getattr(old, inner), getattr(new, inner))
    if (
        not isinstance(getattr(old, "__code__", None), CodeType)
        or old.__closure__
        or old.__code__.co_filename == "<string>"
    ):
        return False
    old.__code__, old.__defaults__, old.__kwdefaults__ = new.__code__, new.__defaults__, new.__kwdefaults__
    return True


# --- the tests ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Run:
    """One test as it should be: how long it takes, and the functions of the room that it comes by."""

    seconds: float
    called: frozenset[tuple[str, int]]


class Judge:
    """In the place of pytest's own loop over its tests."""

    def __init__(self, asked: argparse.Namespace) -> None:
        self.asked, self.code = asked, 1
        self.judged: dict[int, list[Mutant]] = {NOTICED: [], SURVIVED: [], SAME: []}

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        self.files = list(_files(self.asked.room))
        for file in self.files:
            importlib.import_module(".".join(file.with_suffix("").parts).removesuffix(".__init__"))
        self.session = session
        self.reports = list(_reports(self.asked.reports))
        self.runs, self.digests = _told_by_child(self._as_it_should_be)
        files = [one for one in self.files if not self.asked.files or one.stem in self.asked.files]
        every = [mutant for file in files for mutant in mutants(file)]
        if self.asked.again:
            told = self.asked.again.read_text(encoding="utf-8")
            every = [mutant for mutant in every if f" {mutant.name}\n" in told]
        chosen = random.Random(self.asked.seed).sample(every, self.asked.sample or len(every))
        running: dict[int, Mutant] = {}
        for i, mutant in enumerate(chosen, 1):
            running[_forked(lambda one=mutant: self._fate(one))] = mutant
            while len(running) >= (self.asked.processes if i < len(chosen) else 1):
                self._await(running, len(every))
        self.code = self._summed_up()
        return True

    def _as_it_should_be(self) -> tuple[dict[str, Run], list[str]]:
        return {item.nodeid: self._timed(item) for item in self.session.items}, [_digest(one) for one in self.reports]

    def _timed(self, item: pytest.Item) -> Run:
        called: set[tuple[str, int]] = set()
        room, skipped = {str(ROOT / file) for file in self.files}, len(str(ROOT)) + 1

        def note(frame: FrameType, *_: object) -> None:
            if frame.f_code.co_filename in room:
                called.add((frame.f_code.co_filename[skipped:], frame.f_code.co_firstlineno))

        before = time.process_time()
        sys.settrace(note)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=None)
        sys.settrace(None)
        if self.session.testsfailed:
            raise RuntimeError(f"red without any fault: {item.nodeid}")
        return Run(time.process_time() - before, frozenset(called))

    def _fate(self, mutant: Mutant) -> int:
        put(mutant)
        items = self._coming_by(mutant)
        for item, following in zip(items, [*items[1:], None], strict=True):
            signal.setitimer(signal.ITIMER_PROF, 5 + 10 * self.runs[item.nodeid].seconds)  # its end is the child's
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            if self.session.testsfailed:
                return NOTICED
        if not mutant.reason or not self.reports:
            return SURVIVED
        signal.setitimer(signal.ITIMER_PROF, 600)
        same = all(_digest(one) == told for one, told in zip(self.reports, self.digests, strict=True))
        return SAME if same else SURVIVED

    def _coming_by(self, mutant: Mutant) -> list[pytest.Item]:
        place = (str(mutant.file), mutant.first)
        some = [one for one in self.session.items if not mutant.first or place in self.runs[one.nodeid].called]
        some = [one for one in some if self.runs[one.nodeid].seconds <= self.asked.slowest]
        own = f"test_{mutant.file.stem}.py"
        return sorted(some, key=lambda one: (one.path.name != own, self.runs[one.nodeid].seconds))

    def _await(self, running: dict[int, Mutant], every: int) -> None:
        child, status = os.wait()
        mutant = running.pop(child)
        fate = os.waitstatus_to_exitcode(status)
        self.judged[fate if fate in self.judged else NOTICED].append(mutant)
        if fate in (SURVIVED, SAME):
            told = f"equivalent ({mutant.reason})" if fate == SAME else "survived"
            print(f"{told}: {mutant.name}", flush=True)
        done = sum(map(len, self.judged.values()))
        print(f"{done} of {every}: {len(self.judged[NOTICED])} noticed, {len(self.judged[SAME])} equivalent",
              file=sys.stderr, flush=True)  # fmt: skip

    def _summed_up(self) -> int:
        noticed, survived, same = (len(self.judged[fate]) for fate in (NOTICED, SURVIVED, SAME))
        share = noticed / max(noticed + survived, 1)
        print(f"{noticed} noticed, {survived} survived ({share:.1%} noticed), {same} equivalent", flush=True)
        reasons = [mutant.reason for mutant in self.judged[SAME]]
        for reason in sorted(set(reasons)):
            print(f"  {reasons.count(reason)} equivalent: {reason}")
        return int(share < 0.95)


def _forked(work: Callable[[], int]) -> int:
    """A fork that does ``work`` in silence, and ends with what it gives; a fault of any kind is ``NOTICED``."""
    child = os.fork()
    if child:
        return child
    code = NOTICED
    with contextlib.suppress(BaseException):
        silent = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silent, 1)
        os.dup2(silent, 2)
        code = work()
    os._exit(code)


def _told_by_child(work: Callable[[], Any]) -> Any:
    """What ``work`` gives in a fork, so that nothing of it stays behind here."""
    with tempfile.TemporaryDirectory() as folder:
        told = Path(folder, "told")
        child = os.fork()
        if not child:
            with contextlib.suppress(BaseException):
                told.write_bytes(pickle.dumps(work()))
            os._exit(0)
        os.waitpid(child, 0)
        return pickle.loads(told.read_bytes())


def _files(room: str) -> Iterator[Path]:
    for place in (ROOT / one for one in ROOMS[room][0]):
        yield from (one.relative_to(ROOT) for one in (sorted(place.rglob("*.py")) if place.is_dir() else [place]))


# --- random reports -----------------------------------------------------------------------------------------------


def _reports(many: int) -> Iterator[tuple[list[Any], int]]:
    """Tallies of random reports, and the limit of each: every notebook in turn."""
    from tests.attacker import forms, reports

    kinds = (reports.PALVELUTARVE, *forms.KINDS)
    seed = 900_000  # of no test
    while many:
        seed += 1
        with contextlib.suppress(forms.Refused, forms._StopError):
            made = _counted(kinds[seed % len(kinds)], seed)
            if sum(len(one.counts) for one in made[0]) < 200:  # larger ones take long
                many -= 1
                yield made


def _counted(kind: str, seed: int) -> tuple[list[Any], int]:
    from rakelab.errors import RakelabError
    from tests.attacker import forms, reports

    if kind != reports.PALVELUTARVE:
        tallies, names = forms.counted(kind, seed)
        return tallies, names["kynnys"]
    asked = reports.asked_of(seed)
    try:
        rows = asked.rows(reports.people(seed))
        return reports.tables(rows, reports.np.random.default_rng([seed, 1]), asked), 5
    except RakelabError as refusal:
        raise forms.Refused(refusal.key) from None


def _digest(report: tuple[list[Any], int]) -> str:
    """Everything released of a report, or why nothing is."""
    from rakelab import archive
    from rakelab.errors import RakelabError
    from rakelab.protect import Policy, protect

    tallies, threshold = report
    try:
        return json.dumps(archive.as_dict(protect(tallies, Policy(threshold=threshold))), sort_keys=True)
    except RakelabError as refusal:
        return refusal.key


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sample", type=int, default=0, help="so many mutants, drawn; all where 0")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", nargs="*", default=[], help="of these only: solve audit …")
    parser.add_argument("--again", type=Path, help="only those that an earlier run printed into this file")
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--reports", type=int, default=60, help="random reports that an equivalent one must not change")
    parser.add_argument("--room", choices=ROOMS, default="protect")
    parser.add_argument("--tests", nargs="+", default=[], help="other tests than those of the room")
    parser.add_argument("--slowest", type=float, default=float("inf"), help="only tests of at most so many seconds")
    judge = Judge(parser.parse_args())
    sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
    options = ["-q", "-n", "0", "-s", "-p", "no:cacheprovider", "--rootdir", str(ROOT)]
    tests = judge.asked.tests or ROOMS[judge.asked.room][1]
    stopped = pytest.main([*options, *(str(ROOT / one) for one in tests)], plugins=[judge])
    return judge.code or int(stopped not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED))


if __name__ == "__main__":
    sys.exit(main())
