"""What is measured: each scenario is a value, and one more is added by naming it in `SCENARIOS`."""

from scenarios.building import COLD, COLD_SEARCH, GROWTH
from scenarios.checking import CHECK, CHECK_ONE
from scenarios.rebuilding import EDITED, FACET, UNCHANGED
from scenarios.serving import SERVE

SCENARIOS = (COLD, COLD_SEARCH, EDITED, FACET, UNCHANGED, SERVE, CHECK, CHECK_ONE, GROWTH)
