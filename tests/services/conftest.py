"""Every test of the services has a data folder of its own."""

from tests.makers import office  # noqa: F401 - a fixture, found by its name
from tests.services.people import by, guarded  # noqa: F401 - fixtures, found by their names
