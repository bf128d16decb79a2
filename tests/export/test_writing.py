"""What writers share: templates and packages that may be missing."""

import re
from pathlib import Path

import pytest

from rakelab.errors import OutputError, UsageError
from rakelab.export import Wanted, export, writing
from rakelab.i18n import LANGUAGES


@pytest.mark.parametrize("form", ["docx", "pptx"])
def test_a_template_that_is_something_else_is_told(folder, tmp_path, form):
    (tmp_path / "pohja").write_text("ei pohja", encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        export(folder, Wanted(form, template=str(tmp_path / "pohja"), out=tmp_path / "ulos"))
    assert caught.value.key == "export.bad_template"


def test_a_package_that_is_missing_is_named():
    with pytest.raises(OutputError) as caught, writing.needing("python-docx"):
        raise ImportError
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    for lang in LANGUAGES:
        (command,) = re.findall(r'python -m pip install .*?"\.\[export\]"', caught.value.sentence(lang))
        assert command in readme
