"""``python -m rakelab``."""

import sys

from rakelab.cli import command

sys.exit(command())
