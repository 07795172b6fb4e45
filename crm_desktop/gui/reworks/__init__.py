"""The room 返修: cars that came back, and how each rework ended."""
