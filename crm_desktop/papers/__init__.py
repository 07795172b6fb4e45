"""Joins a service with an exporter or an importer: what window, command line and door all call."""
