"""The shell itself, in this process; what it is for is tested through the engine."""

import sys

import pytest

from rakelab.report.shell import Shell, run_cells


@pytest.fixture
def sent(tmp_path, monkeypatch):
    """Runs cells here and gives what they sent; the traces of IPython are wiped away."""
    for name in ("displayhook", "excepthook"):
        monkeypatch.setattr(sys, name, getattr(sys, name))
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    monkeypatch.chdir(tmp_path)

    def run(*sources, draw=True):
        messages = []
        run_cells(messages.append, list(enumerate(sources)), str(tmp_path), draw)
        return messages

    yield run
    Shell.clear_instance()


def test_cells_run_in_order_until_one_stops(sent):
    told = sent("x = 1", "print(x)\nprint(2)", "1 / 0", "x = 3")
    assert [one["cell"] for one in told] == [0, 1, 2]
    assert told[1]["outputs"] == [{"output_type": "stream", "name": "stdout", "text": "1\n2\n"}]
    assert {name: told[2][name] for name in ("name", "line", "error")} == {
        "name": "ZeroDivisionError",
        "line": 1,
        "error": None,
    }


def test_an_error_of_ours_travels_whole(sent):
    (told,) = sent("from rakelab.errors import UsageError\nraise UsageError('common.and')")
    assert told["error"].key == "common.and"


def test_a_syntax_error_tells_its_line(sent):
    (told,) = sent("x = 1\nx =")
    assert (told["name"], told["line"]) == ("SyntaxError", 2)


def test_exhibits_can_be_kept_as_specifications(sent):
    source = "from rakelab import present\npresent.note('common.total')"
    (drawn,), (plain,) = sent(source), sent(source, draw=False)
    assert "text/html" in drawn["outputs"][0]["data"]
    assert "text/html" not in plain["outputs"][0]["data"]
    kept = [one["outputs"][0]["data"]["application/vnd.rakelab+json"] for one in (drawn, plain)]
    assert kept[0] == kept[1]
    assert drawn["outputs"][0]["metadata"] == plain["outputs"][0]["metadata"]


def test_outputs_can_be_cleared_and_figures_are_closed(sent):
    cleared = "from IPython.display import clear_output\nprint(1)\nclear_output()"
    (told,) = sent(f"{cleared}\nimport matplotlib.pyplot as plots\nplots.figure();")
    assert told["outputs"] == [{"output_type": "display_data", "data": {"text/plain": "Figure"}, "metadata": {}}]
