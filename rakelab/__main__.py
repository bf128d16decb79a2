"""``python -m rakelab``."""

import sys

from rakelab.cli import main

sys.exit(main())
