"""The command line: parse, call one function, print, choose the exit code.

0 done · 1 some rows were set aside, or there is something to mend · 2 wrong usage or unusable file · 3 cannot write ·
4 the notebook stopped · 130 interrupted. Heavy rooms are imported only by the command that needs them.
"""

import os
import signal
import sys
from argparse import Namespace
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any, TextIO

from rakelab import cli_parser, i18n, identifiers, parameters
from rakelab.errors import RakelabError, UsageError

INTERRUPTED = 130


def command() -> int:
    """``main`` as a process of its own: another Ctrl-C while an interrupted one ends changes nothing."""
    code = main()
    if code == INTERRUPTED:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
    return code


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command. Returns the exit code."""
    words = list(sys.argv[1:] if argv is None else argv)
    lang = _messages(words)
    try:
        return _run(words, lang)
    except RakelabError as error:
        return _stop(error.sentence(lang), error.exit_code)
    except KeyboardInterrupt:
        return _stop(i18n.text("cli.interrupted", lang), INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # the reader has gone; nothing more to say
        return 0
    except Exception as error:
        from rakelab.report.warm import class_of, place_of

        return _stop(i18n.text("report.bug", lang, error=class_of(error), place=place_of(error)), 4)


def _stop(sentence: str, code: int) -> int:
    _say(sentence, file=sys.stderr)
    return code


def _say(text: str, file: TextIO | None = None) -> None:
    """Print lines; what a terminal would obey instead of showing is shown."""
    print("\n".join(map(identifiers.visible, text.split("\n"))), file=file)


def _messages(words: Sequence[str]) -> str:
    """The language of messages: --lang where it names one, else RAKELAB_LANG, else Finnish."""
    after = [b for a, b in pairwise(words) if a == "--lang"]
    after += [word.partition("=")[2] for word in words if word.startswith("--lang=")]
    asked = [*after, os.environ.get("RAKELAB_LANG", "")]
    return next((lang for lang in asked if lang in i18n.LANGUAGES), i18n.LANGUAGES[0])


def _run(words: Sequence[str], lang: str) -> int:
    asked = cli_parser.parse(words)
    _language(getattr(asked, "lang", None), everything=asked.command == "report")
    return _DOORS[asked.command](asked, lang)


def _language(wanted: str | None, *, everything: bool) -> None:
    known = (*i18n.LANGUAGES, *(("all",) if everything else ()))
    for lang_asked in (wanted, None if everything else os.environ.get("RAKELAB_LANG")):
        if lang_asked and lang_asked not in known:
            raise UsageError("cli.language", known=", ".join(known))


def _help(asked: Namespace, lang: str) -> int:
    values = {"languages": "|".join(i18n.LANGUAGES), "forms": _reports(lang) if asked.about == "report" else ""}
    print(i18n.text(f"cli.help.{asked.about or 'all'}", lang, **values).rstrip())
    return 0


def _reports(lang: str) -> str:
    """The forms that a report is made of, and what it is of."""
    from rakelab.report.run import about

    return "\n".join(f"  {name:<25} {description[lang]}" for name, description in about().items())


def _version(asked: Namespace, lang: str) -> int:
    from rakelab import __version__

    print(f"rakelab {__version__}")
    return 0


def _check(asked: Namespace, lang: str) -> int:
    import json

    from rakelab import loaders
    from rakelab.codebook import codebook

    checked = loaders.check(asked.file, codebook(asked.kind), source=asked.source or None)
    if asked.json:
        _say(json.dumps(loaders.as_json(checked), ensure_ascii=False, indent=2))
    else:
        _say("\n".join(loaders.sentences(checked, lang)))
    if asked.write_set_aside:
        rows = loaders.write_set_aside(checked, asked.write_set_aside, lang)
        if rows:
            _say(i18n.counted("cli.set_aside", rows, lang, page=asked.write_set_aside), file=sys.stderr)
    return checked.exit_code


def _draft(asked: Namespace, lang: str) -> int:
    from rakelab import draft

    limit = parameters.settle({"limit": asked.limit}, {"limit": draft.LIMIT})["limit"] if asked.limit else draft.LIMIT
    made = draft.draft(asked.survey, source=asked.source or None, limit=limit, lang=lang)
    path = draft.write(made, asked.out or f"{made.name}.toml", replace=asked.replace)
    _say(i18n.text("cli.written", lang, page=path))
    dropped = sum(one.kind == draft.DROP for one in made.questions)
    _say(i18n.text("draft.columns", lang, used=len(made.questions) - dropped, dropped=dropped))
    _say(i18n.text("draft.next", lang, file=_word(asked.survey), form=_word(path)))
    return 0


def _word(path: object) -> str:
    """A path as one word of a command."""
    return f'"{path}"' if " " in str(path) else str(path)


def _report(asked: Namespace, lang: str) -> int:
    from rakelab.report.run import Order, remake_index, report

    settings = cli_parser.settings(asked.p)
    languages = _languages(asked.lang, settings)
    if asked.index and asked.kind is None:
        _say(i18n.text("cli.written", lang, page=remake_index(Path(asked.out), languages[0])))
        return 0
    if asked.kind is None:
        raise UsageError("cli.missing.kind", command="report")
    order = Order(Path(asked.out), languages, replace=asked.replace)
    folder = report(asked.kind, asked.file or "", settings=settings, order=order)
    _say(i18n.text("cli.written", lang, page=folder / f"report.{languages[0]}.html"))
    _lost(order.losses, lang)
    return 0


def _lost(losses: Sequence[Any], lang: str) -> None:
    """What became of the rows of each table: in full, because this is for who has the file. The account comes last."""
    from rakelab.loaders.findings import finding_sentence

    for loss in losses:
        for finding in loss.findings:
            _say(finding_sentence(finding, lang, loss.codebook))
    for loss in losses:
        numbers = {"read": loss.read, "used": loss.read - loss.set_aside, "aside": loss.set_aside}
        written = {name: i18n.number(n, lang) for name, n in numbers.items()}
        _say(i18n.text("loaders.summary", lang, file=loss.file, **written))


def _languages(wanted: str | None, settings: Mapping[str, str]) -> tuple[str, ...]:
    """The languages of a report: --lang, else the parameter lang, else Finnish."""
    if wanted == "all":
        return i18n.LANGUAGES
    return (wanted or settings.get("lang") or i18n.LANGUAGES[0],)


def _template(asked: Namespace, lang: str) -> int:
    from rakelab.codebook import codebook
    from rakelab.templates import write_template

    form = codebook(asked.kind)
    path = Path(asked.out or f"{form.name}.{asked.format or 'xlsx'}")
    if asked.format and path.suffix != f".{asked.format}":
        path = path.with_suffix(f".{asked.format}")
    write_template(form, path, lang=lang)
    _say(i18n.text("cli.written", lang, page=path))
    return 0


def _forms(asked: Namespace, lang: str) -> int:
    import json

    from rakelab.codebook import codebook, names
    from rakelab.tableschema import descriptor
    from rakelab.templates import write_codes

    titles = {} if asked.kind else {name: codebook(name).title[lang] for name in names()}
    if asked.json:
        _say(json.dumps(titles or descriptor(codebook(asked.kind), lang), ensure_ascii=False, indent=2))
    elif titles:
        _say(_columns(list(titles.items())))
    elif asked.out:
        _say(i18n.text("cli.written", lang, page=write_codes(codebook(asked.kind), asked.out, lang=lang)))
    else:
        rows = codebook(asked.kind).table(lang)
        again = [row[:2] == above[:2] for above, row in pairwise([("",), *rows])]
        _say(_columns([("", "", *row[2:]) if same else row for same, row in zip(again, rows, strict=True)]))
    return 0


def _columns(rows: Sequence[tuple[str, ...]]) -> str:
    """Rows under one another."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)


