"""Texts begun for a human, and pictures by name."""

from io import BytesIO

import pptx


def test_only_one_figure(made):
    assert [*made("png", only=("kuvio-1",))] == ["palvelutarve-kuhmo.fi.kuvio-1.png"]
    deck = pptx.Presentation(BytesIO(made("pptx", only=("kuvio-1",))["palvelutarve-kuhmo.fi.pptx"]))
    assert len(deck.slides) == 1


def test_texts_begin_with_the_findings_and_leave_the_rest_to_a_human(made):
    texts = {name.split(".")[-2]: content.decode() for name, content in made("text").items()}
    assert sorted(texts) == ["lausuntoluonnos", "sahkoposti", "some", "uutinen"]
    assert all(text.startswith("Keksitty aineisto.") for text in texts.values())
    assert "– Muu ei muuttunut." in texts["uutinen"]
    assert "Muu ei muuttunut" not in texts["some"]
    assert "Kuvan vaihtoehtoinen teksti: Pylväät: kaksi." in texts["some"]
    assert "[Kirjoita: mitä pitäisi tehdä" in texts["lausuntoluonnos"]
