"""Street addresses and postal towns, in Finnish and Swedish, with case endings."""

import re
from collections.abc import Iterator

ADDRESS = "address"

# Streets by their last part, strong and weak stems. Those of the first list tell a street even in small letters.
_SURE = "katu|kadu|tie|kuja|polku|polu|bulevardi|raitti|raiti|gatan|gata|vägen|gränden|gränd|stigen"
_OTHER = (
    "ranta|ranna|rinne|rintee|kaari|kaare|aukio|tori|väylä|piha|penger|penkere|mäki|mäe|laita|laida|linja|esplanadi|"
    "portti|porti|silta|silla|puisto|kaarre|kaartee|tanhua|perä|kulma|varsi|varre|harju|niemi|nieme|suora|reuna|notko|"
    "ahde|ahtee|kallio|kumpu|kummu|syrjä|laakso|väg|stig|allén|esplanaden|torget|stranden|bågen|svängen|brinken|"
    "platsen|backen|kajen|parken|åsen"
)
_CASE = r"(?:n|lla|llä|lle|lta|ltä|a|ä|tä|ta|ssa|ssä|sta|stä|lt|l)?"
_NUMBER = (
    r",? (?:nro |n:o )?\d{1,3}(?!\d)(?: ?[-–/] ?\d{1,3}(?!\d))?(?: ?[A-Za-z](?![\wåäöÅÄÖ]))?"
    r"(?: ?(?:as\.? |bst\.? |lgh )?\d{1,3}(?![\d.]))?"
)
_TOWN = r"\d{5} +[A-ZÅÄÖ][A-Za-zåäöÅÄÖ]{1,30}"
_TAIL = rf"(?:,? +{_TOWN})?"
_CAPITAL = r"[A-ZÅÄÖ][\w:'’-]{1,40}?"
_PATTERN = re.compile(
    rf"(?<![\w-]){_CAPITAL}(?: {_CAPITAL})?(?: ?(?:{_SURE}|{_OTHER})){_CASE}{_NUMBER}{_TAIL}"
    rf"|(?<![\w-])[a-zåäö][\w-]{{2,40}}?(?:{_SURE}){_CASE}{_NUMBER}{_TAIL}"
    rf"|(?<=[\w,;(] )[A-ZÅÄÖ][a-zåäö-]{{2,40}}?(?:katu|kadu|kuja|polku|polu|gatan|vägen|gränden){_CASE}(?!\w)"
    rf"|(?<![\d.,-]){_TOWN}"
)
# Roads between towns are no address of anybody.
_ROADS = re.compile(r"(?:valta|kanta|maan|moottori|seutu|yhdys|runko|rauta|kehä)tie", re.IGNORECASE)
_HINT = re.compile(r"[^\W\d_]{3},? (?:nro |n:o )?\d|\d{5} +[A-ZÅÄÖ]|(?:k[au][td]u|ku?ja|pol[ku]|gatan|vägen|gränden)")


def found(text: str) -> Iterator[tuple[str, int, int]]:
    """Kind and place of each address."""
    if _HINT.search(text):
        for match in _PATTERN.finditer(text):
            if not _ROADS.match(match.group()):
                yield ADDRESS, *match.span()
