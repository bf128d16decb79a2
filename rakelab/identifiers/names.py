"""Names of persons in running text, in any Finnish case.

A capital inside a sentence makes a name unless the word is a known place, body or other proper noun. Where a sentence
begins, or all is in capitals, or in small letters, a word has to be a listed name, have a last name's form, stand
after a title, or be told as a name elsewhere in the same text. Misses are worse than false alarms: this is a gate.
"""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from rakelab.identifiers.lexicon import lexicon, possible, split

NAME = "name"

_WORD = re.compile(r"[^\W\d_]+(?:['’´-][^\W\d_]+)*(?::[a-zåäö]+)?")
_BREAK = re.compile(r"[.!?…\n\r\t:;•*|\"”“»«/\[\]]| [-–—] ?$|^[-–—] ")
_SMALL_END = re.compile(r"(?:nen|s(?:en|e?ll[aäe]|e?lt[aä]|e?t|ten|een|ill[aäe]|ilt[aä]))(?:kin|kaan|kään|ko|kö)?$")
_COMMON_NEN = re.compile(
    r"l[aä](?:nen|inen|is\w+)$|^(?:tiai|rautiai|muho|soini|valko|helmi|kivi|keski|vuori|tuomi)(?:nen|s\w+)$"
)
_STREET = re.compile(r"\w{3}(?:katu|kadu|kuja|polku|polu|bulevardi|gatan|vägen)\w{0,3}$")
# -nen names have a, o, u or y before the ending, in small letters too; most other words in -nen have i.
_LAST_FORM = re.compile(r"\w{2,}[aouyäö](?:nen|s(?:en|elle|ell[aä]|elt[aä]|illa|ille|enkin|ess[aä]|est[aä]|eksi|eni))$")
_NOT_LAST = re.compile(
    r"(?:hevo|varpu|jänö|semo|\w*mm[oö]|\w*l[aä]|ykkö|kakko|kolmo|nelo|viito|kuuto|puna|valko|kuu"
    r"|\w*(?:perho|huoko|aakko|hiukka|hippa|vihko|murunk?|hevo|varpu|alu|satava|markka|euro|lappu|puro|keskö)"
    r"|\w{2,}(?:rauha|lauta|kirja|poika|kukka|kuppo|kakko|ykkö|kuuto|vii?to|nelo|kolmo|kerttu|hytty|kärpä|jyvä|pakka|nokko)"
    r"|kirja|sota|kilpa|juttu|sokko|pallo|nuotta|haku|homo|hetero|irto|ryhmä|piilo|turva|sana|lapa|osa|vähä|ukko|poju"
    r"|vehnä|pää|rysty|käpy|kyyhky|leivo|hamo|veno|neito|lintu|tyttö|pöllö)(?:nen|s\w+)$|\w*jäsen\w*$|\w+oseksi$"
)
# Unknown words that end like a body, a paper or a law.
_BODY_FORM = re.compile(
    r"\w{3,}(?:radio|tehdas|tehtaa|teatteri|pankki|panki|keskus|keskuk|yhdisty|liitto|liito|virasto|lehti|lehde|sanomat|sanomi|"
    r"yhtiö|koulu|opisto|sairaala|kirkko|kirko|museo|laki|lain|seura|järjestö|puolue|kerho|esplanadi|suus|suude)\w{0,5}$"
)
_NO_PERSON = ("ssa", "ssä", "lainen", "läinen", "laiset", "läiset", "laisten")
_INNER_LOW = re.compile(r"^(?:Mc|Mac|De|Di|Le|La|Van|O['’])[A-ZÅÄÖ]|^[A-ZÅÄÖ][^\W\d_]*[-'’][A-ZÅÄÖ]")
_CAMEL = re.compile(r"[^\W\d_a-zåäö][a-zåäöéè]+")


class _Word(NamedTuple):
    text: str
    start: int
    end: int
    gap: str  # what stands between the word before and this one
    begins: bool  # a sentence may begin here
    small: str
    shape: str


@lru_cache(maxsize=50_000)
def _shape(text: str) -> str:
    """``low``, ``cap``, ``caps``, ``initial`` (one letter) or ``mixed``."""
    if text[0].islower():
        return "low" if text.islower() else "mixed"
    if len(text) == 1:
        return "initial"
    body = text.partition(":")[0]
    if body.isupper():
        return "caps"
    return "cap" if body[1:].islower() or _INNER_LOW.match(body) else "mixed"


def found(text: str) -> Iterator[tuple[str, int, int]]:
    """Kind and place of each run of words that names a person."""
    if _WORD.search(text):
        words = _words(text)
        yield from _runs(words, _marked(words))


