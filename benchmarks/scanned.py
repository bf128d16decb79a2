"""How many seeded faults ``rakelab scan`` finds, by kind, and how often it cries for nothing.

``python benchmarks/scanned.py [DRAW]`` makes 200 invented files (Excel, Word, PowerPoint, PDF, web pages, CSV, text; in
Finnish, Swedish and English), four in five with one fault each and the rest with none, scans them, and prints recall by
kind and false alarms by page. Needs the extras ``export`` and ``test``. The words of the files are not taken from
``rakelab/scan/words.toml``.
"""

import csv
import io
import random
import sys
import tempfile
import zipfile
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from rakelab.scan import scan

FILES = 200
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)
Row = list[str]

LANGUAGES = ("fi", "sv", "en")
PLACES = ("Kajaani", "Kuhmo", "Sotkamo", "Paltamo", "Puolanka", "Hyrynsalmi", "Ristijärvi", "Suomussalmi")
TOPICS = {
    "fi": (
        "Aikuissosiaalityö",
        "Lastensuojelu",
        "Vammaispalvelut",
        "Päihdetyö",
        "Asumispalvelut",
        "Perhetyö",
        "Ikääntyneet",
    ),
    "sv": (
        "Vuxensocialarbete",
        "Barnskydd",
        "Handikappservice",
        "Missbrukarvård",
        "Boendeservice",
        "Familjearbete",
        "Äldre",
    ),
    "en": (
        "Adult social work",
        "Child welfare",
        "Disability services",
        "Substance use",
        "Housing",
        "Family work",
        "Older people",
    ),
}
CORNERS = {"fi": ("Kunta", "Palvelu"), "sv": ("Kommun", "Service"), "en": ("Municipality", "Service")}
TOTALS = {
    "fi": ("Yhteensä", "Kainuu", "Koko alue yhteensä"),
    "sv": ("Totalt", "Kajanaland", "Sammanlagt"),
    "en": ("Total", "Kainuu", "All"),
}
COUNTED = {
    "fi": ("Asiakkaita {y}", "{y}", "Lkm {y}", "Vuosi {y}"),
    "sv": ("Klienter {y}", "{y}", "Antal {y}", "År {y}"),
    "en": ("Clients {y}", "{y}", "Number {y}", "Year {y}"),
}
TITLES = {
    "fi": "Asiakkaat palveluittain 2019–2021",
    "sv": "Klienter enligt service 2019–2021",
    "en": "Clients by service, 2019–2021",
}
CLEAN = {
    "fi": (
        "Työtä tehdään yhdessä kuntien ja järjestöjen kanssa.",
        "Vastaajista 48 % asui yksin (n = 250).",
        "Vuonna 2021 asiakkaita oli 1 240.",
    ),
    "sv": (
        "Arbetet görs tillsammans med kommunerna.",
        "Av de svarande bodde 48 % ensamma (n = 250).",
        "År 2021 fanns det 1 240 klienter.",
    ),
    "en": (
        "The work is done together with municipalities.",
        "Of the respondents 48% lived alone (n = 250).",
        "In 2021 there were 1,240 clients.",
    ),
}
SHARES = {
    "fi": (
        "Lukion oli käynyt 8 % (n = 25).",
        "Kyselyyn vastasi 25 henkilöä. Heistä 16 % oli vanhuuseläkkeellä.",
        "Eläkkeellä 16 % (4/25).",
    ),
    "sv": (
        "Gymnasiet hade 8 % gått (n = 25).",
        "På enkäten svarade 25 personer. Av dem hade 16 % ålderspension.",
        "Pensionerade 16 % (4/25).",
    ),
    "en": (
        "Upper secondary school: 8% (n=25).",
        "There were 25 respondents. Of them 16% had retired.",
        "Retired 16% (4/25).",
    ),
}
IMPOSSIBLE = {
    "fi": ("Tyytyväisiä oli 37 % (n = 20).", "Apua sai 62 % (n=17)."),
    "sv": ("Nöjda var 37 % (n = 20).", "Hjälp fick 62 % (n=17)."),
    "en": ("Satisfied: 37% (n = 20).", "Help was given to 62% (n=17)."),
}  # fmt: skip
MEANS = {
    "fi": (
        "Palvelussa oli 143 käyttäjää ja 6 210 vierailua, keskimäärin 16 vierailua.",
        "143 käyttäjää, 6 210 käyntiä, ka 16 käyntiä.",
    ),
    "sv": (
        "Tjänsten hade 143 användare och 6 210 besök, i medeltal 16 besök.",
        "143 klienter, 6210 besök, i genomsnitt 16 besök.",
    ),
    "en": (
        "There were 6,210 visits of 143 users, on average 16 visits.",
        "143 clients made 6,210 visits: 16 visits each.",
    ),
}
POINTING = {
    "identity_code": ("Asiakas 010190-9111 soitti.", "Ärendet gäller 131052-908T.", "Case 010101A901H was closed."),
    "name": (
        "Haastateltava Matti Virtanen kertoi asiasta.",
        "Anna Lindström berättade om stödet.",
        "We met Maija Korhonen at the group.",
    ),
    "phone": ("Soita 040 123 4567.", "Ring +358 50 123 4567 på dagen.", "Call 044-1234567."),
    "email": ("Kirjoita matti.v@esimerkki.fi.", "Skriv till a.l@exempel.fi.", "Write to m.k@example.org."),
    "address": ("Koti on osoitteessa Koivukatu 5 A 3.", "Bor på Björkvägen 12 B.", "Lives at Mäntytie 7."),
}


