"""The command line's grammar: which commands there are, what each takes, and what to say of a wrong one."""

import argparse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from rakelab.errors import UsageError, nearest


@dataclass(frozen=True)
class Command:
    """``words`` must be given, in order; ``values`` are options with a value, ``flags`` without."""

    words: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)  # option -> default
    flags: tuple[str, ...] = ()
    repeated: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()  # words that may be left out

    @property
    def options(self) -> tuple[str, ...]:
        return (*self.values, *self.flags, *self.repeated, "--lang", "--help")


COMMANDS: Mapping[str, Command] = {
    "check": Command(("kind", "file"), {"--source": "", "--write-set-aside": ""}, ("--json",)),
    "draft": Command(("survey",), {"--out": "", "--source": "", "--limit": ""}, ("--replace",)),
    "report": Command(
        ("kind", "file"), {"--out": "reports"}, ("--replace", "--index"), repeated=("-p",), optional=("kind", "file")
    ),
    "template": Command(("kind",), {"--out": "", "--format": ""}),
    "forms": Command(("kind",), {"--out": ""}, ("--json",), optional=("kind",)),
    "coding": Command(
        ("action", "file", "second", "third"),
        {"--form": "", "--source": "", "--field": "", "--themes": "", "--out": "", "--coders": ""},
        ("--suggest",),
        optional=("file", "second", "third"),
    ),
    "ledger": Command(
        ("action", "first", "second"), {"--by": "", "--note": ""}, optional=("action", "first", "second")
    ),
    "review": Command(("folder",), {"--by": "", "--decision": "", "--note": ""}),
    "export": Command(("folder",), {"--to": "", "--only": "", "--template": "", "--out": "."}),
    "scan": Command(("publications",), {"--limit": "", "--out": "."}, ("--json",)),
    "demo": Command((), {"--out": "reports"}),
    "lab": Command(("folder",), {}, ("--no-open",), optional=("folder",)),
}


def parse(words: Sequence[str]) -> argparse.Namespace:
    """What was asked: ``command``, its words and options. Raises UsageError that names the nearest right word.

    ``--help`` and ``--version`` are commands too; ``help`` tells which command's help was asked for.
    """
    if not words or words[0] in ("--help", "-h", "help"):
        return argparse.Namespace(command="help", about=words[1] if len(words) > 1 and words[1] in COMMANDS else "")
    if words[0] in ("--version", "-V"):
        return argparse.Namespace(command="version")
    if words[0] not in COMMANDS:
        raise _unknown(words[0])
    if {"--help", "-h"} & set(words):
        return argparse.Namespace(command="help", about=words[0])
    return _parsed(words[0], COMMANDS[words[0]], words[1:])


def _unknown(word: str) -> UsageError:
    known = [*COMMANDS, "--help", "--version"]
    close = nearest(word, known)
    if close:
        return UsageError("cli.misspelt", word=word, nearest=close)
    return UsageError("cli.unknown", word=word, known=", ".join(COMMANDS))


def _parsed(name: str, command: Command, words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.set_defaults(command=name)
    for word in command.words:
        parser.add_argument(word, nargs="?")
    parser.add_argument("--lang")
    for option, default in command.values.items():
        parser.add_argument(option, default=default)
    for option in command.flags:
        parser.add_argument(option, action="store_true")
    for option in command.repeated:
        parser.add_argument(option, action="append", default=[])
    try:
        asked, rest = parser.parse_known_args(words)
    except argparse.ArgumentError as error:
        raise UsageError("cli.no_value", option=error.argument_name) from None
    _nothing_left(rest, command)
    for word in command.words:
        if getattr(asked, word) is None and word not in command.optional:
            raise UsageError(f"cli.missing.{word}", command=name)
    return asked


def _nothing_left(rest: Sequence[str], command: Command) -> None:
    if not rest:
        return
    option = next((word for word in rest if word.startswith("-")), None)
    if option is None:
        raise UsageError("cli.extra", word=rest[0])
    option = option.partition("=")[0]
    close = nearest(option, command.options)
    if close:
        raise UsageError("cli.misspelt", word=option, nearest=close)
    raise UsageError("cli.unknown", word=option, known=", ".join(command.options))


def settings(pairs: Sequence[str]) -> dict[str, str]:
    """``["kunta=091"]`` → ``{"kunta": "091"}``."""
    given = {}
    for pair in pairs:
        name, sign, value = pair.partition("=")
        if not sign or not name:
            raise UsageError("cli.not_setting", word=pair)
        given[name.strip()] = value.strip()
    return given
