"""What the program proposes: seeds first, then what this dealership's own cases taught it."""

from __future__ import annotations

from crm_desktop.domain.classification import Axis
from crm_desktop.services.office import Office
from tests.makers import act, closed, registered

ODD = "那个小喇叭总是咕咕叫"


def classified(office: Office, words: str, category: str) -> None:
    """A closed complaint somebody confirmed."""
    number = closed(office, words=words).number
    office.classifications.confirm(number, {Axis.KIND: "抱怨", Axis.CATEGORY: category}, act())


def test_without_any_case_the_shipped_words_propose_and_no_percent_is_claimed(office: Office) -> None:
    number = registered(office, words="结算单上工时费多收了三百，没同意过").number
    proposal = office.proposals.of(number)
    assert proposal.words[Axis.CATEGORY] == "维修价格"
    assert proposal.words[Axis.KIND] == "抱怨"
    assert proposal.confidence == 0


def test_the_channel_speaks_for_the_kind(office: Office) -> None:
    number = registered(office, channel="消协", words="不给处理").number
    assert office.proposals.of(number).words[Axis.KIND] == "投诉"


def test_the_dealership_teaches_what_no_shipped_word_knows(office: Office) -> None:
    assert office.proposals.categories(ODD) == []
    for count in range(3):
        classified(office, f"{ODD}{count}", "配件供应")
    assert office.proposals.learn()
    assert office.proposals.categories(ODD)[0].word == "配件供应"


def test_learning_again_waits_until_there_is_something_new(office: Office) -> None:
    assert office.proposals.learn()
    classified(office, ODD, "配件供应")
    assert not office.proposals.learn()


def test_three_categories_are_offered(office: Office) -> None:
    found = [guess.word for guess in office.proposals.categories("等配件等了两周，态度还不好，收费也贵")]
    assert len(found) == len(set(found)) == 3


def test_the_category_somebody_chose_is_not_proposed_away(office: Office) -> None:
    number = registered(office, words="结算单上工时费多收了三百", category="服务态度").number
    assert office.proposals.of(number).words[Axis.CATEGORY] == "服务态度"
