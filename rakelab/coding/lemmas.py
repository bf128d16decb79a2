"""Base forms of words: voikko where it is installed, else simplemma. Neither sends anything anywhere.

simplemma's Finnish dictionary is made into a trie once and kept in the user's cache folder (it holds the dictionary
only, no text): the first time takes a while and much memory, every later one next to none. Without the trie's package
it is unpacked anew each time.
"""

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any

#: A word in small letters → its possible base forms.
Lemmas = Callable[[str], frozenset[str]]


@cache
def lemmas(lang: str = "fi") -> Lemmas:
    """The best there is for a language on this machine."""
    return (_voikko() if lang == "fi" else None) or _simplemma(lang)


def _voikko() -> Lemmas | None:
    try:
        voikko: Any = import_module("libvoikko").Voikko("fi")
    except Exception:  # not installed, without its library, or without a dictionary: each raises something else
        return None

    def found(word: str) -> frozenset[str]:
        bases = frozenset(known["BASEFORM"].casefold() for known in voikko.analyze(word) if "BASEFORM" in known)
        return bases or frozenset({word})

    return cache(found)


def _simplemma(lang: str) -> Lemmas:
    from simplemma import Lemmatizer
    from simplemma.strategies import DefaultStrategy

    factory = _trie()
    strategy = DefaultStrategy(dictionary_factory=factory) if factory else DefaultStrategy(low_memory=True)
    lemmatiser = Lemmatizer(lemmatization_strategy=strategy)
    return cache(lambda word: frozenset({lemmatiser.lemmatize(word, lang).casefold()}))


def _trie() -> Any:
    try:
        import marisa_trie  # noqa: F401 - the factory needs it
        from simplemma.strategies.dictionaries.trie_dictionary_factory import TrieDictionaryFactory

        return TrieDictionaryFactory()
    except ImportError:
        return None
