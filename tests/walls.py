"""What stands before and after the wall in a notebook: shared by the tests of the house and of the notebooks."""

import ast
import builtins
import re

#: The cell that seals: numbers made of rows, or for a page without rows what was published before.
WALL = re.compile(r"\bprotect\(\[|\barchive\.(?:without_rows|gather|compare)\(")
_OWN = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp


def wall(sources: list[str]) -> int:
    """The place of the one cell that seals."""
    (place,) = (i for i, source in enumerate(sources) if WALL.search(source))
    return place


def named(node: ast.AST, how: type[ast.expr_context], own: frozenset[str] = frozenset()) -> set[str]:
    """Names that are read (``ast.Load``) or bound (``ast.Store``); a comprehension's own variable ends with it."""
    if isinstance(node, ast.Name):
        return {node.id} - own if isinstance(node.ctx, how) else set()
    children = list(ast.iter_child_nodes(node))
    if not isinstance(node, _OWN):
        return set().union(*(named(child, how, own) for child in children))
    first = node.generators[0].iter  # is read outside
    inner = own | {name for one in node.generators for name in named(one.target, ast.Store)}
    parts = [*(child for child in children if not isinstance(child, ast.comprehension)), *_parts(node)]
    return named(first, how, own).union(*(named(part, how, inner) for part in parts if part is not first))


def _parts(node: ast.AST) -> list[ast.AST]:
    return [part for one in node.generators for part in ast.iter_child_nodes(one)]


def bound(tree: ast.Module) -> set[str]:
    return named(tree, ast.Store)


def imported(trees: list[ast.Module]) -> set[str]:
    """Names of modules and of capitalised classes; a function such as ``codebook`` holds no rows either."""
    nodes = [node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    return {alias.asname or alias.name.split(".")[0] for node in nodes for alias in node.names}


def peeking(sources: list[str]) -> set[str]:
    """Names used after the cell that seals that were bound before it, but for modules, parameters, the policy and what
    was released. The parameters are the first cell."""
    trees = [ast.parse(text) for text in sources]
    at = wall(sources)
    allowed = {"policy", "released"} | bound(trees[0]) | imported(trees[: at + 1])
    before = set().union(*(bound(tree) for tree in trees[: at + 1])) - allowed
    own: set[str] = set()
    used: set[str] = set()
    for tree in trees[at + 1 :]:
        used |= named(tree, ast.Load) - own
        own |= bound(tree)
    return used & before | (used - own - allowed - before - set(dir(builtins)))
