"""Tests of the floor importers."""
