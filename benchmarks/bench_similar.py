"""How often a similar past case is about the same system, on published complaints, beside TF-IDF cosine.

A home gets 400 rows as closed complaints and is asked about the other 200 as the window asks: with the system that was
proposed for their words. The figure is the share of the first five answers that have a system in common with the row,
the mean of its twenty seeds. ``HOME`` is asked too, where it is given: milliseconds of CPU for one question.

Run from the checkout: ``python -m benchmarks.bench_similar [FILE [HOME]]``.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.bench_proposals import FILE, Row, rows_of, splits
from crm_desktop.domain.classification import Axis
from crm_desktop.domain.complaints import Channel, Severity, State
from crm_desktop.models.classification import ClassRecord
from crm_desktop.models.complaints import Complaint
from crm_desktop.services.office import Office, open_office

FIRST, ASKED = 5, 50
Answers = list[list[Row]]


def ours(train: Sequence[Row], test: Sequence[Row]) -> Answers:
    """The service of the program, with the system it proposes itself; the row's own systems are never told."""
    with tempfile.TemporaryDirectory() as home:
        office = open_office(Path(home))
        told = _filled(office, train)
        office.proposals.learn()
        answers = []
        for row in test:
            system = office.proposals.likeliest(row.text).get(Axis.SYSTEM, "")
            answers.append([told[case.id] for case in office.similar.like(row.text, system=system, limit=FIRST)])
        office.desk.close()
        return answers


def _filled(office: Office, train: Sequence[Row]) -> dict[int, Row]:
    act = office.desk.act("", "")
    complaints = [
        {"number": f"TS20200801-{place:03d}", "state": State.CLOSED, "channel": Channel.RECEPTION, "words": row.text,
         "severity": Severity.ORDINARY, "received_at": act.at, "entered_at": act.at, "solution": "已处理"}
        for place, row in enumerate(train, 1)
    ]  # fmt: skip
    with office.desk.writing(act) as ledger:
        ids = ledger.add_many(Complaint, complaints)
        # A case counts under one system; of a row with several it is the one named first in the alphabet.
        ledger.add_many(
            ClassRecord,
            [
                {"complaint": found, "system": min(row.systems), "confirmed_at": act.at}
                for found, row in zip(ids, train, strict=True)
            ],
        )
    return dict(zip(ids, train, strict=True))


def peer(train: Sequence[Row], test: Sequence[Row]) -> Answers:
    """The nearest by the cosine of TF-IDF vectors of one to three characters."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - only who compares needs it

    tfidf = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True)
    known = tfidf.fit_transform([row.text for row in train])
    near = (tfidf.transform([row.text for row in test]) @ known.T).toarray()
    return [[train[place] for place in row.argsort()[::-1][:FIRST]] for row in near]


def measured(name: str, answer: Callable[[Sequence[Row], Sequence[Row]], Answers], rows: Sequence[Row]) -> None:
    """Prints the share of answers about one of the row's systems."""
    right = told = 0
    for train, test in splits(rows):
        for row, answers in zip(test, answer(train, test), strict=True):
            told += len(answers)
            right += sum(bool(row.systems & found.systems) for found in answers)
    print(f"{name:20} {right / told:6.1%} of {told} answers (at most {FIRST} a question) are about the same system")


def cost(home: Path) -> None:
    """Prints what one question costs in this home, of complaints spread over all its years."""
    office = open_office(home)
    many = office.desk.rows("SELECT MAX(id) FROM complaints")[0][0]
    marks = ", ".join(str(1 + place * many // ASKED) for place in range(ASKED))
    numbers = office.desk.rows(f"SELECT number FROM complaints WHERE id IN ({marks})")
    start = time.process_time()
    for (number,) in numbers:
        office.similar.of(number)
    spent = (time.process_time() - start) / len(numbers) * 1000
    print(f"{many} complaints: {spent:.0f} ms of CPU for one question")
    office.desk.close()


def main(arguments: list[str]) -> None:
    """Quality beside the peer, then the cost."""
    path = Path(arguments[0]) if arguments else FILE
    if not path.exists():
        sys.exit(f"{path.name} is not here; name a file with the columns desc and problem.")
    rows = rows_of(path)
    measured("ours", ours, rows)
    try:
        measured("TF-IDF cosine", peer, rows)
    except ImportError:
        print("the peer needs scikit-learn (extra bench)")
    for home in arguments[1:2]:
        cost(Path(home))


if __name__ == "__main__":
    main(sys.argv[1:])
