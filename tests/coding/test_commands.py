"""The command line's actions: what they write, what they say, and what they refuse."""

from pathlib import Path

import pytest

from rakelab.coding import commands
from rakelab.errors import RakelabError, UsageError
from rakelab.i18n import LANGUAGES

from .conftest import THEMES, A, B, fill


@pytest.fixture
def listed(tmp_path: Path) -> str:
    (tmp_path / "omat.toml").write_text(THEMES, encoding="utf-8")
    return str(tmp_path / "omat.toml")


def exported(answers: Path, listed: str, **more: str) -> list[str]:
    options = {"field": "vastaus", "themes": listed, "out": str(answers.parent / "k.xlsx"), **more}
    return commands.run("export", [str(answers)], options, "fi")


def test_from_export_to_the_agreed_result(answers: Path, listed: str) -> None:
    folder = answers.parent
    assert exported(answers, listed) == [f"Valmis: 4 tekstiä, {folder / 'k_a.xlsx'} ja {folder / 'k_b.xlsx'}"]
    sheets = [str(fill(folder / f"k_{one}.xlsx", marks)) for one, marks in (("a", A), ("b", A))]
    assert commands.run("agreement", sheets, {}, "sv") == [
        "Båda kodade 4 texter.",
        "Talous: Cohens kappa 1,00, alfa 1,00, 0 att diskutera",
        "Jonot: Cohens kappa 1,00, alfa 1,00, 0 att diskutera",
    ]
    out = folder / "koodattu.csv"
    assert commands.run("agreed", sheets, {"out": str(out)}, "en") == [f"Done: 4 coded texts, {out}"]
    assert "Vuokra" not in out.read_text(encoding="utf-8-sig")


def test_what_they_differ_on_is_written_where_asked(answers: Path, listed: str) -> None:
    exported(answers, listed)
    sheets = [str(fill(answers.parent / f"k_{one}.xlsx", marks)) for one, marks in (("a", A), ("b", B))]
    out = answers.parent / "talk.xlsx"
    assert commands.run("agreement", sheets, {"out": str(out)}, "en")[-1] == f"To discuss: {out}"
    assert out.exists()
    with pytest.raises(UsageError) as caught:
        commands.run("agreed", sheets, {"out": str(answers.parent / "x.csv")}, "fi")
    assert (caught.value.key, caught.value.values) == ("coding.no_talk", {"n": 2})


def test_one_coder_and_what_was_masked_and_cut(tmp_path: Path, listed: str) -> None:
    path = tmp_path / "h.csv"
    path.write_text("Haastattelu\nHetu 010190-999X.\n" + "pitkä " * 9000 + "\n", encoding="utf-8")
    out = str(tmp_path / "k.xlsx")
    assert commands.run("export", [str(path)], {"coders": "1", "themes": listed, "out": out}, "fi") == [
        f"Valmis: 2 tekstiä, {out}",
        "Tunnisteita peitettiin: henkilötunnus (1). Poista ne myös lähteestä.",
        "1 teksti oli taulukkosolulle liian pitkä ja katkaistiin. Lue se kokonaan lähteestä.",
    ]
    fill(tmp_path / "k.xlsx", {2: ["Jonot"], 3: ["Talous"]})
    made = str(tmp_path / "k.csv")
    assert commands.run("agreed", [out], {"out": made}, "fi") == [f"Valmis: 2 koodattua tekstiä, {made}"]


def test_a_form_s_texts_are_named(tmp_path: Path) -> None:
    from rakelab.demo import raportointi

    path = tmp_path / "ilmoitukset.xlsx"
    path.write_bytes(raportointi.table(2021))
    with pytest.raises(UsageError) as caught:
        commands.run("export", [str(path)], {"form": "sosiaalinen_raportointi"}, "fi")
    assert caught.value.key == "coding.which_field"
    assert "ilmio_teksti" in caught.value.values["known"]


WRONG = {
    "coding.unknown_action": ("exprot", ["a"]),
    "coding.files.export": ("export", []),
    "coding.files.agreement": ("agreement", ["a"]),
    "coding.files.agreed": ("agreed", ["a", "b", "c", "d"]),
}


@pytest.mark.parametrize("key", WRONG)
def test_a_wrong_command(key: str) -> None:
    with pytest.raises(UsageError) as caught:
        commands.run(*WRONG[key], {}, "fi")
    assert caught.value.key == key
    assert all(caught.value.sentence(lang) for lang in LANGUAGES)


@pytest.mark.parametrize("coders", ["0", "9", "-1", "kaksi"])
def test_how_many_coders(coders: str, answers: Path, listed: str) -> None:
    with pytest.raises(RakelabError) as caught:
        exported(answers, listed, coders=coders)
    assert caught.value.key == "coding.coders"
