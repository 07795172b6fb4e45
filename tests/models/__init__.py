"""Tests of the floor models."""
