"""What a drafted codebook says of a file, and that the file can be read with it."""

import random
import tomllib
from pathlib import Path

import pytest

from rakelab import loaders
from rakelab.codebook import codebook
from rakelab.draft import draft, write
from rakelab.errors import FileError, OutputError, UsageError

from .written import drafted, options, survey

WHO = ["Nainen", "Mies", "Nainen"]
AGREE = ["Täysin samaa mieltä", "Jokseenkin eri mieltä", "Jokseenkin samaa mieltä", "Ei samaa eikä eri mieltä"]
NEEDS = ["Talous", "Asuminen, vuokra", "Työ"]


def mixed(seed: int, of: list[str], n: int = 120) -> list[str]:
    drawn = random.Random(seed)
    return [drawn.choice(of) for _ in range(n)]


def read_back(path: Path, folder: Path) -> loaders.Check:
    form = write(draft(path), folder / "oma.toml")
    return loaders.check(path, codebook(form))


# --- kinds ----------------------------------------------------------------------------------------------------


def test_a_file_is_read_with_its_own_draft_and_no_row_is_lost(tmp_path: Path) -> None:
    path = survey(tmp_path / "k.csv", {
        "Sukupuoli": mixed(1, WHO), "Ikä": list(range(18, 90)), "Olen saanut apua": mixed(2, AGREE),
        "Arvosana": list(range(11)),
        "Kertoisitko?": [*[""] * 90, *(f"Aivan oma tarina {i}" for i in range(30))],
        "Päivä": ["3.4.2021", "4.5.2022"], "Summa": ["1,5", "2,25", "10"],
    })  # fmt: skip
    form = drafted(path)
    assert {title: field["type"] for title, field in form.items()} == {
        "Sukupuoli": "string", "Ikä": "integer", "Olen saanut apua": "string", "Arvosana": "integer",
        "Kertoisitko?": "string", "Päivä": "date", "Summa": "number",
    }  # fmt: skip
    assert form["Arvosana"]["constraints"] == {"minimum": 0, "maximum": 10}
    assert "constraints" not in form["Ikä"]  # the youngest and the oldest are two people
    assert form["Kertoisitko?"]["sensitivity"] == "text"
    checked = read_back(path, tmp_path)
    assert (checked.error, checked.used, checked.set_aside) == (None, 120, 0)


@pytest.mark.parametrize(
    ("given", "steps"),
    [
        (AGREE, ["Täysin eri mieltä", "Jokseenkin eri mieltä", "Ei samaa eikä eri mieltä", "Jokseenkin samaa mieltä",
                 "Täysin samaa mieltä"]),
        (["Helt av samma åsikt", "Delvis av annan åsikt", "Delvis av samma åsikt"],
         ["Helt av annan åsikt", "Delvis av annan åsikt", "Delvis av samma åsikt", "Helt av samma åsikt"]),
        (["Strongly agree", "Agree", "Neutral"],
         ["Strongly disagree", "Disagree", "Neutral", "Agree", "Strongly agree"]),
        (["4", "2", "5", "1", "3"], ["1", "2", "3", "4", "5"]),
        (["Yes, very rude", "No, not rude at all", "Yes, somewhat rude"],
         ["No, not rude at all", "Yes, somewhat rude", "Yes, very rude"]),
        (["30–44", "yli 60", "alle 18", "18–29", "45–60"], ["alle 18", "18–29", "30–44", "45–60", "yli 60"]),
    ],
)  # fmt: skip
def test_a_scale_is_whole_and_in_its_order(tmp_path: Path, given: list[str], steps: list[str]) -> None:
    field = drafted(survey(tmp_path / "k.csv", {"Väite": mixed(3, given), "Kuka": WHO}))["Väite"]
    assert options(field) == steps
    assert field["categoriesOrdered"] is True


def test_statements_of_one_form_have_the_same_scale(tmp_path: Path) -> None:
    form = drafted(survey(tmp_path / "k.csv", {"A": mixed(1, AGREE), "B": mixed(2, AGREE[:3]), "Kuka": WHO}))
    assert options(form["A"]) == options(form["B"])
    assert len(options(form["B"])) == 5


