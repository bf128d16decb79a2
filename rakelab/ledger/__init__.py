"""What was released, of whom, and when: the ledger, on the inner side beside the data.

``people`` compares who is counted in several releases, ``record`` is what is kept of one, ``book`` the file they stand
in. A release is looked up here before it is protected (``protect.beside``), and entered when its report is written.
"""

from rakelab.ledger.book import Ledger, Standing, home, opened
from rakelab.ledger.people import Regions, differences, digested, regions, telling_differences
from rakelab.ledger.record import Promise, Record, ToldMean, identity, kept

__all__ = [
    "Ledger",
    "Promise",
    "Record",
    "Regions",
    "Standing",
    "ToldMean",
    "differences",
    "digested",
    "home",
    "identity",
    "kept",
    "opened",
    "regions",
    "telling_differences",
]
