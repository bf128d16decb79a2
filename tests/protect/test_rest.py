"""Those of a group who are in none of the cells compared are a count of people, which protection keeps open, too."""

import pytest
from spec import account, variable

from rakelab.cells import TOTAL, Link, State, Tally, View, key
from rakelab.protect import Policy, protect

YES, NO = key(("tuki", "kylla")), key(("tuki", "ei"))


def compared(yes: int, no: int, total: int) -> Tally:
    view = View("m", "support_model", "tuki", (YES, NO))
    links = (Link(((YES, 1), (NO, 1), (TOTAL, -1)), "<=", rest=True),)
    return Tally(view, {TOTAL: total, YES: yes, NO: no}, links, {"tuki": variable(["kylla", "ei"])}, account(total))


@pytest.mark.parametrize(("total", "hidden"), [(100, 0), (101, 1), (103, 1), (104, 1), (105, 0), (110, 0)])
def test_a_small_rest_hides_a_side(total: int, hidden: int) -> None:
    table = protect([compared(60, 40, total)], Policy(threshold=5))["m"]
    assert [table[one].state for one in (YES, NO)].count(State.HIDDEN) == hidden
