"""A room is tested on a data folder of its own, worked by keyboard."""

from tests.gui.answered import answered, jobs  # noqa: F401 - fixtures, found by their names
from tests.gui.complaints_room import room  # noqa: F401 - a fixture, found by its name
from tests.makers import office  # noqa: F401 - a fixture, found by its name