def test_numbers_of_things_are_no_scale_and_codes_are_no_numbers(tmp_path: Path) -> None:
    counts = [str(i % 10) for i in range(120)]
    form = drafted(survey(tmp_path / "k.csv", {"Montako kertaa kävit?": counts, "Sukupuoli": mixed(4, ["1", "2"])}))
    assert form["Montako kertaa kävit?"]["type"] == "integer"
    assert "constraints" not in form["Montako kertaa kävit?"]
    assert options(form["Sukupuoli"]) == ["1", "2"]


SHAPES = {
    "REDCap": ("Tuen tarve (choice={})", "Tuen tarve", lambda need: ("Checked", "Unchecked")),
    "LimeSurvey": ("Tuen tarve [{}]", "Tuen tarve", lambda need: ("Kyllä", "Ei valittu")),
    "Kobo": ("Tuen tarve/{}", "Tuen tarve", lambda need: ("1", "0")),
    "SurveyMonkey": ("Mihin tarvitset tukea? - {}", "Mihin tarvitset tukea?", lambda need: (need, "")),
    "Webropol": ("Tuen tarve: {}", "Tuen tarve", lambda need: ("1", "")),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_options_with_columns_of_their_own_are_one_question(tmp_path: Path, shape: str) -> None:
    heading, title, cells = SHAPES[shape]
    ticks = {heading.format(need): mixed(i, list(cells(need))) for i, need in enumerate(NEEDS)}
    path = survey(tmp_path / "k.csv", {"Kuka": mixed(9, WHO), **ticks})
    form = drafted(path)
    assert set(form) == {"Kuka", title}
    assert (form[title]["type"], options(form[title])) == ("list", NEEDS)
    checked = read_back(path, tmp_path)
    assert (checked.set_aside, checked.used) == (0, 120)
    assert not [finding.code for finding in checked.findings if finding.code == "unmatched_column"]


@pytest.mark.parametrize(("mark", "needs"), [("; ", NEEDS), (", ", NEEDS), (" ", ["talous", "asuminen", "tyo"])])
def test_several_options_in_a_cell_are_parted_and_one_may_hold_the_mark(
    tmp_path: Path, mark: str, needs: list[str]
) -> None:
    drawn = random.Random(5)
    cells = [mark.join(drawn.sample(needs, drawn.randint(1, 3))) for _ in range(150)]
    field = drafted(survey(tmp_path / "k.csv", {"Tuki": cells, "Kuka": WHO}))["Tuki"]
    assert (field["type"], set(options(field))) == ("list", set(needs))


def test_a_question_that_only_some_were_asked_has_its_condition(tmp_path: Path) -> None:
    asked = mixed(6, ["Kyllä", "Ei"])
    which = ["Palkkatyö" if i % 2 else "Työtoiminta" for i in range(120)]
    what = [work if yes == "Kyllä" else "" for yes, work in zip(asked, which, strict=True)]
    path = survey(tmp_path / "k.csv", {"Käytkö työssä?": asked, "Millaisessa?": what})
    form = drafted(path)
    assert form["Millaisessa?"]["applies"] == {"field": form["Käytkö työssä?"]["name"], "values": ["kylla"]}
    assert "applies" not in form["Käytkö työssä?"]


def test_a_number_called_a_weight_is_one_where_every_row_has_it(tmp_path: Path) -> None:
    some = {"Kuka": mixed(1, WHO), "Paino": ["0,624", "0,787", "2,9166"]}
    assert drafted(survey(tmp_path / "k.csv", some))["Paino"]["weight"] is True
    some["Paino"] = [*some["Paino"], ""]
    assert "weight" not in drafted(survey(tmp_path / "k.csv", some))["Paino"]


@pytest.mark.parametrize(
    ("title", "kind"),
    [("Onko sinulla pitkäaikaissairaus?", "health"), ("Har du utsatts för våld?", "violence"),
     ("Have you been convicted of a crime?", "crime"), ("Käytätkö päihteitä?", "health"), ("Asutko yksin?", None)],
)  # fmt: skip
def test_words_make_a_question_sensitive(tmp_path: Path, title: str, kind: str | None) -> None:
    form = drafted(survey(tmp_path / "k.csv", {title: mixed(7, ["Kyllä", "Ei"]), "Kuka": WHO}))
    assert form[title].get("sensitivity") == kind


def test_a_form_in_swedish_is_drafted_in_swedish_and_the_questions_in_the_language_asked(tmp_path: Path) -> None:
    path = survey(tmp_path / "k.csv", {"Kön": mixed(1, ["Kvinna", "Man"]), "Vad är din ålder?": list(range(20, 80))})
    text = draft(path, lang="en").text
    assert 'title = { sv = "Kön" }' in text
    assert "# Question: do these age groups fit?" in text
    assert tomllib.loads(text)["bands"][0]["title"] == {"sv": "Åldersgrupp"}


# --- who answered ---------------------------------------------------------------------------------------------


def test_columns_that_tell_who_or_when_are_left_out_and_told(tmp_path: Path) -> None:
    n = range(100)
    path = survey(tmp_path / "k.csv", {
        "fsd_id": list(n), "Yhteystietosi": [f"etu.{i}@example.org" for i in n],
        "Käynnin hetki": [f"2021-04-03 10:{i % 60:02}:{i % 7:02}" for i in n],
        "Kenen kanssa?": mixed(2, ["Liisa Korhonen", "Pekka Mäkinen"], 100), "Kuka": mixed(3, WHO, 100),
    })  # fmt: skip
    made = draft(path)
    assert set(drafted(path)) == {"Kuka"}
    assert made.text.count("# – ") == 3  # and the addresses are not even read
    assert "Korhonen" not in made.text
    assert "example" not in made.text


def test_a_number_that_several_rows_share_is_a_person_and_their_answers_count_once(tmp_path: Path) -> None:
    visits = [100 + i // 6 for i in range(240)]
    ill = ["Harvinainen tauti" if person == 103 else ["Flunssa", "Selkä"][i % 2] for i, person in enumerate(visits)]
    form = drafted(survey(tmp_path / "k.csv", {"Asiakasnumero": visits, "Mikä vaivaa?": ill}))
    assert form["Asiakasnumero"]["role"] == "person"
    assert options(form["Mikä vaivaa?"])[:2] == ["Flunssa", "Selkä"]
    assert "Harvinainen tauti" not in options(form["Mikä vaivaa?"])


def test_no_name_in_a_heading_is_written_and_the_column_is_read_all_the_same(tmp_path: Path) -> None:
    columns = [("Miten Maija Virtanen palveli sinua?", mixed(1, ["Hyvin", "Huonosti"])),
               ("Miten Pekka Mäkinen palveli sinua?", mixed(2, ["Hyvin", "Huonosti"]))]  # fmt: skip
    path = survey(tmp_path / "k.csv", columns)
    assert list(drafted(path)) == ["Miten ••• palveli sinua?", "Miten ••• palveli sinua? (2)"]
    checked = read_back(path, tmp_path)
    assert checked.dataset is not None
    assert [column[0] for column in checked.dataset.frame.iloc[:, :2].apply(lambda one: one.astype(str)).items()]
    assert not [finding.code for finding in checked.findings if finding.code in ("unmatched_column", "column_twice")]


@pytest.mark.parametrize("name", ["Liisa Korhonen", "liisa korhonen", "liisa_korhonen", "Kumar Singh", "050 123 4567"])
def test_an_option_that_names_somebody_is_not_written_however_many_gave_it(tmp_path: Path, name: str) -> None:
    path = survey(tmp_path / "k.csv", {"Kuka auttoi?": mixed(1, [name, "johtaja", "sihteeri"]), "Kuka": WHO})
    assert name not in draft(path).text
    field = drafted(path)["Kuka auttoi?"]
    assert set(options(field)) == {"johtaja", "sihteeri", "Muu vastaus"}
    assert field["catch_all"] == "muu_vastaus"


def test_an_answer_of_four_is_not_written_and_one_of_five_is(tmp_path: Path) -> None:
    answers = [*["Suomi"] * 60, *["Bhutan"] * 5, *["Nauru"] * 4, "Palau"]
    path = survey(tmp_path / "k.csv", {"Maa": answers, "Kuka": WHO})
    assert options(drafted(path)["Maa"]) == ["Suomi", "Bhutan", "Muu vastaus"]
    assert options(drafted(path, limit=6)["Maa"]) == ["Suomi", "Muu vastaus"]
    assert "Nauru" not in draft(path).text
    with pytest.raises(UsageError):
        draft(path, limit=2)


def test_answers_of_four_pasted_twice_are_still_of_four(tmp_path: Path) -> None:
    rows = [(i, "Nauru" if i < 4 else "Suomi", f"a{i % 7}", f"b{i % 11}") for i in range(80)]
    path = survey(tmp_path / "k.csv", list(zip(["Luku", "Maa", "A", "B"], zip(*rows * 2, strict=True), strict=True)))
    assert "Nauru" not in draft(path).text


def test_whether_anybody_is_at_the_end_of_a_scale_cannot_be_seen(tmp_path: Path) -> None:
    some = [*["Usein"] * 20, *["Joskus"] * 20, *["Harvoin"] * 20]
    texts = [draft(survey(tmp_path / "k.csv", {"Väite": [*some, *rare], "Kuka": WHO})).text
             for rare in ([], ["Ei koskaan"] * 3, ["Ei koskaan", "Aina"])]  # fmt: skip
    assert texts[0] == texts[1] == texts[2]


def test_a_file_without_headings_is_refused_because_its_first_answers_would_be_written(tmp_path: Path) -> None:
    path = survey(tmp_path / "k.csv", {"Nainen": WHO * 20, "34": list(range(20, 80)), "Matti auttoi": ["hyvin", "ei"]})
    with pytest.raises(FileError) as stopped:
        draft(path)
    assert stopped.value.key == "draft.no_headings"


# --- bad input ------------------------------------------------------------------------------------------------


def test_questions_with_the_same_text_keep_their_own_answers(tmp_path: Path) -> None:
    columns = [("Kyllä vai ei?", mixed(1, ["Kyllä", "Ei"])), ("Kyllä vai ei?", mixed(2, ["Kotona", "Muualla"]))]
    path = survey(tmp_path / "k.csv", columns)
    assert [options(field) for field in drafted(path).values()] == [["Kyllä", "Ei"], ["Kotona", "Muualla"]]
    checked = read_back(path, tmp_path)
    assert (checked.error, checked.set_aside) == (None, 0)


@pytest.mark.parametrize(
    "columns",
    [
        {"Ehkä": ["true", "0", "1", "kaali", "F", "false", "true"], "Kuvaus": [f"arvo {i}" for i in range(7)]},
        {"Kerro": [f"oma tarina {i}, ja se oli pitkä" for i in range(60)], "Miksi": [f"siksi {i}" for i in range(60)]},
        {"Sukupuoli": ["Nainen"], "Asuminen": ["Kotona"]},
        {"الجنس": mixed(1, ["أنثى", "ذكر"]), "תשובה": mixed(2, ["כן", "לא"])},
        {"Kysymys " + "pitkä sana " * 180 + str(i): mixed(i, ["Kyllä", "Ei"]) for i in range(6)},
        {"Ammatti": [f"ammatti {i} jota kukaan muu ei tee" for i in range(10_000)], "Kuka": WHO},
        {f"Kysymys {i}": mixed(i, AGREE, 40) for i in range(300)},
        {"muutos": mixed(1, WHO), "vuosi": mixed(2, WHO), "mean_x": mixed(3, WHO), "x_alku": mixed(4, WHO)},
        {"Vaihtoehto": mixed(1, ["tyhja", "vastattu", "a+b", "a", "b"]), "Kuka": WHO},
        {"Kuka \"lainaa\" \\ ja '": mixed(1, ["\"x\" \\ y", "z\u202ew", "#"]), "[[field]]": WHO},
    ],
    ids=["mixed", "unique", "one row", "right to left", "long headings", "10,000 answers", "300 questions",
         "reserved names", "reserved options", "marks of TOML"],
)  # fmt: skip
def test_a_draft_of_anything_can_be_read(tmp_path: Path, columns: dict[str, list[object]]) -> None:
    path = survey(tmp_path / "k.csv", columns)
    checked = read_back(path, tmp_path)
    assert (checked.error, checked.set_aside) == (None, 0)


def test_a_draft_is_not_written_over_a_file_unless_told(tmp_path: Path) -> None:
    made = draft(survey(tmp_path / "k.csv", {"Kuka": mixed(1, WHO), "Muu": WHO}))
    (tmp_path / "oma.toml").write_text("oma työ", encoding="utf-8")
    with pytest.raises(OutputError):
        write(made, tmp_path / "oma.toml")
    assert (tmp_path / "oma.toml").read_text(encoding="utf-8") == "oma työ"
    write(made, tmp_path / "oma.toml", replace=True)
    assert codebook(tmp_path / "oma.toml").fields[0].name == "kuka"
    with pytest.raises(UsageError):
        write(made, tmp_path / "oma.xlsx")