def _coding(asked: Namespace, lang: str) -> int:
    from rakelab.coding import commands

    files = [file for file in (asked.file, asked.second, asked.third) if file]
    options = {name: getattr(asked, name) for name in ("form", "source", "field", "themes", "out", "coders")}
    options |= {"suggest": "x"} if asked.suggest else {}
    _say("\n".join(commands.run(asked.action, files, options, lang)))
    return 0


def _ledger(asked: Namespace, lang: str) -> int:
    from rakelab.report import ledgered

    words = [word for word in (asked.first, asked.second) if word]
    _say("\n".join(ledgered.run(asked.action or "list", words, {"by": asked.by, "note": asked.note}, lang)))
    return 0


def _review(asked: Namespace, lang: str) -> int:
    from rakelab.report import decided
    from rakelab.report.run import remake_index

    options = {name: getattr(asked, name) for name in ("by", "decision", "note")}
    folder = Path(asked.folder)
    _say("\n".join(decided.run(folder, options, lang)))
    if any(options.values()) and (folder.resolve().parent / "index.html").is_file():
        remake_index(folder.resolve().parent, lang)
    return 0


def _export(asked: Namespace, lang: str) -> int:
    from rakelab.export import Wanted, export

    only = tuple(name.strip() for name in asked.only.split(",") if name.strip())
    wanted = Wanted(asked.to, asked.lang or "", only, asked.template, Path(asked.out))
    for file in export(Path(asked.folder), wanted):
        _say(i18n.text("cli.written", lang, page=file))
    return 0


