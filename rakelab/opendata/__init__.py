"""Open figures of Finnish areas: Sotkanet over its REST interface, and the names and codes of areas.

Built so that it could be published alone: of rakelab it needs ``errors`` only. Fetching asks for httpx (the extra
``open``); names, codes and what lies in the cache do not.
"""

from rakelab.opendata.areas import COUNTRY, COUNTY, MUNICIPALITY, YTA, Area, Matched, area, areas, matched
from rakelab.opendata.cache import Fetched
from rakelab.opendata.fault import OpenDataError
from rakelab.opendata.sotkanet import Described, Observation, Region, Rows, Sotkanet
from rakelab.opendata.values import Number, Standing, number
from rakelab.opendata.web import Manners
