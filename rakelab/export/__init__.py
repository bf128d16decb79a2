"""A written report in the formats that offices use. Right of the wall and after it: everything comes from the page,
word for word, so that what is hidden there is hidden here."""

from rakelab.export.door import FORMATS, Wanted, export

__all__ = ["FORMATS", "Wanted", "export"]
