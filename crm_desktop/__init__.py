"""客诉管家 (crm_desktop): the after-sales desk of a car dealership on one PC.

The house has floors, and imports go down only (import-linter guards it):

    app | cli | door    the entrances: window, command line, automation door
    gui                 rooms (customers, complaints, …) and furniture (widgets)
    papers              joins a service with an exporter or importer
    services | exporters | importers
    models              tables, migrations, the ledger every write goes through
    domain              words and rules, plain Python

The way of a complaint: ``gui/complaints`` makes a ``ComplaintDraft``; ``services/complaints.py`` checks it with
``domain/complaints.py`` and writes it through ``models/ledger.py`` in one transaction; ``papers/complaint_form.py``
asks the service for a ``ComplaintSheet`` and ``exporters/complaint_pdf.py`` draws it. Drafts go down, rows come
up, sheets go out; a peewee object never leaves ``services``.
"""

__version__ = "0.1.0"
