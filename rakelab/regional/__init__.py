"""What others have published of areas: figures that come along or were fetched, ranks, claims, rates. No rows here."""

from rakelab.opendata import Sotkanet, area, areas
from rakelab.regional.claims import CLAIM_TITLE, Claim, Evidence, Withdrawn, claim, evidence, withdrawn
from rakelab.regional.facts import Series, ServiceArea, known, members, quoted, series, service_areas, snapshot, vintage
from rakelab.regional.listed import YEARS, Listed, Wanted, entries, fetched, listed
from rakelab.regional.ranks import Rank, change, compared, rank, total
from rakelab.regional.rates import People, Rated, funnel, population, rated
from rakelab.regional.topic import TITLE, Topic, topic
