"""What the command line does with coding sheets: one function for each action, sentences out."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from rakelab import i18n
from rakelab.coding.compare import agreed_marks, agreement_sentences, compare, write_differences
from rakelab.coding.reading import read_sheet
from rakelab.coding.result import write_coded, write_one_coder
from rakelab.coding.sheet import Order, export, masked_sentence
from rakelab.coding.suggest import suggest
from rakelab.coding.texts import Texts, texts_in, texts_of
from rakelab.coding.themes import themes
from rakelab.errors import UsageError, nearest

Options = Mapping[str, str]


def run(action: str, files: Sequence[str], options: Options, lang: str) -> list[str]:
    """Does ``action`` (export, agreement, agreed) and tells what was done.

    ``options`` by name without dashes, empty or absent where not given: ``form``, ``source``, ``field``, ``themes``,
    ``out``, ``coders``, ``suggest``. Raises UsageError for an unknown action, or too few or too many files.
    """
    if action not in ACTIONS:
        raise UsageError("coding.unknown_action", near=nearest(action, ACTIONS) or "–", known=", ".join(ACTIONS))
    act, least, most = ACTIONS[action]
    if not least <= len(files) <= most:
        raise UsageError(f"coding.files.{action}")
    return act(files, {name: value for name, value in options.items() if value}, lang)


def _export(files: Sequence[str], options: Options, lang: str) -> list[str]:
    texts, listed = _texts(files[0], options), themes(options.get("themes", "sosiaalinen_raportointi"))
    order = Order(Path(options.get("out", "koodaus.xlsx")), _number(options.get("coders", "2")), lang)
    suggested = suggest(texts.texts, listed) if options.get("suggest") else ()
    made = export(texts, listed, order, suggested=suggested)
    names = i18n.listing((str(path) for path in made.files), lang)
    said = [i18n.counted("coding.exported", made.texts, lang, files=names)]
    said += [masked_sentence(made.masked, lang)] if made.masked else []
    return said + ([i18n.counted("coding.were_cut", len(made.cut), lang)] if made.cut else [])


def _texts(file: str, options: Options) -> Texts:
    field = options.get("field", "")
    if "form" not in options:
        return texts_in(file, field)
    from rakelab import loaders
    from rakelab.codebook import codebook

    form = codebook(options["form"])
    rows = loaders.load(file, form, source=options.get("source"), havikki=100)  # texts are coded, nothing is counted
    if not field:
        texts = [field.name for field in (*form.fields, *form.written) if field.free_text]
        raise UsageError("coding.which_field", known=", ".join(texts) or "–")
    return texts_of(rows, field)


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else 0


def _agreement(files: Sequence[str], options: Options, lang: str) -> list[str]:
    compared = compare(*map(read_sheet, files))
    said = agreement_sentences(compared, lang)
    if compared.differ:
        out = Path(options.get("out", "sovittavat.xlsx"))
        write_differences(compared, out, lang=lang)
        said.append(i18n.text("coding.talk_written", lang, file=out))
    return said


def _agreed(files: Sequence[str], options: Options, lang: str) -> list[str]:
    out = Path(options.get("out", "koodattu.csv"))
    if len(files) == 1:
        sheet = read_sheet(files[0])
        write_one_coder(sheet, out)
        return [i18n.counted("coding.coded", len(sheet.marks), lang, file=out)]
    compared = compare(*map(read_sheet, files[:2]))
    write_coded(compared, agreed_marks(compared, files[2] if len(files) > 2 else None), out)
    return [i18n.counted("coding.coded", len(compared.first.marks), lang, file=out)]


_Act = Callable[[Sequence[str], Options, str], list[str]]
#: Action → what does it, and the least and most files it takes.
ACTIONS: Mapping[str, tuple[_Act, int, int]] = {
    "export": (_export, 1, 1),
    "agreement": (_agreement, 2, 2),
    "agreed": (_agreed, 1, 3),
}
