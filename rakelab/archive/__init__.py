"""``released.json``: everything a report published, for people, for audit, and for showing it again.

Reading it back needs no rows and no rule: what stands in it has passed the wall, and only that can be sealed again.
"""

from rakelab.archive.compared import compare
from rakelab.archive.counted import counted, earlier
from rakelab.archive.gathered import gather
from rakelab.archive.released import FORMAT, as_dict, from_dict, without_rows
from rakelab.archive.text import dumps, loads
