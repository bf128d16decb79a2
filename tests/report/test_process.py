"""What is changed for the whole process is as it was afterwards, and an interruption is never lost."""

import os
import signal
import sys
import threading

import pytest

from rakelab.report import process


@pytest.fixture(autouse=True)
def usual(monkeypatch):
    """Whatever the runner of the tests has set, Ctrl-C interrupts."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


class Fading:
    def __del__(self) -> None:
        os.kill(os.getpid(), signal.SIGINT)
        sum(range(100))  # an interruption in here is swallowed by the interpreter


def test_an_interruption_that_would_be_swallowed_comes_at_the_end():
    done = []

    def imported() -> None:
        with process.interrupted_later():
            Fading()
            done.append("imported")

    with pytest.raises(KeyboardInterrupt):
        imported()
    assert done == ["imported"]


def test_an_error_inside_is_told_as_it_is_and_ctrl_c_works_again():
    with pytest.raises(ValueError, match="oma"), process.interrupted_later():
        raise ValueError("oma")
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


def test_beside_the_main_thread_nothing_is_held_back():
    told = []

    def work():
        with process.interrupted_later():
            told.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert told == [signal.default_int_handler]


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
