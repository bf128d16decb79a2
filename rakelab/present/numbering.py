"""The numbers of a page's figures and tables, and the notes that stand on it once."""

from dataclasses import dataclass, field

#: Notes that hold for every table: on a page they stand once, not under each.
COMMON = ("percent", "intervals", "counts", "hidden", "none", "indicative", "multiple")


@dataclass
class Numbers:
    """Counts up while a page is drawn in its order. ``tables``: the ids of the released tables behind each number."""

    figures: int = 0
    tables: list[tuple[str, ...]] = field(default_factory=list)
    notes: dict[str, str] = field(default_factory=dict)  # name of a common note that some table needs → its words

    def figure(self) -> int:
        self.figures += 1
        return self.figures

    def table(self, *ids: str) -> int:
        self.tables.append(ids)
        return len(self.tables)