@dataclass
class Made:
    """A file before it is written: paragraphs, tables with captions, and what else is put into it."""

    lang: str
    paragraphs: list[str] = field(default_factory=list)
    tables: list[tuple[str, list[Row]]] = field(default_factory=list)
    extra: set[str] = field(default_factory=set)
    headed: bool = True
    alt: str = "Kuvio kertoo asiakkaiden määrän."


def table(rng: random.Random, lang: str, *, total: bool = True) -> list[Row]:
    """A clean table of counts by place or service and year."""
    kind = rng.randrange(2)
    names = list((PLACES, TOPICS[lang])[kind])[: rng.randint(4, 7)]
    head = [CORNERS[lang][kind], *(rng.choice(COUNTED[lang]).format(y=y) for y in (2019, 2020, 2021))]
    counts = [[rng.randint(8, 320) for _ in range(3)] for _ in names]
    rows = [[name, *map(str, row)] for name, row in zip(names, counts, strict=True)]
    sums = [[rng.choice(TOTALS[lang]), *(written(sum(column), rng, lang) for column in zip(*counts, strict=True))]]
    return [head, *(rows + sums if not total or rng.random() < 0.6 else sums + rows)] if total else [head, *rows]


def written(n: int, rng: random.Random, lang: str) -> str:
    """A number with or without its thousands mark."""
    mark = rng.choice(("", "," if lang == "en" else "\u00a0"))
    return f"{n:,}".replace(",", mark)


# --- faults -------------------------------------------------------------------------------------------------------


def small_count(made: Made, rng: random.Random) -> None:
    rows = table(rng, made.lang, total=False)
    rows[rng.randrange(1, len(rows))][rng.randint(1, 3)] = str(rng.randint(1, 4))
    made.tables.append((TITLES[made.lang], rows))


def given_back(made: Made, rng: random.Random) -> None:
    """One hidden cell under a total."""
    rows = table(rng, made.lang)
    parts = [i for i in range(1, len(rows)) if rows[i][0] not in TOTALS[made.lang]]
    total = next(i for i in range(1, len(rows)) if rows[i][0] in TOTALS[made.lang])
    i, j, n = rng.choice(parts), rng.randint(1, 3), rng.randint(1, 4)
    rows[total][j] = str(sum(int(rows[k][j]) for k in parts if k != i) + n)
    rows[i][j] = rng.choice(("··", "..", "*", "x", "<5", "[c]", "-"))
    made.tables.append((TITLES[made.lang], rows))


def elsewhere(made: Made, rng: random.Random) -> None:
    """A cell hidden in one table and shown in another of the same people."""
    rows = table(rng, made.lang, total=False)
    again = [list(row) for row in rows]
    rows[2][2] = ".."
    made.tables += [(TITLES[made.lang], rows), (TITLES[made.lang], again)]


def small_share(made: Made, rng: random.Random) -> None:
    if rng.random() < 0.5:
        made.paragraphs = [rng.choice(SHARES[made.lang])]
        return
    head = {"fi": ("Koulutus", "Osuus, %"), "sv": ("Utbildning", "Andel, %"), "en": ("Education", "Share, %")}[
        made.lang
    ]
    shares = rng.choice((("72", "20", "8"), ("72 %", "20 %", "8 %"), ("72%", "20%", "8%")))
    made.tables.append(
        (f"{head[0]} (n = 25)", [list(head), *([f"{k}. {head[0]}", share] for k, share in enumerate(shares, 1))])
    )


