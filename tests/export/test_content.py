"""A page read back: what a reader of the page meets, in its order, and nothing of what only a browser needs."""

from rakelab.export.content import Bullets, Findings, Heading, Paragraph, Picture, Table, read

from .pages import PAGE


def test_the_page_comes_back_in_its_order():
    content = read(PAGE)
    assert (content.title, content.lang, content.synthetic) == ("Tarpeet, Kuhmo, 2020", "fi", "Keksitty aineisto.")
    kinds = [type(block) for block in content.blocks]
    assert kinds == [Heading, Paragraph, Findings, Heading, Picture, Table, Paragraph, Bullets]
    assert content.blocks[1] == Paragraph("Yksi rivi on yksi arviointi.")
    assert content.findings == (("Talous kasvoi.", "väli 2–9"), ("Muu ei muuttunut.", ""))
    assert content.blocks[-2] == Paragraph("·· luku on peitetty.", quiet=True)
    assert content.blocks[-1] == Bullets(("Lomake: palvelutarve; versio 1",))


def test_a_figure_of_two_widths_is_one_picture():
    (picture,) = [block for block in read(PAGE).blocks if isinstance(block, Picture)]
    assert picture == Picture("kuvio-1", "Talous kasvoi", "Osuus, n = 12", "Pylväät: kaksi.", 0)


def test_a_hidden_number_is_its_mark_and_a_group_spans_its_columns():
    (table,) = [block for block in read(PAGE).blocks if isinstance(block, Table)]
    assert (table.id, table.caption, table.width) == ("taulukko-1", "Tarpeet (n = 12)", 3)
    assert [[cell.text for cell in row] for row in table.rows] == [
        ["Tarve", "Määrä", "Ero"],
        ["Kaikki"],
        ["=Talous", "7 (58\xa0%)", "+3"],
        ["Muu", "··", "−2"],
    ]
    assert [[cell.head for cell in row] for row in table.rows[1:3]] == [["rowgroup"], ["row", "", ""]]


def test_chosen_exhibits_only():
    chosen = read(PAGE).only(["taulukko-1"])
    assert [block.id for block in chosen.blocks] == ["taulukko-1"]


def test_a_page_without_content_is_empty():
    assert read("<html><title>x</title></html>").blocks == ()
