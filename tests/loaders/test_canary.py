"""No cell's value in any message, representation, log or chain of exceptions."""

import io
import logging
import traceback
from contextlib import redirect_stderr, redirect_stdout

import pytest

from rakelab import i18n, loaders

CANARY = "Kanarialintu"
FILES = {
    "faults": "vuosi;kunta;ika;aloitettu;tarpeet;muuta\n2020" + f";{CANARY}" * 5 + " 010170-901C\n",
    "ragged": f"vuosi;kunta\n2020;{CANARY};{CANARY}\n{CANARY}\n2021;205\n",
    "no heading": f"{CANARY};{CANARY}1;{CANARY}2\nx;y;z\n",
    "open quote": f'vuosi;kunta\n2020;"{CANARY}\n2021;{CANARY}\n',
    "identity code": f"vuosi;tunnus;muuta\n2020;010170-901C;{CANARY}\n",
    "one column": f"{CANARY}\n{CANARY}\n",
    "encoding": f"vuosi;kunta\n2020;{CANARY}ä\n".encode() + f"2021;{CANARY}ö\n".encode("cp1252"),
    "unknown encoding": f"vuosi;kunta\n2020;{CANARY}".encode() + b"\x81\n",
    "utf-16": b"\xff\xfe" + f"vuosi;kunta\n2020;{CANARY}".encode("utf-16-le") + b"\x00",
}


@pytest.mark.parametrize("name", FILES)
def test_no_value_leaves_the_loaders(name, write, form, caplog):
    caplog.set_level(logging.DEBUG)
    out = io.StringIO()
    with redirect_stdout(out), redirect_stderr(out):
        said = _everything_said(write(FILES[name]), form)
    assert CANARY not in said + out.getvalue() + caplog.text
    assert "901C" not in said


def _everything_said(path, form) -> str:
    check = loaders.check(path, form)
    words = [line for lang in i18n.LANGUAGES for line in loaders.sentences(check, lang)]
    said = [
        repr(check),
        repr(check.findings),
        str(loaders.as_json(check)),
        *words,
        repr(check.table),
        repr(check.dataset),
    ]
    return "\n".join((*said, _failure(path, form)))


def _failure(path, form) -> str:
    """The whole chain of exceptions of a run that fails, with what each holds."""
    try:
        loaders.validate(loaders.read(path), form)
    except Exception as error:
        chain, link = [], error
        while link is not None:
            chain += [repr(link), str(link), repr(link.args), repr(vars(link))]
            link = link.__cause__ or link.__context__
        return "\n".join((*chain, "".join(traceback.format_exception(error))))
    return ""
