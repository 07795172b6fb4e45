"""案例汇编: closed cases to learn from; of everything that tells of whom they speak nothing reaches the paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pypdf import PdfReader

from crm_desktop.domain.customers import ContactDraft, CustomerDraft, VehicleDraft
from crm_desktop.domain.followups import CallDraft
from crm_desktop.papers.casebooks import CasebookPaper
from crm_desktop.services.office import Office
from tests.makers import ANALYSED, SOLVED, act, closed, complaint, complete, director, registered

CANARIES = (
    "司徒青竹", "青竹", "13977776666", "0217788", "沪C5P7Q9", "C5P7Q9", "LSVXYZ12345678901", "678901", "韩立冬",
    "立冬", "13688884444", "WT77001122", "T400-7788991", "虹梅南路", "qingzhu@example.com", "冯学勤", "qingzhu_88",
)  # fmt: skip
TELLTALE = (
    "司徒青竹（青竹）的沪C·5P7Q9，车架 LSVXYZ12345678901，电话 139 7777 6666、021-7788 9900，微信 qingzhu_88，"
    "邮箱 qingzhu@example.com，送修人韩立冬 13688884444，住虹梅南路88弄2号，委托书 WT77001122，"
    "厂家单 T400-7788991，冯学勤接的，沪 C 5P7Q9"
)


@pytest.fixture
def told(office: Office) -> Office:
    """A closed complaint that says in every text of whom it speaks."""
    car = VehicleDraft(plate="沪C5P7Q9", vin="LSVXYZ12345678901")
    contacts = (ContactDraft("13977776666"), ContactDraft("02177889900"), ContactDraft("13688884444", name="韩立冬"))
    person = CustomerDraft(name="司徒青竹", contacts=contacts, vehicles=(car,), address="虹梅南路88弄2号")
    customer, *_ = office.customers.register(person, act())
    said = {"words": f"空调不冷，{TELLTALE}", "demand": TELLTALE, "order_number": "WT77001122", "category": "维修质量"}
    draft = complaint(
        customer_name="司徒青竹", phone="13977776666", plate="沪C5P7Q9", customer_id=customer,
        brought_by="韩立冬", **said,
    )  # fmt: skip
    saved = office.complaints.register(draft, act())
    saved = office.complaints.hand_over(saved.number, saved.ver, act(), "程立群")
    saved = office.complaints.assign(saved.number, saved.ver, director(), "技术", "冯学勤")
    texts = {name: f"{text}。{TELLTALE}" for name, text in {**SOLVED, **ANALYSED}.items()}
    saved = office.complaints.amend(saved.number, saved.ver, {k: texts[k] for k in ANALYSED}, act())
    saved = office.complaints.resolve(saved.number, saved.ver, act(), fields={k: texts[k] for k in SOLVED})
    call = CallDraft(satisfaction="满意", feedback=TELLTALE, caller="叶清扬")
    office.follow_ups.call(saved.number, call, act())
    office.complaints.close(saved.number, office.cases.case(saved.number).ver, director())
    return office


def printed(office: Office, target: Path) -> str:
    """Every letter of the booklet, without the spaces and breaks of its lines."""
    CasebookPaper(office.desk).write(target)
    text = "".join(page.extract_text() for page in PdfReader(target).pages)
    return re.sub(r"[\s·•\-]", "", text)


@pytest.mark.parametrize("suffix", [".pdf"])
def test_no_canary_sings_on_the_paper(told: Office, tmp_path: Path, suffix: str):
    text = printed(told, tmp_path / f"案例汇编{suffix}")
    assert "空调不冷" in text
    assert "抽查5件油道清洁度" in text
    found = [canary for canary in CANARIES if canary.replace("-", "").casefold() in text.casefold()]
    assert found == []


def test_only_closed_cases_with_a_cause_are_told(office: Office):
    registered(office)
    complete(office, plate="沪C99999", phone="13800009999")
    assert office.casebooks.stories() == []
    closed(office, plate="沪D12345", phone="13800001234", category="维修质量")
    assert [story.category for story in office.casebooks.stories()] == ["维修质量"]
    assert office.casebooks.stories(category="服务态度") == []


def test_what_was_judged_malicious_is_no_lesson(office: Office):
    saved = closed(office, category="维修质量")
    office.judgements.judge(saved.number, "无效", "不是本店修的", "委托书查无此车", director())
    assert office.casebooks.stories() == []


def test_a_booklet_without_cases_says_so(office: Office, tmp_path: Path):
    assert "没有可以汇编的案例" in printed(office, tmp_path / "空.pdf")
