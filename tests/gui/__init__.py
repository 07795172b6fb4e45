"""Tests of the floor gui."""
