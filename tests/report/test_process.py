"""What is changed for the whole process is as it was afterwards."""

import os
import sys

import pytest

from rakelab.report import process


def test_a_search_path_a_main_script_and_a_module_are_there_again(monkeypatch):
    monkeypatch.delenv("PYTHONSAFEPATH", raising=False)
    monkeypatch.delitem(sys.modules, "rfc3987_syntax", raising=False)
    main = dict(vars(sys.modules["__main__"]))
    with process.safe_path(), process.without_main(), process.without_grammar():
        assert os.environ["PYTHONSAFEPATH"] == "1"
        assert getattr(sys.modules["__main__"], "__spec__", None) is None
        with pytest.raises(ImportError):
            import rfc3987_syntax  # noqa: F401
    assert "PYTHONSAFEPATH" not in os.environ
    assert dict(vars(sys.modules["__main__"])) == main
    assert "rfc3987_syntax" not in sys.modules
