"""Tests of the floor exporters."""