def _words(text: str) -> list[_Word]:
    words: list[_Word] = []
    place = 0
    for match in _WORD.finditer(text):
        gap = text[place : match.start()]
        begins = not words or (gap != " " and _BREAK.search(gap) is not None and not _no_break(words[-1], gap))
        word = match.group()
        words.append(_Word(word, *match.span(), gap, begins, word.casefold(), _shape(word)))
        place = match.end()
    return words


def _no_break(before: _Word, gap: str) -> bool:
    """The full stop belongs to an initial or to an abbreviation."""
    if gap.rstrip(" ") != ".":
        return gap in (": ", ":") and before.small in lexicon().words["titles"]
    return before.shape == "initial" or before.small in lexicon().words["abbreviations"]


def _marked(words: list[_Word]) -> list[bool]:
    """For each word whether it names a person, read in two rounds: alone, then by what the first round told."""
    named = [_alone(words, i) for i in range(len(words))]
    met = frozenset(
        stem
        for word, is_name in zip(words, named, strict=True)
        if is_name and word.shape == "cap" and not word.begins
        for stem in possible(word.small)
    )
    for i, word in enumerate(words):
        if not named[i] and word.shape != "low":
            named[i] = _beside(words, named, i) or (word.begins and _remembered(word, met))
    return named


def _remembered(word: _Word, met: frozenset[str]) -> bool:
    if not met or word.shape != "cap" or word.small in lexicon().words["starters"]:
        return False
    return word.small in met or (_free(word.small) and not met.isdisjoint(possible(word.small)))


def _alone(words: list[_Word], i: int) -> bool:
    word = words[i]
    shape = word.shape
    after_title = i > 0 and words[i - 1].small in lexicon().words["titles"] and word.gap.strip(" :") == ""
    if shape == "low":
        return _low(words, i, after_title)
    if shape == "initial":
        return False
    if shape == "mixed":
        return any(_sure(part.casefold()) for part in _CAMEL.findall(word.text))
    if shape == "caps" or word.begins:
        if shape == "cap" and (_called(word.small) or _followed(words, i)):
            return True
        return (after_title and shape == "cap" and word.small not in lexicon().words["starters"]) or _listed(word.small)
    return after_title or _inside(words, i)


def _inside(words: list[_Word], i: int) -> bool:
    """A capital inside a sentence."""
    word, small = words[i], words[i].small
    head = small.split("-")[0] if _mixed_compound(word.text) else small
    judged = _judge(head)
    if judged is not None:
        return judged
    if _mixed_compound(word.text):
        return _called(word.small)
    return not _in_body(words, i)


def _followed(words: list[_Word], i: int) -> bool:
    """``Annan kanssa``: an ordinary word by itself, a person by what follows."""
    known = lexicon()
    follows = i + 1 < len(words) and words[i + 1].gap == " " and words[i + 1].small in known.words["followers"]
    return follows and words[i].small not in known.words["titles"] and known.is_first(words[i].small)


def _called(small: str) -> bool:
    """``Anna-niminen``, ``Anna-täti``."""
    return small.rpartition("-")[2] in ("niminen", "nimisen", "nimiselle", "nimistä", "täti", "setä", "mummo")


@lru_cache(maxsize=50_000)
def _judge(small: str) -> bool | None:
    """True for a listed name, False for another proper noun, None for an unknown word."""
    known = lexicon()
    parts = [small, *small.split("-")]
    if small in known.words["starters"] or small in known.words["bodies"] or _STREET.search(small):
        return False
    if any(known.is_first(part) for part in parts):
        return not known.is_inside(small) and small not in known.words["organisations"]
    is_last = any(any(split(part, known.last)) for part in parts)
    if _is(small, known.bodies) or small in known.words["organisations"]:
        return False
    if _is(small, known.places):
        return is_last and not known.is_inside(small)
    if is_last:
        return True
    return False if _BODY_FORM.match(small) or small.endswith(_NO_PERSON) else None


def _is(small: str, stems: frozenset[str]) -> bool:
    parts = [small, *(part for part in small.split("-") if "-" in small and len(part) > 3)]
    return any(any(split(part, stems)) for part in parts)


def _mixed_compound(text: str) -> bool:
    """``Nokia-puhelin``: a name and an ordinary word."""
    return "-" in text and text.rsplit("-", 1)[1][:1].islower()


def _in_body(words: list[_Word], i: int) -> bool:
    """The run of capitals is a firm, a work or a body: one of its words tells so."""
    bodies = lexicon().words["bodies"]
    run = [i]
    while run[0] > 0 and words[run[0]].gap == " " and _joins(words[run[0] - 1]) and len(run) < 6:
        run.insert(0, run[0] - 1)
    while run[-1] + 1 < len(words) and words[run[-1] + 1].gap == " " and _joins(words[run[-1] + 1]) and len(run) < 6:
        run.append(run[-1] + 1)
    return any(words[j].small in bodies for j in run)


