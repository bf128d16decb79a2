"""Several exhibits as one: each with an id of its own, every figure among the files."""

import json
from re import findall

import pytest

from rakelab import present
from rakelab.errors import UsageError


def test_they_follow_one_another_with_ids_of_their_own(needs):
    bars = present.bars(needs, alt=present.leading(needs))
    html = present.several([bars, present.table(needs), bars]).html("sv")
    ids = findall(r'<table id="([^"]*)"', html)
    assert (len(ids), len(set(ids))) == (3, 3)
    assert html.index("<figure>") < html.index("Behov av stöd per år")


def test_the_specification_is_json_and_holds_those_of_the_others(needs):
    bars = present.bars(needs, alt=present.leading(needs))
    spec = json.loads(json.dumps(present.several([present.several([bars]), bars]).spec))
    assert list(present.specifications(spec)) == [bars.spec, bars.spec]
    assert list(present.specifications(bars.spec)) == [bars.spec]


def test_none_is_nothing(needs):
    assert "<table" not in present.several([]).html()
    with pytest.raises(UsageError) as caught:
        present.several([needs])
    assert caught.value.key == "present.not_an_exhibit"
