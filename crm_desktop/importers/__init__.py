"""A file in, drafts out: readers of xlsx, xls, csv and html tables. Knows the domain only."""
