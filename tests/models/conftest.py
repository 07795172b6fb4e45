"""Every test of the tables may ask for a data folder of its own."""

from tests.makers import office  # noqa: F401 - a fixture, found by its name
