"""Furniture: tables, forms and small signs that know no noun of the dealership (guide: docs/furniture.md)."""