def _joins(word: _Word) -> bool:
    return word.shape != "low" or word.small in ("of", "and", "the", "oy", "ry", "oyj", "ab", "inc")


@lru_cache(maxsize=50_000)
def _listed(small: str) -> bool:
    """A listed name, or a last name's form, that is no ordinary word or place."""
    known = lexicon()
    if small in known.words["ordinary"] or small in known.words["starters"] or _is(small, known.everyday):
        return False
    parts = small.split("-")
    if all(known.is_name(part) for part in parts):
        return not _is(small, known.places) or (len(small) > 3 and not known.is_inside(small))
    return _by_form(small)


def _by_form(small: str) -> bool:
    return _LAST_FORM.match(small) is not None and _NOT_LAST.match(small) is None and _free(small)


@lru_cache(maxsize=50_000)
def _sure(small: str) -> bool:
    """A listed -nen name that is nothing else: it is found in small letters too."""
    known = lexicon()
    if small in known.words["ordinary"] or _COMMON_NEN.search(small) or not _SMALL_END.search(small):
        return False
    readings = [stem for stem, _ in split(small, known.last)]
    return bool(readings) and all(len(stem) > 4 and stem.endswith(("nen", "se", "s", "si")) for stem in readings)


def _low(words: list[_Word], i: int, after_title: bool) -> bool:
    """Small letters: a sure name, a first name before a sure last name, or a first name after a title."""
    small = words[i].small
    if len(small) < 4:
        return False
    if _small_name(small):
        return True
    if small not in lexicon().first or small in lexicon().words["titles"]:
        return False
    follows = i + 1 < len(words) and words[i + 1].gap == " " and words[i + 1].shape == "low"
    return (after_title and not _plain(small)) or (follows and _sure(words[i + 1].small))


@lru_cache(maxsize=50_000)
def _small_name(small: str) -> bool:
    return _sure(small) or (not _plain(small) and lexicon().is_small_first(small))


def _plain(small: str) -> bool:
    """An ordinary word, a title or a word that begins sentences."""
    words = lexicon().words
    plain = small in words["ordinary"] or small in words["starters"] or small in words["titles"]
    return plain or _is(small, lexicon().everyday)


@lru_cache(maxsize=50_000)
def _free(small: str) -> bool:
    """Nothing tells that the word is an ordinary one, a place or a body."""
    known = lexicon()
    ordinary = any(small in known.words[kind] for kind in ("ordinary", "starters", "abbreviations", "bodies"))
    return not (ordinary or _is(small, known.places) or _is(small, known.bodies))


def _beside(words: list[_Word], named: list[bool], i: int) -> bool:
    """A word with a capital that stands in one run with a name: a first name unknown to us, an initial, capitals."""
    word = words[i]
    before = i > 0 and named[i - 1] and word.gap in (" ", ". ", ".", "-")
    after = i + 1 < len(words) and named[i + 1] and words[i + 1].gap in (" ", ". ", ".")
    if word.shape == "initial":
        return (before or after) and (words[i + 1].gap.startswith(".") if i + 1 < len(words) else True)
    if word.shape == "caps":
        return (before and not words[i - 1].small.isupper() and len(word.text) > 3) or _after_initial(words, i)
    if word.shape != "cap" or not _free(word.small):
        return False
    if not word.begins:  # Maija Mehiläinen
        return before and word.gap == " " and words[i - 1].shape == "cap"
    return after and words[i + 1].shape == "cap" and not word.small.endswith(("in", "sivat"))  # Tapasin Annan


def _after_initial(words: list[_Word], i: int) -> bool:
    return i > 0 and words[i - 1].shape == "initial" and words[i].gap.startswith(".") and len(words[i].text) > 3


def _runs(words: list[_Word], named: list[bool]) -> Iterator[tuple[str, int, int]]:
    """Neighbours that name one person are one find."""
    start = last = -1
    for i, is_name in enumerate(named):
        if not is_name:
            continue
        if start >= 0 and _same_run(words, last, i):
            last = i
            continue
        if start >= 0:
            yield NAME, words[start].start, words[last].end
        start = last = i
    if start >= 0:
        yield NAME, words[start].start, words[last].end


def _same_run(words: list[_Word], last: int, i: int) -> bool:
    between = words[last + 1 : i]
    gaps = [word.gap for word in words[last + 1 : i + 1]]
    joined = all(gap in (" ", "-") or (gap in (". ", ".") and len(words[last].text) < 4) for gap in gaps)
    return joined and len(between) < 3 and all(word.small in lexicon().words["particles"] for word in between)
