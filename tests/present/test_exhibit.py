"""One execution, three languages: an exhibit is drawn again from its JSON and the release."""

import json

import pytest

from rakelab import estimate, present
from rakelab.errors import UsageError


def shown(thing: object) -> tuple[dict, dict]:
    from IPython.core.formatters import DisplayFormatter

    return DisplayFormatter().format(thing)


def test_a_notebook_output_carries_the_stamp_and_the_specification(needs):
    data, metadata = shown(present.table(needs))
    assert (metadata["rakelab"]["released"], list(metadata["rakelab"]["of"])) == (True, ["needs_vuosi"])
    assert set(data) == {"text/html", "text/plain", present.MIME}
    assert data["text/plain"] == "<Exhibit table: needs_vuosi>"
    assert data[present.MIME]["kind"] == "table"


def test_jupyterlab_gets_the_exhibit_with_its_style_and_not_as_its_source(needs):
    """Without the style the lines of figures are not drawn, and both widths are."""
    html = shown(present.table(needs))[0]["text/html"]
    style, end, rest = html.partition("</style>")
    assert (type(html), style[:7], end) == (str, "<style>", "</style>")
    assert rest.startswith(present.table(needs).html())
    assert ".fig.narrow { display: none" in style
    assert "prefers-color-scheme" not in style
    assert '[data-jp-theme-light="false"] .rakelab-exhibit' in style


@pytest.mark.parametrize("lang", ["fi", "sv", "en"])
def test_every_language_comes_from_the_same_json(needs, lang):
    exhibit = present.dots(needs, alt=present.contrast(estimate.compare(needs)), lang="fi")
    spec = json.loads(json.dumps(shown(exhibit)[0][present.MIME]))
    assert present.render(spec, {"needs_vuosi": needs}, lang) == exhibit.html(lang)


def test_a_specification_holds_no_number_of_the_table(needs):
    spec = present.bars(needs, alt=present.leading(needs)).spec
    assert spec == {
        "format": "rakelab-exhibit-1",
        "kind": "bars",
        "table": "needs_vuosi",
        "columns": [[]],
        "alt": {"kind": "leading", "table": "needs_vuosi", "column": [], "n": 3},
    }


def test_equal_exhibits_get_different_ids_on_one_page(needs):
    spec = present.table(needs).spec
    first, second = (present.render(spec, {"needs_vuosi": needs}, "fi", number) for number in (0, 1))
    assert first.split('id="', 1)[1].split('"')[0] != second.split('id="', 1)[1].split('"')[0]


@pytest.mark.parametrize(
    ("change", "key"),
    [
        ({"format": "rakelab-exhibit-9"}, "present.bad_spec"),
        ({"kind": "tabel"}, "present.bad_spec"),
        ({"table": "needs"}, "present.no_table"),
    ],
)
def test_a_specification_that_cannot_be_drawn_is_refused(needs, change, key):
    spec = {**present.table(needs).spec, **change}
    with pytest.raises(UsageError) as caught:
        present.render(spec, {"needs_vuosi": needs}, "fi")
    assert caught.value.key == key


def test_an_unknown_sentence_is_refused(needs):
    with pytest.raises(UsageError) as caught:
        present.Sentence.of({"kind": "leadin", "table": "needs_vuosi"}, {"needs_vuosi": needs})
    assert caught.value.sentence("en") == "The kind of exhibit leadin is not known. The nearest is leading."


def test_a_missing_table_names_those_that_exist(needs):
    with pytest.raises(UsageError) as caught:
        present.render({**present.table(needs).spec, "table": "x"}, {"needs_vuosi": needs}, "fi")
    assert caught.value.sentence("fi") == "Taulukkoa x ei ole julkaisussa. Taulukot: needs_vuosi."


def test_representations_show_no_numbers(needs):
    assert repr(present.leading(needs)) == "<Sentence leading: needs_vuosi>"
    assert repr(present.findings(present.leading(needs))) == "<Exhibit findings>"
