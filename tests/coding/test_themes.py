"""A theme list is read strictly, and all its faults are told at once."""

from pathlib import Path

import pytest

from rakelab import coding
from rakelab.coding.themes import NONE
from rakelab.errors import CodebookError
from rakelab.i18n import LANGUAGES

LABEL = '{ fi = "A", sv = "B", en = "C" }'


def broken(text: str, tmp_path: Path) -> list[str]:
    path = tmp_path / "lista.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CodebookError) as caught:
        coding.themes(path)
    return [fault.key for fault in caught.value.faults]


def test_the_list_that_comes_with_rakelab_is_whole_and_says_that_it_is_ours() -> None:
    assert coding.names() == ("sosiaalinen_raportointi",)
    ours = coding.themes("sosiaalinen_raportointi")
    assert "ehdotus" in ours.source
    assert [theme.id for theme in ours.themes if not theme.words] == ["muu"]
    assert all(theme.label[lang] for theme in ours.themes for lang in LANGUAGES)


def test_none_of_these_is_an_option_that_stands_alone(themes: coding.Themes) -> None:
    assert [(one.value, one.exclusive) for one in themes.options] == [("talous", False), ("jono", False), (NONE, True)]


def test_every_fault_of_a_list_is_told_at_once(tmp_path: Path) -> None:
    text = f"""
    [themes]
    nmae = "x"
    sensitivity = "secret"
    [[theme]]
    id = "a=b"
    label = {LABEL}
    [[theme]]
    id = "tyhja"
    label = {{ sv = "A" }}
    words = ["ok", ""]
    [[theme]]
    id = "c"
    label = {LABEL}
    word = ["x"]
    """
    assert sorted(broken(text, tmp_path)) == [
        "codebook.bad_name",
        "codebook.no_label",
        "codebook.not_one_of",
        "codebook.twice",
        "codebook.twice",
        "codebook.twice",
        "codebook.unknown_key",
        "codebook.unknown_key",
        "coding.bad_word",
        "coding.reserved",
    ]


def test_a_list_needs_themes(tmp_path: Path) -> None:
    assert broken("", tmp_path) == ["coding.no_themes"]


def test_an_unknown_list_names_the_nearest() -> None:
    with pytest.raises(CodebookError) as caught:
        coding.themes("sosiaalinen_raportti")
    assert str(caught.value) == (
        "Teemaluetteloa sosiaalinen_raportti ei ole. Lähin on sosiaalinen_raportointi. "
        "Oman luettelon voi antaa TOML-tiedoston polkuna."
    )
