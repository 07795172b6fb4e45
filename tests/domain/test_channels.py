"""接收渠道: the seven of the procedure stay, the dealership's own come and go (A5)."""

import pytest

from crm_desktop.domain.channels import in_use, with_channel, with_own, without_channel
from crm_desktop.domain.complaints import Channel
from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.routes import read_rulebook, rulebook_table, shipped_rulebook

SHIPPED = rulebook_table(shipped_rulebook())


def test_an_own_channel_begins_with_the_clocks_of_the_counter():
    book = read_rulebook(with_channel(SHIPPED, " 抖音 "))
    assert book.offered == (*Channel, "抖音")
    for severity in ("一般", "重大"):
        own, counter = book.rule("抖音", severity), book.rule("接待", severity)
        assert (own.hand_over, own.respond, own.resolve) == (counter.hand_over, counter.respond, counter.resolve)
    assert "照“接待”" in book.rule("抖音", "一般").sources["filled_by"]


@pytest.mark.parametrize("name", ["电话", "书面", "微信", "网站", "电子邮件", "投诉箱", "社交媒体"])
def test_the_ways_in_that_the_sources_name_can_all_be_added(name):
    book = read_rulebook(with_channel(SHIPPED, name))
    assert name in book.offered
    assert [book.rule(name, severity).resolve_to for severity in ("一般", "重大")]


def test_an_own_channel_may_be_like_another_one():
    book = read_rulebook(with_channel(SHIPPED, "总经理信箱", "媒体"))
    assert book.rule("总经理信箱", "重大").resolve_to == book.rule("媒体", "重大").resolve_to


@pytest.mark.parametrize(("name", "like"), [("", "接待"), ("媒体", "接待"), ("字" * 11, "接待"), ("抖音", "快手")])
def test_a_channel_without_a_name_of_its_own_is_refused(name, like):
    with pytest.raises(InvalidInput):
        with_channel(SHIPPED, name, like)


def test_out_of_use_it_keeps_its_clocks_and_is_offered_no_longer():
    table = in_use(with_channel(SHIPPED, "抖音"), "抖音", used=False)
    book = read_rulebook(table)
    assert (book.offered, book.channels) == (tuple(Channel), (*Channel, "抖音"))
    assert rulebook_table(book) == table
    assert read_rulebook(in_use(table, "抖音", used=True)).offered[-1] == "抖音"


def test_the_seven_of_the_procedure_always_stay():
    for refused in (without_channel, lambda table, name: in_use(table, name, used=False)):
        with pytest.raises(InvalidInput, match="制度规定的渠道"):
            refused(SHIPPED, "媒体")


def test_one_that_goes_leaves_nothing_behind():
    table = in_use(with_channel(SHIPPED, "抖音"), "抖音", used=False)
    assert read_rulebook(without_channel(table, "抖音")) == shipped_rulebook()


def test_the_shipped_clocks_come_back_without_the_loss_of_an_own_channel():
    table = in_use(with_channel(SHIPPED, "抖音"), "抖音", used=False)
    table["rules"][0]["respond"] = "20分钟"
    book = read_rulebook(with_own(SHIPPED, table))
    assert book.rule("回访", "重大") == shipped_rulebook().rule("回访", "重大")
    assert (book.channels[-1], book.out_of_use) == ("抖音", ("抖音",))