def impossible_share(made: Made, rng: random.Random) -> None:
    if rng.random() < 0.5:
        made.paragraphs = [rng.choice(IMPOSSIBLE[made.lang])]
        return
    made.tables.append(
        (TITLES[made.lang], [["", "2020 (n = 20)", "2021 (n = 40)"], ["A", "55 %", "50 %"], ["B", "37 %", "30 %"]])
    )


def impossible_mean(made: Made, rng: random.Random) -> None:
    made.paragraphs = [rng.choice(MEANS[made.lang])]


def no_base(made: Made, rng: random.Random) -> None:
    head = {"fi": ("Asuminen", "Osuus"), "sv": ("Boende", "Andel"), "en": ("Housing", "Share")}[made.lang]
    made.paragraphs = []
    made.tables.append((head[0], [list(head), ["A", "61 %"], ["B", "39 %"]]))


def pointing(kind: str) -> Callable[[Made, random.Random], None]:
    def seed(made: Made, rng: random.Random) -> None:
        text = POINTING[kind][LANGUAGES.index(made.lang)]
        if rng.random() < 0.5:
            made.paragraphs.append(text)
        else:
            made.tables.append((TITLES[made.lang], [*table(rng, made.lang, total=False), [text, "12", "15", "18"]]))

    return seed


def extra(kind: str) -> Callable[[Made, random.Random], None]:
    def seed(made: Made, rng: random.Random) -> None:
        made.extra.add(kind)

    return seed


def no_heading(made: Made, rng: random.Random) -> None:
    made.headed = False
    made.tables.append((TITLES[made.lang], table(rng, made.lang, total=False)))


def rows(made: Made, rng: random.Random) -> None:
    made.paragraphs = []
    listed = [
        [str(1000 + k), rng.choice(PLACES), str(rng.randint(1, 5)), rng.choice(("1", "2")), str(rng.randint(1, 5))]
        for k in range(60)
    ]
    made.tables = [("", [["id", "kunta", "k1", "sp", "k2"], *listed])]


ANY = ("xlsx", "docx", "pptx", "html", "csv", "txt", "pdf")
TABLES = ("xlsx", "docx", "pptx", "html", "csv", "pdf")
FAULTS: dict[str, tuple[Callable[[Made, random.Random], None], tuple[str, ...]]] = {
    "small_count": (small_count, TABLES),
    "given_back": (given_back, ("xlsx", "docx", "pptx", "html", "csv")),
    "given_back elsewhere": (elsewhere, ("xlsx", "docx", "pptx", "html", "csv")),
    "small_share": (small_share, ANY),
    "impossible_share": (impossible_share, ANY),
    "impossible_mean": (impossible_mean, ANY),
    "no_base": (no_base, ("xlsx", "docx", "pptx", "html")),
    **{kind: (pointing(kind), ANY) for kind in POINTING},
    "no_heading": (no_heading, ("docx", "pptx", "html", "xlsx", "csv")),
    "no_alt": (extra("no_alt"), ("docx", "pptx", "html", "xlsx")),
    "rows": (rows, ("csv", "xlsx")),
    "pivot_rows": (extra("pivot_rows"), ("xlsx",)),
    "changes": (extra("changes"), ("docx",)),
    "comments": (extra("comments"), ("docx", "xlsx")),
    "hidden_sheet": (extra("hidden_sheet"), ("xlsx",)),
    "hidden_rows": (extra("hidden_rows"), ("xlsx",)),
    "hidden_columns": (extra("hidden_columns"), ("xlsx",)),
    "hidden_slide": (extra("hidden_slide"), ("pptx",)),
    "notes": (extra("notes"), ("pptx",)),
    "unread": (extra("unread"), ("xlsx", "pdf")),
}
#: Findings that a fault brings along by its nature.
ALONG = {
    **{kind: {"identity_code"} for kind in ("notes", "comments", "changes", "hidden_sheet")},
    "no_heading": {"no_base"}, "small_share": {"small_count"}, "impossible_share": {"small_share"},
}  # fmt: skip
CODE = "010190-9111"


# --- writers ------------------------------------------------------------------------------------------------------


