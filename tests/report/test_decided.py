"""``rakelab review``: who decided what of a report, and that it holds for its numbers only."""

import json

import pytest

from rakelab import cli

from .notebooks import released


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "raportti").mkdir()
    (tmp_path / "raportti" / "released.json").write_text(released(), encoding="utf-8")
    return tmp_path / "raportti"


@pytest.fixture
def review(folder, capsys):
    def command(*words):
        code = cli.main(["review", str(folder), *words, "--lang", "en"])
        said = capsys.readouterr()
        return code, said.out + said.err

    return command


def test_nothing_is_decided_until_somebody_decides(review, folder):
    code, said = review()
    assert code == 0
    assert said.startswith("Nothing has been decided of the report.")
    assert not (folder / "review.json").exists()


def test_a_decision_is_kept_and_told_again(review):
    assert review("--by", "Aino Malli", "--decision", "returned", "--note", "the year is missing")[0] == 0
    said = review()[1]
    assert said.startswith("Returned to be mended (Aino Malli, ")
    assert said.endswith("the year is missing\n")


def test_a_decision_does_not_outlive_the_numbers(review, folder):
    review("--by", "Aino", "--decision", "approved")
    (folder / "released.json").write_text(released((71, 41, 30)), encoding="utf-8")
    assert review()[1].startswith("The numbers have changed since the decision (Aino, ")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--by", "Aino", "--decision", "aproved"), "--decision aproved: the decision is approved"),
        (("--decision", "approved"), "Who decides is missing"),
        (("--by", " ", "--decision", "approved"), "Who decides is missing"),
        (("--by", "Aino"), "--decision –: the decision is approved"),
        (("--by", "Aino", "--decision", "returned", "--note", "hetu 010190-900P"), "The note (--note) has something"),
    ],
)
def test_a_wrong_word_decides_nothing(review, folder, words, said):
    code, told = review(*words)
    assert code == 2
    assert told.startswith(said)
    assert "010190" not in told
    assert not (folder / "review.json").exists()


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"decision": "approved"}', '{"format": "other"}', "null"])
def test_a_file_of_somebody_else_decides_nothing(review, folder, content):
    (folder / "review.json").write_text(content, encoding="utf-8")
    assert review()[1].startswith("Nothing has been decided")


def test_a_file_with_another_day_decides_nothing(review, folder):
    review("--by", "Aino", "--decision", "approved")
    told = json.loads((folder / "review.json").read_text(encoding="utf-8"))
    (folder / "review.json").write_text(json.dumps({**told, "day": "eilen"}), encoding="utf-8")
    assert review()[1].startswith("Nothing has been decided")


def test_a_folder_without_a_report_is_said(tmp_path, capsys):
    assert cli.main(["review", str(tmp_path), "--lang", "en"]) == 2
    assert "There is no report (released.json) in the folder" in capsys.readouterr().err
