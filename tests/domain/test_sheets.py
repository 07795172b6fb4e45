"""What leaves the house: the line that names the dealership."""

import pytest

from crm_desktop.domain.sheets import Letterhead


@pytest.mark.parametrize(
    ("brand", "name", "code", "line"),
    [
        ("上汽大众", "示范店", "7580123", "上汽大众 示范店（7580123）"),
        ("上汽大众", "示范上汽大众4S店", "7580123", "示范上汽大众4S店（7580123）"),
        ("", "示范店", "", "示范店"),
        ("上汽大众", "", "", "上汽大众"),
        ("", "", "", ""),
    ],
)
def test_brand_name_and_code_stand_in_one_line_and_nothing_twice(brand, name, code, line):
    assert Letterhead(dealer_name=name, dealer_code=code, brand=brand).dealer == line