def xlsx(made: Made, rng: random.Random) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    percent = book.add_format({"num_format": "0 %"})
    for k, (caption, rows_of_it) in enumerate(made.tables or [("", [])]):
        sheet = book.add_worksheet(f"T{k + 1}")
        lines = [[text] for text in made.paragraphs if k == 0] + ([[caption]] if caption else [])
        lines += ([[]] if lines and rng.random() < 0.5 else []) + (rows_of_it if made.headed else rows_of_it[1:])
        for i, row in enumerate(lines):
            for j, text in enumerate(row):
                if text.isdigit():
                    sheet.write_number(i, j, int(text))
                elif text.endswith(" %") and text[:-2].isdigit():
                    sheet.write_number(i, j, int(text[:-2]) / 100, percent)
                else:
                    sheet.write_string(i, j, text)
        _into_sheet(made, sheet)
    if "hidden_sheet" in made.extra:
        hidden = book.add_worksheet("Pohja")
        hidden.write_string(0, 0, f"Asiakas {CODE}")
        hidden.hide()
    book.close()
    data = out.getvalue()
    if "pivot_rows" in made.extra:
        data = with_part(
            data,
            "xl/pivotCache/pivotCacheRecords1.xml",
            "<pivotCacheRecords count='2'><r><x v='0'/></r><r><x v='1'/></r></pivotCacheRecords>",
        )
    return locked(data) if "unread" in made.extra else data


def _into_sheet(made: Made, sheet: object) -> None:
    if made.extra & {"no_alt"}:
        sheet.insert_image(20, 1, "x.png", {"image_data": io.BytesIO(PIXEL)})
    if "comments" in made.extra:
        sheet.write_comment(0, 0, f"Tarkista {CODE}")
    if "hidden_rows" in made.extra:
        sheet.set_row(3, None, None, {"hidden": True})
    if "hidden_columns" in made.extra:
        sheet.set_column(2, 2, None, None, {"hidden": True})


def with_part(data: bytes, name: str, xml: str) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr(name, xml)
    return out.getvalue()


def locked(data: bytes) -> bytes:
    from msoffcrypto.format.ooxml import OOXMLFile

    out = io.BytesIO()
    OOXMLFile(io.BytesIO(data)).encrypt("salasana", out)
    return out.getvalue()


def docx(made: Made, rng: random.Random) -> bytes:
    import docx as word
    from docx.oxml import parse_xml
    from docx.oxml.ns import nsdecls, qn

    document = word.Document()
    document.core_properties.author = ""
    document.add_heading(TITLES[made.lang], 1)
    for text in made.paragraphs:
        document.add_paragraph(text)
    for caption, rows_of_it in made.tables:
        document.add_paragraph(caption)
        grid = document.add_table(len(rows_of_it), len(rows_of_it[0]))
        for i, row in enumerate(rows_of_it):
            for j, text in enumerate(row):
                grid.cell(i, j).text = text
        if made.headed:
            grid.rows[0]._tr.get_or_add_trPr().append(parse_xml(f"<w:tblHeader {nsdecls('w')}/>"))
    picture = document.add_picture(io.BytesIO(PIXEL))
    picture._inline.docPr.set("descr", "" if "no_alt" in made.extra else made.alt)
    paragraph = document.add_paragraph("Loppu.")
    if "changes" in made.extra:
        xml = f"<w:del {nsdecls('w')} w:id='1' w:author='x'><w:r><w:delText>Asiakas {CODE}</w:delText></w:r></w:del>"
        paragraph._p.append(parse_xml(xml))
    if "comments" in made.extra:
        document.add_comment(paragraph.runs, text=f"Tarkista {CODE}", author="", initials="")
    assert qn("w:p")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pptx(made: Made, rng: random.Random) -> bytes:
    import pptx as power
    from pptx.util import Cm

    show = power.Presentation()
    show.core_properties.author = ""
    slide = show.slides.add_slide(show.slide_layouts[1])
    slide.shapes.title.text = TITLES[made.lang]
    slide.placeholders[1].text = "\n".join(made.paragraphs)
    for caption, rows_of_it in made.tables:
        page = show.slides.add_slide(show.slide_layouts[5])
        page.shapes.title.text = caption or "–"
        grid = page.shapes.add_table(len(rows_of_it), len(rows_of_it[0]), Cm(1), Cm(4), Cm(20), Cm(8)).table
        grid.first_row = made.headed
        for i, row in enumerate(rows_of_it):
            for j, text in enumerate(row):
                grid.cell(i, j).text = text
    picture = slide.shapes.add_picture(io.BytesIO(PIXEL), Cm(1), Cm(1))
    picture._element.nvPicPr.cNvPr.set("descr", "" if "no_alt" in made.extra else made.alt)
    if "hidden_slide" in made.extra:
        slide._element.set("show", "0")
    if "notes" in made.extra:
        slide.notes_slide.notes_text_frame.text = f"Kerro asiakkaasta {CODE}"
    out = io.BytesIO()
    show.save(out)
    return out.getvalue()


