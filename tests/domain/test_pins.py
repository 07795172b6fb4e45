"""PINs: what may be one, how long wrong ones cost, and what a recovery code looks like."""

import re
from datetime import timedelta

import pytest

from crm_desktop.domain.errors import InvalidInput
from crm_desktop.domain.pins import checked_pin, hashed, new_recovery_code, new_salt, recovery_key, wait_after


@pytest.mark.parametrize(
    ("typed", "kept"), [("2468", "2468"), (" ２４６８ ", "2468"), ("190273645512", "190273645512")]
)
def test_a_pin_is_four_to_twelve_digits(typed, kept):
    assert checked_pin(typed) == kept


@pytest.mark.parametrize("typed", ["", "123", "24a8", "1234", "9876", "0000", "1234567890123"])
def test_what_is_no_pin_or_too_easy_is_refused_with_a_sentence(typed):
    with pytest.raises(InvalidInput) as refused:
        checked_pin(typed)
    assert refused.value.fields["pin"].endswith("。")


def test_the_same_pin_looks_different_for_everybody():
    assert hashed("2468", new_salt()) != hashed("2468", new_salt())
    salt = new_salt()
    assert hashed("2468", salt) == hashed("2468", salt)


def test_the_wait_doubles_after_three_wrong_ones_up_to_a_quarter_of_an_hour():
    seconds = [wait_after(failures) / timedelta(seconds=1) for failures in (0, 2, 3, 4, 5, 10, 11, 500)]
    assert seconds == [0, 0, 5, 10, 20, 640, 900, 900]


def test_ten_thousand_guesses_take_more_than_a_hundred_days():
    assert sum((wait_after(n) for n in range(10_000)), timedelta()) > timedelta(days=100)


def test_a_recovery_code_is_typed_as_it_comes():
    code = new_recovery_code()
    assert re.fullmatch(r"([2-9A-HJ-NP-Z]{4}-){3}[2-9A-HJ-NP-Z]{4}", code)
    assert recovery_key(f" {code.lower().replace('-', ' ')} ") == recovery_key(code)
