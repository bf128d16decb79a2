import pytest

from rakelab.opendata import OpenDataError, Standing, number


@pytest.mark.parametrize(
    ("given", "value"),
    [
        (1.5, 1.5),
        ("1,5", 1.5),
        ("1.5", 1.5),
        ("-0,4", -0.4),
        ("\u22123", -3),
        ("5\u00a0563\u202f970", 5563970),
        ("1e3", 1000),
    ],
)
def test_either_decimal_sign_is_read(given: object, value: float) -> None:
    assert (number(given).standing, number(given).value) == (Standing.SHOWN, value)


def test_zero_and_signs_are_not_pooled() -> None:
    assert [number(given).standing for given in (0, "0,0", None, "", "..", ".")] == [
        Standing.ZERO, Standing.ZERO, Standing.WITHHELD, Standing.WITHHELD, Standing.WITHHELD, Standing.MISSING,
    ]  # fmt: skip


@pytest.mark.parametrize("given", ["1.234,5", "1,234,5", "-", "n/a", True, [], "12 %", "nan", "1.", "٣"])
def test_what_would_have_to_be_guessed_is_an_error(given: object) -> None:
    with pytest.raises(OpenDataError) as caught:
        number(given)
    assert caught.value.key == "opendata.not_number"
