import pytest

from rakelab.present.figures import theme


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str = "#ffffff") -> float:
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", ["ink", "muted", "accent", "accent-dark", "warm"])
@pytest.mark.parametrize("ground", ["paper", "wash"])
def test_text_colours_can_be_read(name, ground):
    assert contrast(theme.COLOURS[name], theme.COLOURS[ground]) >= 4.5


@pytest.mark.parametrize("colour", [theme.COLOURS["line"], theme.COLOURS["missing"]])
def test_graphics_stand_out(colour):
    assert contrast(colour) >= 3


@pytest.mark.parametrize("look", theme.SERIES)
def test_groups_are_labelled_in_their_colour_so_it_is_a_text_colour(look):
    assert contrast(look[0]) >= 4.5


def test_groups_differ_in_shape():
    shapes = [shape for _, shape in (*theme.SERIES, theme.EVERYBODY)]
    assert len(set(shapes)) == len(shapes)


@pytest.mark.parametrize("shade", theme.SHADES)
def test_numbers_on_a_shade_can_be_read(shade):
    """seaborn writes #262626 on light shades and white on dark ones, changing at luminance 0.408."""
    assert contrast("#262626" if luminance(shade) > 0.408 else "#ffffff", shade) >= 4.5


def test_the_page_reads_the_same_palette():
    sheet = theme.stylesheet()
    assert f"--accent: {theme.COLOURS['accent']};" in sheet
    assert "url(" not in sheet
