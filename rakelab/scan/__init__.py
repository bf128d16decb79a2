"""``rakelab scan``: what is wrong with what is already published, told by place and never by value."""

from rakelab.scan.folder import GROUPS, LIMIT, Flaw, Scanned, scan
from rakelab.scan.result import as_json, summary, write

__all__ = ["GROUPS", "LIMIT", "Flaw", "Scanned", "as_json", "scan", "summary", "write"]
