"""Tests of the floor services."""
