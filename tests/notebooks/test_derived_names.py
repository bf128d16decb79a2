"""Every variable that a notebook derives has a name that no form can take: the two lists are one."""

import pytest
from walls import wall

from rakelab import demo
from rakelab.codebook import Codebook, codebook, names
from rakelab.names import is_reserved
from rakelab.report import notebook, run


def derived(monkeypatch, file: demo.DemoFile) -> list[str]:
    """The names that the cells before the wall give, run here."""
    given: list[str] = []
    add = Codebook.with_field
    monkeypatch.setattr(Codebook, "with_field", lambda book, one: given.append(one.name) or add(book, one))
    source = run.find(file.kind)
    cells = [cell["source"] for cell in source.content["cells"] if cell["cell_type"] == "code"]
    room = notebook.declared(source.content) | dict(file.parameters) | {"data": str(file.path), "raportit": ""}
    room |= {"lomake": source.form} if source.form else {}
    for cell in cells[1 : wall(cells)]:
        exec(compile(cell, "cell", "exec"), room)
    return given


def declared() -> set[str]:
    """Questions of any form that comes along (a sheet beside gives its own), and the scores of instruments."""
    forms = [codebook(one) for one in names()]
    scores = {used.score_column(scale.name) for form in forms for used in form.instruments for scale in used.scales}
    return scores | {field.name for form in forms for field in form.fields}


@pytest.mark.parametrize("recipe", demo.RECIPES, ids=lambda recipe: recipe.file)
def test_names_of_what_is_derived_are_reserved(tmp_path, monkeypatch, recipe):
    (file,) = demo.write(tmp_path, recipes=(recipe,))
    found = derived(monkeypatch, file)
    assert [name for name in found if not is_reserved(name) and name not in declared()] == []
    assert bool(found) == (recipe.kind not in ("asiakaskysely", "osaamiskartoitus", "opintojaksopalaute"))
