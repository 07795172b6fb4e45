"""How often the category proposed from a customer's words is right, on published complaints, beside its peer.

Trains on 400 rows and asks about the other 200, twenty times over (``SPLITS`` seeds). A row may have several systems; a
proposal is right when it is one of them. The peer is scikit-learn's linear support vector machine over TF-IDF of one to
three characters (extra ``bench``). Our own model is measured with its shipped seed words and without any.

Run from the checkout: ``python -m benchmarks.bench_proposals [FILE]``; the file is no part of the project.
"""

from __future__ import annotations

import csv
import json
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from crm_desktop.domain.classification import Axis, read_classes
from crm_desktop.domain.learning import Case, Guess, Learner, Recogniser
from crm_desktop.domain.pieces import Vocabulary, pieces
from crm_desktop.paths import resource

FILE = Path(__file__).resolve().parents[2] / "shared" / "data" / "car_complaints_2020-08.csv"
SPLITS, TRAIN, FIRST = 20, 400, 3
SYSTEMS = dict(
    zip("ABCDEFGH", ("发动机", "变速器", "离合器", "转向系统", "制动系统", "轮胎", "悬架", "车身及电器"), strict=True)
)
OTHER = "服务及其他"

Ranked = list[list[str]]
"""For every text the systems proposed, the likeliest first."""


class Row(NamedTuple):
    """One published complaint and the systems its owner named."""

    text: str
    systems: frozenset[str]


def rows_of(path: Path) -> list[Row]:
    """The complaints of the file; the first letter of each problem is its system."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return [
            Row(
                row["desc"].strip(),
                frozenset(SYSTEMS.get(code[0], OTHER) for code in row["problem"].split(",") if code),
            )
            for row in csv.DictReader(file)
        ]


def splits(rows: Sequence[Row]) -> Iterator[tuple[list[Row], list[Row]]]:
    """The rows to learn from and the rows to ask about, for every seed."""
    for seed in range(SPLITS):
        order = list(rows)
        Random(seed).shuffle(order)
        yield order[:TRAIN], order[TRAIN:]


def ours(train: Sequence[Row], texts: Sequence[str]) -> Ranked:
    """The program's own model, as it ships."""
    return _words(guessed(train, texts, shipped_seeds()))


def ours_without_seeds(train: Sequence[Row], texts: Sequence[str]) -> Ranked:
    """The same model knowing nothing but the rows."""
    return _words(guessed(train, texts, dict.fromkeys((*SYSTEMS.values(), OTHER), ())))


def seeds_alone(train: Sequence[Row], texts: Sequence[str]) -> Ranked:
    """The program on its first day: no case yet."""
    return ours([], texts)


def shipped_seeds() -> dict[str, tuple[str, ...]]:
    """The words the program knows the systems by."""
    table = json.loads(resource("rules", "classes.json").read_text(encoding="utf-8"))
    return {word.word: word.seeds for word in read_classes(table)[Axis.SYSTEM]}


def guessed(train: Sequence[Row], texts: Sequence[str], seeds: dict[str, tuple[str, ...]]) -> list[list[Guess]]:
    """For every text the guesses of a model that has learnt these rows."""
    recogniser, told = Recogniser(seeds), [pieces(row.text) for row in train]
    vocabulary = Vocabulary(told)
    learner = Learner(recogniser.labels, len(vocabulary))
    if train:
        vectors = map(vocabulary.vector, told)
        learner.fit([Case(v, recogniser.hits(r.text), r.systems) for v, r in zip(vectors, train, strict=True)])
    return [learner.guesses(vocabulary.vector(pieces(text)), recogniser.hits(text)) for text in texts]


def _words(guesses: list[list[Guess]]) -> Ranked:
    return [[guess.word for guess in ranked] for ranked in guesses]


def peer(train: Sequence[Row], texts: Sequence[str]) -> Ranked:
    """TF-IDF of one to three characters and a linear support vector machine, one a system."""
    from sklearn.feature_extraction.text import TfidfVectorizer  # noqa: PLC0415 - only who compares needs it
    from sklearn.multiclass import OneVsRestClassifier  # noqa: PLC0415 - with it
    from sklearn.preprocessing import MultiLabelBinarizer  # noqa: PLC0415 - with it
    from sklearn.svm import LinearSVC  # noqa: PLC0415 - with it

    labels = [*SYSTEMS.values(), OTHER]
    tfidf = TfidfVectorizer(analyzer="char", ngram_range=(1, 3), sublinear_tf=True)
    truth = MultiLabelBinarizer(classes=labels).fit_transform([row.systems for row in train])
    model = OneVsRestClassifier(LinearSVC()).fit(tfidf.fit_transform([row.text for row in train]), truth)
    scores = model.decision_function(tfidf.transform(texts))
    return [[label for _, label in sorted(zip(row, labels, strict=True), reverse=True)] for row in scores]


def measured(name: str, propose: Callable[[Sequence[Row], Sequence[str]], Ranked], rows: Sequence[Row]) -> None:
    """Prints how often the first proposal, and one of the first three, is one of the row's own systems."""
    hits, asked, start = [0, 0], 0, time.process_time()
    for train, test in splits(rows):
        for row, ranked in zip(test, propose(train, [row.text for row in test]), strict=True):
            asked += 1
            hits[0] += bool(row.systems.intersection(ranked[:1]))
            hits[1] += bool(row.systems.intersection(ranked[:FIRST]))
    cost = (time.process_time() - start) / SPLITS
    print(f"{name:28} first {hits[0] / asked:6.1%}   first three {hits[1] / asked:6.1%}   {cost:.2f} s of CPU a split")


def trusted(rows: Sequence[Row]) -> None:
    """Prints what the confidence of the first guess was worth: the percent it claimed, the percent that was right."""
    claimed: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    for train, test in splits(rows):
        for row, ranked in zip(test, guessed(train, [row.text for row in test], shipped_seeds()), strict=True):
            sure = ranked[0].confidence
            claimed[sure // 10].append((sure, ranked[0].word in row.systems))
    for _, told in sorted(claimed.items()):
        said, right = sum(sure for sure, _ in told) / len(told), sum(hit for _, hit in told) / len(told)
        print(f"  claimed {said:3.0f} %, right {right:4.0%} of {len(told) / SPLITS:.0f} a split")


def main(arguments: list[str]) -> None:
    """Our own model in three states, then the peer."""
    path = Path(arguments[0]) if arguments else FILE
    if not path.exists():
        sys.exit(f"{path.name} is not here; name a file with the columns desc and problem.")
    rows = rows_of(path)
    measured("ours", ours, rows)
    trusted(rows)
    measured("ours without seed words", ours_without_seeds, rows)
    measured("ours before any case", seeds_alone, rows)
    try:
        measured("TF-IDF and linear SVM", peer, rows)
    except ImportError:
        print("the peer needs scikit-learn (extra bench)")


if __name__ == "__main__":
    main(sys.argv[1:])
