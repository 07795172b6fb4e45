"""A file in, drafts out: readers of xlsx, xls, csv and html tables. Knows the domain only.

The way of a file: ``tables.read_table`` tells by content what it is (``sniff``), lets the right reader open it
(``csv_text`` with ``encodings``, ``html_table``, ``workbook`` behind ``xlsx_guard`` or ``xls_guard``) and finds its
heading row. ``headings.recognise`` maps its columns to fields by the words of ``complaints``, ``customers``,
``visits``, ``followups`` and ``party``. ``drafts.drafts`` turns each row into a frozen draft of ``domain.imports``,
cell by cell through ``readers``, or into all of its faults.

A new word for a column is added beside its field; a new kind is one more module with a ``RECIPE``.
"""
