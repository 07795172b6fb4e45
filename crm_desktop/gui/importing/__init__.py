"""Bringing a file in: choose, try, see what happened."""
