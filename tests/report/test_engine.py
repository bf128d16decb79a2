import papermill
import pytest

from rakelab.errors import NotebookError, UsageError
from rakelab.report.warm import Job

from .notebooks import TABLE, build, code

SECRET = "Kanarialintu"


def run(*cells, **parameters):
    return papermill.execute_notebook(
        build(*cells), None, parameters=parameters, engine_name="rakelab", progress_bar=False
    )


def outputs(*sources):
    cells = [code(f"solu-{i}", source) for i, source in enumerate(sources)]
    done = {cell.id: cell for cell in run(*cells).cells}
    return [done[cell.id].outputs for cell in cells]


def test_outputs_are_those_of_a_kernel():
    cells = [
        code("a", "import sys\nprint('yksi'); print('kaksi')\nsys.stderr.write('kolme')\n1 + 1"),
        code("b", TABLE),
        code("c", "import warnings\nwarnings.warn('neljä')\ndisplay('viisi', metadata={'a': {'b': (1, 2)}})"),
        code("d", "print('kuusi')\nimport asyncio\nawait asyncio.sleep(0)\nx = _"),
    ]
    ours = run(*cells)
    theirs = papermill.execute_notebook(build(*cells), None, progress_bar=False)
    for mine, other in zip(ours.cells, theirs.cells, strict=True):
        assert told(mine) == told(other)


def told(cell):
    kept = [dict(one) for one in cell.get("outputs", ())]
    for one in kept:
        if one.get("name") == "stderr":  # a warning names the file the cell was compiled as
            one["text"] = one["text"].rpartition(":")[2]
    return kept


def test_parameters_are_injected():
    done = run(code("a", "kunta, kynnys"), kunta="091", kynnys=7)
    assert next(cell for cell in done.cells if cell.id == "a").outputs[0]["data"] == {"text/plain": "('091', 7)"}


def test_an_unknown_parameter_stops_the_run():
    with pytest.raises(UsageError) as caught:
        run(kuntaa="091")
    assert str(caught.value) == "Parametria kuntaa ei ole. Tarkoititko: kunta?"


def test_an_error_of_ours_comes_out_whole():
    source = "from rakelab.errors import FileError\nraise FileError('codebook.no_file', file='x.csv')"
    with pytest.raises(Exception, match="tiedostoa ei löydy") as caught:
        run(code("a", source))
    assert (type(caught.value).__name__, caught.value.exit_code) == ("FileError", 2)


@pytest.mark.parametrize(
    ("source", "name", "line"),
    [
        (f"x = 1\nraise ValueError('{SECRET}')", "ValueError", 2),
        (f"{{}}['{SECRET}']", "KeyError", 1),
        (f"x = 1\n\nx = '{SECRET}", "SyntaxError", 3),
        ("from rakelab.errors import UsageError\nclass Own(UsageError): ...\nraise Own('common.and')", "?", 3),
        (f"import sys\nsys.exit('{SECRET}')", "SystemExit", 2),
        ("from rakelab.errors import UsageError\nraise UsageError('common.and', a=lambda: 1)", "UsageError", 2),
    ],
)
def test_any_other_error_tells_its_class_and_line_only(source, name, line, capfd):
    with pytest.raises(NotebookError) as caught:
        run(code("a", source))
    assert caught.value.values == {"cell": 7, "heading": "Havainnot", "error": name, "line": line}
    assert caught.value.__suppress_context__
    assert SECRET not in "".join(capfd.readouterr())


def test_an_open_figure_is_an_output():
    (first,) = outputs("import matplotlib.pyplot as plt\n_ = plt.figure()")
    assert first[0]["data"] == {"text/plain": "Figure"}


def test_cleared_outputs_are_gone():
    (first,) = outputs("from IPython.display import clear_output\nprint(1)\nclear_output()")
    assert first == []


def test_one_run_sees_nothing_of_another(capfd):
    outputs("import builtins\nbuiltins.jaanne = 1\nimport os\nos.system('echo jaanne')")
    (second,) = outputs("import builtins\nhasattr(builtins, 'jaanne')")
    assert second[0]["data"]["text/plain"] == "False"
    assert "jaanne" not in "".join(capfd.readouterr())


def _die(send):
    import os

    os._exit(9)


def test_a_process_that_dies_is_told():
    with Job(_die) as job, pytest.raises(NotebookError) as caught:
        job.result()
    assert caught.value.key == "report.crashed"


def _fail(send):
    raise KeyError(SECRET)


def test_a_fault_of_ours_tells_its_place_and_no_value():
    with Job(_fail) as job, pytest.raises(NotebookError) as caught:
        job.result()
    assert caught.value.values["error"] == "KeyError"
    assert caught.value.values["place"].startswith("test_engine.py ")
    assert SECRET not in str(caught.value)
