"""The Table Schema of a codebook is accepted by frictionless and refuses what the codebook refuses."""

import json

import pytest

from rakelab.codebook import codebook, names
from rakelab.tableschema import descriptor
from rakelab.templates import column_names

frictionless = pytest.importorskip("frictionless")


def checked(rows: list[dict[str, str]], name: str = "palvelutarve") -> list[list]:
    """Row number, field and kind of every fault that frictionless finds in ``rows``."""
    book = codebook(name)
    header = column_names(book)
    data = [header, *([row.get(column, "") for column in header] for row in rows)]
    schema = frictionless.Schema.from_descriptor(descriptor(book))
    return frictionless.Resource(data=data, schema=schema).validate().flatten(["rowNumber", "fieldName", "type"])


@pytest.mark.parametrize("name", names())
@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_frictionless_accepts_every_built_in_codebook(name, lang):
    made = descriptor(codebook(name), lang)
    frictionless.Schema.validate_descriptor(made)
    assert [field["name"] for field in made["fields"]] == column_names(codebook(name))
    assert json.loads(json.dumps(made)) == made


def test_good_rows_pass_also_with_missing_codes():
    good = {"vuosi": "2021", "kunta": "205", "ika": "43", "tuen_tarpeet:talous": "1", "tuen_tarpeet:arki": "0"}
    gaps = {
        "vuosi": "2020",
        "kunta": "ei tietoa",
        "ika": "99",
        "vakivalta": "ei kysytty",
        "sairaudet:vamma": "ei kysytty",
    }
    assert checked([good, gaps]) == []


@pytest.mark.parametrize(
    ("column", "cell", "fault"),
    [
        ("vuosi", "", "constraint-error"),
        ("vuosi", "21", "constraint-error"),
        ("ika", "430", "constraint-error"),
        ("ika", "nuori", "type-error"),
        ("kunta", "785", "constraint-error"),
        ("tuen_tarpeet:talous", "2", "type-error"),
    ],
)
def test_a_cell_that_the_codebook_refuses_is_refused(column, cell, fault):
    row = {"vuosi": "2021", "kunta": "205"} | {column: cell}
    assert checked([row]) == [[2, column, fault]]


def test_what_table_schema_lacks_is_kept_under_the_codebooks_names():
    fields = {field["name"]: field for field in descriptor(codebook("palvelutarve"), "en")["fields"]}
    assert fields["sairaudet:vamma"]["title"] == "Illnesses: Disability"
    assert fields["sairaudet:vamma"]["sensitivity"] == "health"
    assert fields["kunta"]["role"] == "region"
    assert fields["kunta"]["categories"][1] == {"value": "205", "label": "Kajaani"}
    assert fields["vakivallan_ulottuvuus:vaino"]["applies"]["field"] == "vakivalta"
    assert fields["ika"]["missingValues"][-1] == "99"
    assert "role" not in fields["ika"]


def test_a_number_uses_the_decimal_comma(tmp_path):
    path = tmp_path / "oma.toml"
    title = 'title = { fi = "F", sv = "S", en = "E" }\n'
    path.write_text(f'[codebook]\n{title}[[field]]\nname = "tulo"\ntype = "number"\n{title}', encoding="utf-8")
    assert descriptor(codebook(path))["fields"][0]["decimalChar"] == ","
