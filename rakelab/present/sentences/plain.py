"""The findings of a summary in plain words: one thing a sentence, and shares as “about 3 in ten”.

Said of the same shown numbers and verdicts as the summary itself; a share is rounded to tenths, or to hundredths where
tenths would say nothing.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from rakelab import estimate, i18n
from rakelab.cells import Key, Released
from rakelab.estimate import Proportion
from rakelab.present.sentences import wording
from rakelab.present.sentences.contrasts import differences_of
from rakelab.present.sentences.sentence import Sentence, Voice
from rakelab.present.sentences.shares import MOST_NAMED

#: Between two sentences of one finding.
_BETWEEN = re.compile(r"(?<=[.!?]) (?=[A-ZÅÄÖ”“])")
#: Nearer to none or to all than this, tenths say nothing.
_EDGE = 0.05


@dataclass(frozen=True)
class Plain:
    """What it is about, and what each finding says of it, sentence by sentence."""

    topic: str
    told: tuple[tuple[str, ...], ...]


def plainly(specs: Iterable[Mapping[str, Any]], tables: Mapping[str, Released], lang: str) -> list[Plain]:
    """The findings of a summary, as their specifications tell them, by what they are about; those of which there is
    nothing to tell are left out."""
    told: dict[str, list[tuple[str, ...]]] = {}
    for topic, sentences in (_plain(Sentence.of(spec, tables), lang) for spec in specs):
        if sentences:
            told.setdefault(topic, []).append(sentences)
    return [Plain(topic, tuple(own)) for topic, own in told.items()]


def _plain(sentence: Sentence, lang: str) -> tuple[str, tuple[str, ...]]:
    voice = Voice(sentence.kind, sentence.tables, sentence.options, lang, quiet=True, brief=True)
    said = _TELLERS[sentence.kind](voice) if sentence.kind in _TELLERS and sentence.asked else ()
    news = _BETWEEN.split(sentence.news(lang, titled=False)[0])
    return voice.title(), said or tuple(filter(None, news))


def _leading(voice: Voice) -> tuple[str, ...]:
    ranking = estimate.ranking(voice.table, wording.answers(voice.table), voice.column)
    first = ranking.first.names
    if not 0 < len(first) <= MOST_NAMED:
        return ()
    word = f"leading{'_shown' if ranking.first.unsure else ''}.{'one' if len(first) == 1 else 'other'}"
    named = voice.words(f"plain.{word}", labels=voice.listing(_called(voice, row) for row in first))
    part = estimate.proportion(voice.table, first[0], voice.column)
    return named, voice.words("plain.share" if len(first) == 1 else "plain.share_each", share=share(part, voice.lang))


def _called(voice: Voice, row: Key) -> str:
    """``yksi tarve``, where the class has words of its own."""
    own = f"present.needs.{row[0][1]}" if voice.kind == "accumulation" else ""
    return i18n.words(voice.lang).get(own) or voice.quoted(row)


def _share(voice: Voice) -> tuple[str, ...]:
    row = voice.key("row")
    part = estimate.proportion(voice.table, row, voice.column)
    if not part.share.known:
        return ()
    return (voice.words("plain.number", label=voice.quoted(row), share=share(part, voice.lang)),)


def _contrast(voice: Voice) -> tuple[str, ...]:
    """The largest difference beyond chance, that of the one level asked for, or that there is none; nothing where a
    hidden one could be it."""
    level = voice.options.get("level")
    every = [own for own in differences_of(voice.table, voice.options) if level in (None, *(n for _, n in own.row))]
    known = [own for own in every if own.difference.known and voice.table.sampled]
    asked = [own for own in known if own.marked or level is not None]
    if not known or (not asked and len(known) < len(every)):
        return ()
    names = {"a": voice.label(known[0].a), "b": voice.label(known[0].b)}
    if not asked:
        return voice.words("plain.compared", **names), voice.words("plain.no_difference")
    largest = max(asked, key=lambda own: abs(own.difference.number))
    a, b = (estimate.proportion(voice.table, largest.row, column) for column in (largest.a, largest.b))
    rises, over_time = largest.difference.number > 0, voice.table.variables[voice.table.view.by].role == "period"
    turn = ("up" if rises else "down") if over_time else "more"
    group = {"group": names["b" if rises else "a"]} if turn == "more" else {}
    told = voice.words(f"plain.{turn}", label=voice.quoted(largest.row), **group)
    numbers = [voice.words("plain.number", label=name, share=words)
               for name, words in zip(names.values(), _apart(a, b, voice.lang), strict=False)]  # fmt: skip
    if not largest.marked:
        return voice.words("plain.of", label=voice.quoted(largest.row)), *numbers, voice.words("plain.chance")
    return told, *numbers, voice.words("plain.beyond")


_TELLERS: Mapping[str, Callable[[Voice], tuple[str, ...]]] = {
    "leading": _leading,
    "accumulation": _leading,
    "share": _share,
    "contrast": _contrast,
}


def _apart(a: Proportion, b: Proportion, lang: str) -> list[str]:
    """Two shares by tenths, or by hundredths where tenths are the same; nothing where these are the same too."""
    for of in (10, 100):
        told = [share(part, lang, of) for part in (a, b)]
        if told[0] != told[1]:
            return told
    return []


def share(part: Proportion, lang: str, of: int = 10) -> str:
    """``about 3 in ten``; ``about half``, ``almost all``, ``all``, ``none``."""
    value = part.share.number
    if value in (0, 1):
        return i18n.text(f"plain.part.{'all' if value else 'none'}", lang)
    if value < _EDGE or value >= 1 - _EDGE:
        of = 100
    n = int(i18n.rounded(of * value))
    if n in (0, of):
        return i18n.text(f"plain.part.{'almost_all' if n else 'hardly_any'}", lang)
    word = "half" if (n, of) == (5, 10) else f"of_{of}"
    return i18n.text(f"plain.part.{word}", lang, n=i18n.number(n, lang))
