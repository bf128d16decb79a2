"""The sheet: one page three times, and when there is none."""

from io import BytesIO

import pikepdf
import pytest

from rakelab.errors import UsageError
from rakelab.export import Wanted, export

from .posters import folder_of, needs
from .test_own import COST

NEEDS = [[40, 90], [60, 55], [50, 45], [3, 40], [30, 31], [25, 22], [20, 21], [18, 19]]
CHANNEL = '[[channel]]\ntitle = {{ fi = "{name}" }}\nhow = "rake@esimerkki.fi"\n'


@pytest.fixture
def made(tmp_path):
    """The files by their ending, with the county's own texts."""

    def once(own=COST, counts=NEEDS, page=None):
        (tmp_path / "omat.toml").write_text(own, encoding="utf-8")
        folder = folder_of(tmp_path / "r", needs(counts), **({"page": page} if page else {}))
        wanted = Wanted("infografiikka", template=str(tmp_path / "omat.toml"), out=tmp_path / "ulos")
        return {path.suffix: path.read_bytes() for path in export(folder, wanted)}

    return once


def test_one_sheet_with_the_same_words_three_times(made):
    files = made()
    assert sorted(files) == [".html", ".pdf", ".svg"]
    html, svg = files[".html"].decode(), files[".svg"].decode()
    for words in ("1\xa0250\xa0000", "Sotkanet, 15.3.2026", "Sosiaalihuoltolaki (1301/2014)", "Keksitty aineisto."):
        assert words in html
        assert all(word in svg for word in words.split(" "))
    with pikepdf.open(BytesIO(files[".pdf"])) as document:
        assert len(document.pages) == 1
        assert bool(document.Root.MarkInfo.Marked)
        assert str(document.Root.Lang) == "fi"


def test_a_long_label_and_many_channels_take_rows_away_and_not_a_second_page(made):
    short, long = made(), made(COST + "".join(CHANNEL.format(name="Kanava " + "x" * 60) for _ in range(5)))
    assert long[".html"].count(b'class="label"') < short[".html"].count(b'class="label"')
    with pikepdf.open(BytesIO(long[".pdf"])) as document:
        assert len(document.pages) == 1


def test_a_label_of_300_letters_stays_on_the_sheet(made, monkeypatch):
    monkeypatch.setattr("rakelab.present.sentences.wording.line", lambda *_: "Tuentarve" * 34)
    monkeypatch.setattr("rakelab.present.sentences.wording.label", lambda *_: "Tuentarve" * 34)
    with pikepdf.open(BytesIO(made()[".pdf"])) as document:
        assert len(document.pages) == 1


def test_two_rows_are_enough(made):
    assert made(counts=[[50, 52], [60, 61]])[".html"].count(b'class="label"') == 2


def test_texts_that_leave_no_room_are_told(made):
    with pytest.raises(UsageError) as caught:
        made(COST + "".join(CHANNEL.format(name="Kanava " + "pitkä " * 50) for _ in range(30)))
    assert caught.value.key == "infographic.no_room"


def test_numbers_that_somebody_has_changed_are_not_put_on_a_wall(tmp_path):
    folder = folder_of(tmp_path / "r", needs(NEEDS))
    text = (folder / "released.json").read_text(encoding="utf-8")
    (folder / "released.json").write_text(text.replace('"value": 90', '"value": 91'), encoding="utf-8")
    with pytest.raises(UsageError) as caught:
        export(folder, Wanted("infografiikka", out=tmp_path / "ulos"))
    assert caught.value.key == "export.changed"


def test_a_folder_of_an_older_version_is_told(tmp_path):
    from .pages import write

    folder = write(tmp_path / "r", files={"released.json": '{"format": "rakelab-released-1"}'})
    with pytest.raises(UsageError) as caught:
        export(folder, Wanted("infografiikka", out=tmp_path / "ulos"))
    assert caught.value.key == "infographic.old_folder"