def html(made: Made, rng: random.Random) -> bytes:
    parts = [f"<h1>{TITLES[made.lang]}</h1>", *(f"<p>{text}</p>" for text in made.paragraphs)]
    for caption, rows_of_it in made.tables:
        head = "th" if made.headed else "td"
        lines = [
            "".join(f"<{head if i == 0 else 'td'}>{text}</{head if i == 0 else 'td'}>" for text in row)
            for i, row in enumerate(rows_of_it)
        ]
        parts.append(
            f"<table><caption>{caption}</caption>" + "".join(f"<tr>{line}</tr>" for line in lines) + "</table>"
        )
    parts.append("<img src='a.png'>" if "no_alt" in made.extra else f"<img src='a.png' alt='{made.alt}'>")
    return f"<!doctype html><html lang='{made.lang}'><body>{''.join(parts)}</body></html>".encode()


def pdf(made: Made, rng: random.Random) -> bytes:
    if "unread" in made.extra:
        import pikepdf

        out, scanned = io.BytesIO(), pikepdf.new()
        scanned.add_blank_page()
        scanned.save(out)
        return out.getvalue()
    from weasyprint import HTML

    return bytes(HTML(string=html(made, rng).decode()).write_pdf())


def text_csv(made: Made, rng: random.Random) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter="," if made.lang == "en" else ";")
    writer.writerows([text] for text in made.paragraphs)
    for caption, rows_of_it in made.tables:
        writer.writerow([])
        writer.writerows([[caption]] if caption else [])
        writer.writerows(rows_of_it if made.headed else rows_of_it[1:])
    return out.getvalue().encode(rng.choice(("utf-8-sig", "cp1252")) if made.lang != "en" else "utf-8", "replace")


def txt(made: Made, rng: random.Random) -> bytes:
    lines = list(made.paragraphs)
    for caption, rows_of_it in made.tables:
        lines += ["", caption, *("   ".join(row) for row in rows_of_it)]
    return "\n".join(lines).encode()


WRITERS = {"xlsx": xlsx, "docx": docx, "pptx": pptx, "html": html, "pdf": pdf, "csv": text_csv, "txt": txt}


# --- made, scanned, counted ---------------------------------------------------------------------------------------


def make(folder: Path, files: int = FILES, draw: int = 0) -> dict[str, str]:
    """Writes the files, each in a folder of its own so that none is held against another. File → its fault."""
    told: dict[str, str] = {}
    kinds = list(FAULTS)
    for k in range(files):
        rng = random.Random(20261127 + 5000 * draw + k)
        fault = "" if k % 5 == 4 else kinds[(k - k // 5) % len(kinds)]
        form = rng.choice(FAULTS[fault][1] if fault else ANY)
        made = Made(LANGUAGES[k % 3], list(CLEAN[LANGUAGES[k % 3]]))
        if fault:
            FAULTS[fault][0](made, rng)
        if fault not in ("rows", "no_base", "given_back elsewhere"):
            made.tables.append((TITLES[made.lang], table(rng, made.lang)))
        place = folder / f"{k:03d}" / f"julkaisu.{form}"
        place.parent.mkdir(parents=True)
        place.write_bytes(WRITERS[form](made, rng))
        told[place.relative_to(folder).as_posix()] = fault
    return told


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        told = make(Path(name), draw=int(sys.argv[1]) if len(sys.argv) > 1 else 0)
        found = scan(Path(name))
        pages = sum(max(1, _pages(Path(name) / file)) for file in told)
    hits = {file: {one.kind for one in found.flaws if one.file == file} for file in told}
    seeded, right = Counter(fault for fault in told.values() if fault), Counter[str]()
    false: Counter[str] = Counter()
    for file, fault in told.items():
        wanted = fault.split()[0] if fault else ""
        right[fault] += wanted in hits[file]
        beyond = hits[file] - {wanted} - ALONG.get(wanted, set())
        false.update(beyond)
        if (fault and wanted not in hits[file]) or beyond:
            print(f"  {file}: {fault or '–'} → {', '.join(sorted(hits[file])) or '–'}", file=sys.stderr)
    for kind, n in seeded.items():
        print(f"| {kind} | {right[kind]}/{n} |")
    hit, many = sum(right[kind] for kind in seeded), sum(seeded.values())
    print(f"\n{hit} of {many}; false alarms {sum(false.values())} on {pages} pages: {dict(false)}")


def _pages(file: Path) -> int:
    """Sheets and slides; any other file is one page."""
    if file.suffix not in (".xlsx", ".pptx") or not zipfile.is_zipfile(file):
        return 1
    names = zipfile.ZipFile(file).namelist()
    return sum(name.startswith(("xl/worksheets/sheet", "ppt/slides/slide")) for name in names)


if __name__ == "__main__":
    main()
