"""Makes resources/wording/cause_pieces.json: what each piece of a cause says for or against its emptiness.

Learnt from the labelled sentences in tests/domain/sentences up to ``LAST``; later sets stay unseen, so that a test can
tell what the opinion is worth. Logistic regression over pieces that at least three sentences have, each counted once
and divided by the square root of their number. Needs the extra ``bench`` (scikit-learn): python -m tools.make_wording
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from math import sqrt
from pathlib import Path

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from crm_desktop.domain.pieces import pieces

ROOT = Path(__file__).resolve().parent.parent
SENTENCES = ROOT / "tests" / "domain" / "sentences" / "causes.csv"
TARGET = ROOT / "resources" / "wording" / "cause_pieces.json"
UNSEEN = ("fresh12",)
"""Sets that are measured and never learnt from."""
_LEAST_TEXTS, _STRENGTH, _LEAST_WEIGHT = 3, 16.0, 0.3
_RULE = 1.0
"""Chosen, like the strength, by leaving out one of fresh8 to fresh11 at a time."""


def main() -> None:
    """Learns and writes."""
    with SENTENCES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["part"] not in UNSEEN]
    told = [pieces(row["text"]).keys() for row in rows]
    common = Counter(piece for text in told for piece in text)
    known = {piece for piece, count in common.items() if count >= _LEAST_TEXTS}
    reader = DictVectorizer()
    features = reader.fit_transform([_weighed(sorted(text & known)) for text in told])
    model = LogisticRegression(C=_STRENGTH, max_iter=3_000).fit(features, [row["verdict"] == "block" for row in rows])
    weights = dict(zip(reader.get_feature_names_out(), model.coef_[0], strict=True))
    kept = {piece: round(float(weight), 2) for piece, weight in weights.items() if abs(weight) >= _LEAST_WEIGHT}
    learnt = {"bias": round(float(model.intercept_[0]), 3), "rule": _RULE, "pieces": dict(sorted(kept.items()))}
    TARGET.write_text(json.dumps(learnt, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")
    print(f"{len(rows)} sentences, {len(kept)} pieces")


def _weighed(text: list[str]) -> dict[str, float]:
    return dict.fromkeys(text, 1 / sqrt(len(text) or 1))


if __name__ == "__main__":
    main()
