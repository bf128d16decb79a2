"""Coding of texts by themes, inside the wall: sheets for coders, what they agree on, and the result as data.

Texts are masked before they are written anywhere, and go to the coders' own workbooks only. ``coded`` gives a dataset
that holds themes, which are counted and protected like any other answer.
"""

from rakelab.coding.compare import Compared, agreed_marks, agreement_sentences, compare, write_differences
from rakelab.coding.faults import CodingError, SheetError
from rakelab.coding.reading import Sheet, read_sheet
from rakelab.coding.result import coded, read_coded, write_coded, write_one_coder
from rakelab.coding.sheet import Exported, Order, export
from rakelab.coding.suggest import suggest
from rakelab.coding.texts import Texts, masked, texts_in, texts_of
from rakelab.coding.themes import Theme, Themes, names, themes
