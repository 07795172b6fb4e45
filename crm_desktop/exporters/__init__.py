"""A sheet in, a file out: workbooks and PDF. Knows the domain only: no database, no window."""
