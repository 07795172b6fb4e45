"""Which cars a campaign is about."""

import pytest

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.recalls import RecallDraft, VinRange, checked_recall, covers, read_ranges, told_ranges

RANGE = VinRange("LSVAB4180N2004000", "LSVAB4189N2004999")


@pytest.mark.parametrize(
    ("vin", "inside"),
    [
        ("LSVAB4188N2004204", True),
        ("LSVAB4180N2004000", True),
        ("LSVAB418XN2004999", True),  # any check digit
        ("LSVAB4188N2005000", False),
        ("LSVAB4188N2003999", False),
        ("LSVAB4188P2004204", False),  # another year
        ("LSVAC4188N2004204", False),  # another model
        ("LSVAB4188N200420", False),
        ("", False),
    ],
)
def test_a_car_is_in_the_range_whatever_its_check_digit(vin, inside):
    assert covers((RANGE,), vin) is inside


@pytest.mark.parametrize(
    ("ranges", "why"),
    [
        ((), "VIN 范围"),
        ((VinRange("LSVAB418", "LSVAB419"),), "17 位"),
        ((VinRange("LSVAB4180N2004000", "LSVAC4180N2004999"),), "前 8 位"),
        ((VinRange(RANGE.last, RANGE.first),), "起点在终点之后"),
    ],
)
def test_a_range_that_cannot_be_is_refused_with_its_reason(ranges, why):
    with pytest.raises(InvalidInput, match=why):
        checked_recall(RecallDraft("转向柱", ranges))


def test_one_vin_is_a_range_of_its_own():
    kept = checked_recall(RecallDraft("转向柱", (VinRange("lsvab4188n2004204", ""),)))
    assert kept.ranges == (VinRange("LSVAB4188N2004204", "LSVAB4188N2004204"),)


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        ("A1 到 A9", (VinRange("A1", "A9"),)),
        ("A1-A9\nB1 – B2", (VinRange("A1", "A9"), VinRange("B1", "B2"))),
        ("A1；B1至B2\n\n", (VinRange("A1", "A1"), VinRange("B1", "B2"))),
        ("A1－A9", (VinRange("A1", "A9"),)),
        (" \n", ()),
    ],
)
def test_ranges_are_read_as_people_write_them_and_told_so_that_they_read_again(text, ranges):
    assert read_ranges(text) == ranges
    assert read_ranges(told_ranges(ranges)) == ranges