def _scan(asked: Namespace, lang: str) -> int:
    from tqdm import tqdm

    from rakelab import scan

    limit = parameters.settle({"limit": asked.limit}, {"limit": scan.LIMIT})["limit"] if asked.limit else 0
    if asked.limit and limit < 2:
        raise UsageError("scan.limit")
    found = scan.scan(Path(asked.publications), limit, lambda files: tqdm(files, unit="", leave=False, disable=None))
    if asked.json:
        _say(scan.as_json(found, lang))
    else:
        written = [i18n.text("cli.written", lang, page=file) for file in scan.write(found, Path(asked.out), lang)]
        _say("\n".join([*scan.summary(found, lang), *written]))
    return int(bool(found.flaws))


def _demo(asked: Namespace, lang: str) -> int:
    from rakelab import demo
    from rakelab.report.run import Order, report

    out = Path(asked.out)
    order = Order(out, i18n.LANGUAGES, replace=True)  # the invented data come with it
    folders = []
    for file in demo.write(out / "data"):
        folders += [report(file.kind, file.path, settings=file.settings(out), order=order)]
        _say(i18n.text("cli.demo_made", lang, title=file.title[lang], page=folders[-1] / f"report.{lang}.html"))
    for kind, place in demo.PAGES.items():
        settings = demo.chosen(kind, [folder.name for folder in folders])
        folder = report(kind, out / place if place else "", settings=settings, order=order)
        title = i18n.text(f"demo.page.{kind}", lang)
        _say(i18n.text("cli.demo_made", lang, title=title, page=folder / f"report.{lang}.html"))
    _say(i18n.text("cli.demo_done", lang, index=out / "index.html"))
    return 0


def _lab(asked: Namespace, lang: str) -> int:
    from rakelab import lab

    made = lab.workspace(Path(asked.folder or i18n.text("lab.folder", lang)), lang)
    _say(i18n.text("lab.ready", lang, folder=made.folder, n=made.new))
    _say(i18n.text("lab.how" if asked.no_open else "lab.open", lang, folder=_word(made.folder)))
    return 0 if asked.no_open else lab.open_lab(made)


_DOORS: Mapping[str, Callable[[Namespace, str], int]] = {
    "help": _help,
    "version": _version,
    "check": _check,
    "draft": _draft,
    "report": _report,
    "template": _template,
    "forms": _forms,
    "coding": _coding,
    "ledger": _ledger,
    "review": _review,
    "export": _export,
    "scan": _scan,
    "demo": _demo,
    "lab": _lab,
}
