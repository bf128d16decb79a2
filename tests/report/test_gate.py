import pytest

from rakelab.errors import NotebookError
from rakelab.report import gate

from .notebooks import build, code, markdown

SECRET = "Kanarialintu"
STAMP = {"rakelab": {"released": True}}
STAMPED_ALMOST = {"rakelab": {"released": 1}}
BUNDLE = {"application/vnd.rakelab+json": {"kind": "table"}}


def with_output(**output):
    cell = code("huono", "...")
    cell.outputs = [output]
    return build(markdown("vali", "### Välitulos"), cell)


def test_released_outputs_pass():
    gate.check(with_output(output_type="display_data", data=BUNDLE, metadata=STAMP))


@pytest.mark.parametrize(
    ("output", "key"),
    [
        ({"output_type": "stream", "name": "stdout", "text": SECRET}, "report.printed"),
        ({"output_type": "stream", "name": "stderr", "text": SECRET}, "report.printed"),
        ({"output_type": "execute_result", "execution_count": 1, "data": {}, "metadata": {}}, "report.unreleased"),
        ({"output_type": "display_data", "data": {"image/png": SECRET}, "metadata": {}}, "report.unreleased"),
        ({"output_type": "display_data", "data": {"text/html": SECRET}, "metadata": STAMP}, "report.unreleased"),
        ({"output_type": "display_data", "data": BUNDLE, "metadata": {}}, "report.unreleased"),
        ({"output_type": "display_data", "data": BUNDLE, "metadata": STAMPED_ALMOST}, "report.unreleased"),
        ({"output_type": "error", "ename": "ValueError", "evalue": SECRET, "traceback": [SECRET]}, "report.stopped"),
        ({"output_type": "error", "ename": f"{SECRET} x", "evalue": "", "traceback": []}, "report.stopped"),
    ],
)
def test_any_other_output_stops_the_report_and_is_not_quoted(output, key):
    with pytest.raises(NotebookError) as caught:
        gate.check(with_output(**output))
    assert (caught.value.key, caught.value.values["cell"]) == (key, 7)
    assert SECRET not in repr(caught.value.values)


def test_the_sentence_names_cell_and_heading():
    with pytest.raises(NotebookError) as caught:
        gate.check(with_output(output_type="stream", name="stdout", text=SECRET))
    assert str(caught.value) == (
        "Raporttia ei tehty: koodisolu 7 (otsikon ”Välitulos” alla) tulosti tekstiä tai varoituksen. "
        "Raporttiin pääsevät vain suojatut tulokset. Poista tulostus solusta."
    )
