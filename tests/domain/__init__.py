"""Tests of the floor domain."""
