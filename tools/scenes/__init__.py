"""What the pictures show: a chapter for each room that has many scenes; a scene is told by the name of its picture."""

from __future__ import annotations

from scenes.beside import BESIDE
from scenes.complaints import COMPLAINTS
from scenes.customers import CUSTOMERS
from scenes.first_start import FIRST_START
from scenes.handling import HANDLING
from scenes.learning import LEARNING
from scenes.rooms import MORNING, ROOMS
from scenes.stage import Scene

SCENES: dict[str, Scene] = {**MORNING, **CUSTOMERS, **COMPLAINTS, **HANDLING, **BESIDE, **ROOMS, **LEARNING}
"""In a home with sample data; each begins where the one before it ended."""

FIRST_SCENES: dict[str, Scene] = FIRST_START
"""In a home that has just been made."""
