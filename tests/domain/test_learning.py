"""The learner of categories: seeds before there are cases, cases before seeds, and a confidence that was measured."""

from __future__ import annotations

import pytest

from crm_desktop.domain.learning import Case, Guess, Learner, Recogniser
from crm_desktop.domain.pieces import Vocabulary, pieces

SEEDS = {"服务态度": ("爱理不理", "渠道=消协"), "维修价格": ("收费", "报价"), "环境/洗车": ("洗车",)}
TOLD = {
    "服务态度": ("前台没人理我", "顾问说话难听", "问三遍不搭腔", "师傅甩脸色", "叫了半天没人应"),
    "维修价格": ("多收三百块", "结算单不对", "工时费贵了一倍", "账单看不懂", "比网上贵太多"),
    "环境/洗车": ("车没擦干净", "座椅上一块油", "休息室有烟味", "厕所没人打扫", "车身水渍没干"),
}


class Room:
    """A learner with its vocabulary, taught from ``TOLD`` so many times over."""

    def __init__(self, times: int) -> None:
        told = [(text, label) for label, texts in TOLD.items() for text in texts] * times
        self._recogniser = Recogniser(SEEDS)
        self._vocabulary = Vocabulary([pieces(text) for text, _ in told])
        self._learner = Learner(self._recogniser.labels, len(self._vocabulary))
        self.breaths = 0
        if times:
            self._learner.fit([self._case(text, label) for text, label in told], self._breathe)

    def _case(self, text: str, label: str) -> Case:
        return Case(self._vocabulary.vector(pieces(text)), self._recogniser.hits(text), frozenset([label]))

    def _breathe(self) -> None:
        self.breaths += 1

    def guesses(self, text: str, *tokens: str) -> list[Guess]:
        """What is proposed for a text."""
        return self._learner.guesses(self._vocabulary.vector(pieces(text)), self._recogniser.hits(text, tokens))


@pytest.mark.parametrize(("text", "first"), [("收费太高", "维修价格"), ("保养完没洗车", "环境/洗车")])
def test_before_there_are_cases_the_seeds_speak_and_claim_no_confidence(text: str, first: str) -> None:
    assert Room(0).guesses(text)[0] == Guess(first, 0)


def test_what_is_known_besides_the_words_is_met_whole() -> None:
    assert Room(0).guesses("随便", "渠道=消协")[0].word == "服务态度"
    assert Room(0).guesses("随便", "渠道=消协会") == []


def test_where_nothing_speaks_nothing_is_proposed() -> None:
    assert Room(0).guesses("今天天气好") == []


def test_cases_teach_what_no_seed_knows() -> None:
    assert Room(0).guesses("结算单又不对") == []
    assert Room(1).guesses("结算单又不对")[0].word == "维修价格"


def test_the_confidence_is_measured_on_cases_kept_out_and_never_claims_all() -> None:
    assert 50 < Room(4).guesses("前台没人理我")[0].confidence < 100
    assert Room(1).guesses("前台没人理我")[0].confidence == 0  # too few to measure


def test_every_label_is_ranked_once() -> None:
    assert sorted(guess.word for guess in Room(2).guesses("多收三百块")) == sorted(SEEDS)


def test_learning_the_same_cases_gives_the_same_model() -> None:
    assert Room(3).guesses("座椅上有油") == Room(3).guesses("座椅上有油")


def test_learning_lets_others_have_their_turn() -> None:
    assert Room(2).breaths > 30


def test_width_case_and_signs_of_a_text_do_not_matter() -> None:
    assert pieces("ＡＢＳ灯，亮") == pieces("abs灯 亮")
