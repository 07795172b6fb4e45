"""However oddly a plate, VIN or phone was typed: its stored form is final, and a mask never shows too much."""

from hypothesis import given, settings
from hypothesis import strategies as st

from crm_desktop.domain import identity

TYPED = st.text(
    st.sampled_from("沪粤AaKk80123４５６ＡＢ·-— .()（）+转分机/、,;\t\n\u200b\u202d\u3000\xa0"), max_size=24
) | st.text(max_size=20)


@given(TYPED)
@settings(max_examples=300)
def test_the_stored_form_of_a_stored_form_is_itself(raw):
    for key in (identity.plate_key, identity.vin_key, identity.phone_key):
        assert key(key(raw)) == key(raw)


@given(TYPED)
@settings(max_examples=300)
def test_a_number_found_in_a_text_is_found_as_itself(raw):
    for phone in identity.phones_in(raw):
        assert identity.phones_in(phone) == (identity.phone_key(phone),) == (phone,)


@given(TYPED)
@settings(max_examples=300)
def test_a_masked_number_shows_at_most_seven_digits(raw):
    shown = sum(char.isdigit() for char in identity.masked_phone(raw))
    assert shown <= 7 * max(1, len(identity.phones_in(raw)))


@given(TYPED)
@settings(max_examples=200)
def test_whatever_was_typed_a_doubt_is_one_sentence_or_none(raw):
    for doubt in (identity.plate_doubt(raw), identity.vin_doubt(raw), identity.phone_doubt(raw)):
        assert doubt is None or doubt.endswith("。")
