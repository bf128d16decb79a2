"""Running text: who is pointed at, small numbers of people, shares of a stated base, means that cannot be."""

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from rakelab.formulas.percentages import is_mean, possible_bases
from rakelab.scan.counts import Rule, judged
from rakelab.scan.document import Text, words
from rakelab.scan.grid import Value, bases, value, whole

_COUNT = r"(?<![\d.,–/-])(?:\d{1,3}(?:[ \u00a0.,]\d{3})+|\d+)(?![\d.,]*\d|\s?[–/%-])"
_SHARE = re.compile(r"(?<![\d.,–-])\d{1,3}(?:[.,]\d+)?\s?%(?:\s?\(\d[\d ]*(?:\s?/\s?\d[\d ]*)?\))?(?!\w)")
_NUMBER = r"\d+(?:[.,]\d{1,2})?(?!\d|\s?%|\s?[–-]\s?\d)"


def _people(text: str) -> list[int]:
    """Numbers of people."""
    counted = re.finditer(rf"({_COUNT})\s+([^\W\d]+)", text)
    return [whole(found[1]) for found in counted if words("people").match(found[2])]


@cache
def _mean() -> re.Pattern[str]:
    """A mean, before or after the words that call it one, and what it is of."""
    called, between, each = (words(name).pattern for name in ("averaged", "is", "each"))
    before = rf"(?P<before>{_NUMBER})(?: (?P<things>[^\W\d]+))? {each}"
    return re.compile(rf"{called}\s+(?:{between}\s+)?(?P<after>{_NUMBER})\s*(?P<unit>[^\W\d]*)|{before}", re.IGNORECASE)


def found(paragraphs: Sequence[Text], rule: Rule) -> Iterator[tuple[str, Text]]:
    """What is wrong in the paragraphs of one section."""
    section = _stated(paragraphs, bases) or _stated(paragraphs, _people)
    shares = [(text, share) for text in paragraphs for share in _shares(text.text)]
    for text in paragraphs:
        yield from _counted(text, rule) if not rule.opens(text.text) else ()
        yield from _meant(text)
    stated = {id(text): list(dict.fromkeys(bases(text.text))) or section for text in paragraphs}
    other = _other_base([share for _, share in shares], section)
    for text, share in shares:
        own = [share.base] if share.base else stated[id(text)]
        kind = judged(share, own, rule) if len(own) == 1 else ""
        if rule.opens(text.text):
            continue
        if kind == "small_share" or (kind and (other or _together(text.text, share))):
            yield kind, text
        if kind != "small_share" and other and judged(share, [other], rule) == "small_share":
            yield "small_share", text


def _stated(paragraphs: Sequence[Text], numbers: Callable[[str], list[int]]) -> list[int]:
    return list(dict.fromkeys(n for text in paragraphs for n in numbers(text.text)))


def unfounded(paragraphs: Sequence[Text]) -> Iterator[Text]:
    """The first percentage of a file that says nowhere how many its percentages are of."""
    shares = ((text, share) for text in paragraphs for share in _shares(text.text))
    based = any(bases(text.text) or _people(text.text) for text in paragraphs)
    first = next(shares, None)
    if first and not based and not any(share.base for _, share in (first, *shares)):
        yield first[0]


def _other_base(shares: list[Value], section: list[int]) -> int:
    """The one smaller base that all shares of a section can be of, where the stated one is not: some did not answer."""
    whole_ones = [round(share.number) for share in shares if not share.digits]
    if len(section) != 1 or len(whole_ones) < 3 or not 4 < section[0] < 100 or section[0] in possible_bases(whole_ones):
        return 0
    fitting = [n for n in possible_bases(whole_ones, largest=section[0] - 1) if n > 0.7 * section[0]]
    return fitting[0] if len(fitting) == 1 else 0


def _together(text: str, share: Value) -> bool:
    """Are the share and its base said in one sentence, with no other number of people in it?"""
    said = [sentence for sentence in re.split(r"(?<=[.!?;])\s+", text) if share in _shares(sentence)]
    return any(len(bases(one)) == 1 for one in said)


def _shares(text: str) -> Iterator[Value]:
    for match in _SHARE.finditer(text) if re.search(r"[^\W\d]{2}", text) else ():
        before, after = text[max(match.start() - 40, 0) : match.start()], text[match.end() :]
        if not words("level").match(after.lstrip(" :n-")) and not words("aim").search(before):
            yield value(match[0])


def _counted(text: Text, rule: Rule) -> Iterator[tuple[str, Text]]:
    small = any(map(rule.small, _people(text.text) + bases(text.text)))
    beside = any(rule.small(share.count, share.base or 0) for share in _shares(text.text) if share.count is not None)
    yield from [("small_count", text)] if small or beside else []


def _meant(text: Text) -> Iterator[tuple[str, Text]]:
    """A mean beside a total and how many share it: 6,210 visits of 143 users are not 16 each."""
    for match in _mean().finditer(text.text):
        rest = f"{text.text[: match.start()]} {text.text[match.end() :]}"
        numbers = [(whole(n), noun.casefold()) for n, noun in re.findall(rf"({_COUNT})\s+([^\W\d]+)", rest)]
        mean, unit = (match["after"] or match["before"]).replace(",", "."), match["unit"] or match["things"] or ""
        yield from [("impossible_mean", text)] if _impossible(mean, unit.casefold(), numbers) else []


def _impossible(mean: str, unit: str, numbers: list[tuple[int, str]]) -> bool:
    """None of the numbers shares the total of what the mean is of; or, where that is not said, the larger of two."""
    totals = [n for n, noun in numbers if unit and noun[:4] == unit[:4] and n > 2 * float(mean)]
    of_people = [words("people").match(noun) is not None for _, noun in sorted(numbers)]
    totals = [max(numbers)[0]] if not totals and of_people == [True, False] else totals
    sharers = [n for n, _ in numbers if n > 1 and n not in totals]
    digits = len(mean.partition(".")[2])
    return bool(totals and sharers) and not any(is_mean(mean, total, n, digits) for total in totals for n in sharers)
