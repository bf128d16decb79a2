"""``rakelab scan``: what is wrong with what is already published, told by place and never by value."""

from rakelab.scan.folder import GROUPS, LIMIT, Finding, Found, scan

__all__ = ["GROUPS", "LIMIT", "Finding", "Found", "scan"]
