"""What goes wrong with open data, told to the person who asked for them."""

from rakelab.errors import RakelabError


class OpenDataError(RakelabError):
    """A source that did not answer, answered something else, or does not have what was asked."""
