"""The figures of docs/identifiers.md hold, and the time grows with the length."""

import importlib.util
import re
import sys
from pathlib import Path

import pytest

from rakelab.identifiers import find

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared" / "data"


@pytest.fixture(scope="module")
def bench():
    spec = importlib.util.spec_from_file_location("bench_identifiers", ROOT / "benchmarks" / "identifiers.py")
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def data():
    if not (SHARED / "ner" / "dev.tsv").exists():
        pytest.skip("no ../shared/data")
    return SHARED


@pytest.mark.shared
def test_nine_names_of_ten_are_found_in_running_text(bench, data):
    scores = bench.running_text(data)
    assert min(score.recall for score in scores.values()) >= 0.90
    assert scores["all"].precision >= 0.5


@pytest.mark.shared
def test_every_code_of_the_real_format_is_found(bench, data):
    total, found = bench.identity_codes(data)
    assert total == found > 30


@pytest.mark.shared
@pytest.mark.parametrize("file", ["faker_fi_names.csv", "finnish_name_generator_names.csv"])
def test_listed_names_are_found_in_ten_cases(bench, data, file):
    shares = {way: found / total for way, (total, found) in bench.names(data, file).items()}
    assert shares["inside a sentence"] > 0.99
    assert shares["first in a sentence"] > 0.95


@pytest.mark.shared
def test_addresses_of_the_listed_parts_are_found(bench, data):
    total, found = bench.addresses(data)
    assert found / total > 0.95


@pytest.mark.shared
def test_the_document_tells_what_is_measured(bench, data):
    told = re.sub(r"\s+", " ", (ROOT / "docs" / "identifiers.md").read_text(encoding="utf-8"))
    assert [line for line in bench.lines(data) if line not in told] == []


def test_forms_of_a_name(bench):
    assert bench.forms("Virtanen", first=False)[:5] == ("Virtanen", "Virtasen", "Virtasta", "Virtaseen", "Virtasesta")
    assert bench.forms("Lahti", first=False)[1:4] == ("Lahden", "Lahtea", "Lahteen")
    assert bench.forms("Antti", first=True)[1:4] == ("Antin", "Anttia", "Anttiin")
    assert all(len(bench.forms(name, first=True)) == len(bench.CASES) for name in ("Johannes", "Henrik", "Jade"))


@pytest.mark.parametrize(
    "unit",
    [
        "Virtasen Matti soitti 040 123 4567 eilen. ",
        "a",
        "A",
        "1 ",
        "Aa ",
        "a@a.",
        "Kauppakatu ",
        "FI21 12 ",
        "0 1-",
        "Å-",
    ],
)
def test_a_text_of_50_000_characters(unit):
    text = (unit * 50_000)[:50_000]
    assert all(one.start < one.end <= 50_000 for one in find(text))
