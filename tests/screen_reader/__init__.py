"""The real window worked by keyboard and by a screen reader alone, on a real X server."""
