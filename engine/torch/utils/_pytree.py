"""Nested tuples, lists and dictionaries, taken apart into their leaves and put together again."""

from __future__ import annotations

from collections import OrderedDict, defaultdict, deque
from collections.abc import Callable
from typing import Any

__all__ = [
    "TreeSpec",
    "tree_flatten",
    "tree_leaves",
    "tree_map",
    "tree_map_",
    "tree_map_only",
    "tree_structure",
    "tree_unflatten",
    "treespec_pprint",
]


class TreeSpec:
    """The structure of a tree without its leaves: a kind of node, what it needs, its children.

    A leaf has the kind None.
    """

    __slots__ = ("type", "context", "children")

    def __init__(self, kind: type | None, context: Any, children: list[TreeSpec]) -> None:
        self.type = kind
        self.context = context
        self.children = children

    @property
    def num_leaves(self) -> int:
        """How many leaves there are."""
        return 1 if self.type is None else sum(child.num_leaves for child in self.children)

    def is_leaf(self) -> bool:
        """Is there nothing but one leaf?"""
        return self.type is None

    def __eq__(self, other: object) -> bool:
        return (
            isinstance(other, TreeSpec)
            and self.type is other.type
            and self.context == other.context
            and self.children == other.children
        )

    def __hash__(self) -> int:
        return hash((self.type, len(self.children)))

    def __repr__(self, indent: int = 0) -> str:
        if self.type is None:
            return "*"
        name = "namedtuple" if _is_namedtuple(self.type) else self.type.__name__
        inner = indent + 2
        children = [child.__repr__(inner) for child in self.children]
        return f"TreeSpec({name}, {self.context}, [{f',\n{" " * inner}'.join(children)}])"


_LEAF = TreeSpec(None, None, [])


def _is_namedtuple(kind: type) -> bool:
    return issubclass(kind, tuple) and hasattr(kind, "_fields")


def _parts(tree: Any) -> tuple[type, Any, list[Any]] | None:
    """Kind, context and children of a node; None for a leaf."""
    kind = type(tree)
    if kind in (tuple, list):
        return kind, None, list(tree)
    if kind in (dict, OrderedDict):
        return kind, list(tree), list(tree.values())
    if kind is defaultdict:
        return kind, [tree.default_factory, list(tree)], list(tree.values())
    if kind is deque:
        return kind, tree.maxlen, list(tree)
    if _is_namedtuple(kind) or kind.__module__.endswith("return_types"):
        return kind, kind, list(tree)
    return None


def _together(spec: TreeSpec, children: list[Any]) -> Any:
    kind, context = spec.type, spec.context
    if kind in (tuple, list):
        return kind(children)
    if kind in (dict, OrderedDict):
        return kind(zip(context, children))
    if kind is defaultdict:
        return defaultdict(context[0], zip(context[1], children))
    if kind is deque:
        return deque(children, context)
    return kind(*children) if _is_namedtuple(kind) else kind(children)


def tree_flatten(tree: Any, is_leaf: Callable[[Any], bool] | None = None) -> tuple[list[Any], Any]:
    """The leaves, from left to right, and the structure."""
    leaves: list[Any] = []
    return leaves, _flatten_into(tree, leaves, is_leaf)


def _flatten_into(tree: Any, leaves: list[Any], is_leaf: Callable[[Any], bool] | None) -> TreeSpec:
    parts = None if is_leaf is not None and is_leaf(tree) else _parts(tree)
    if parts is None:
        leaves.append(tree)
        return _LEAF
    kind, context, children = parts
    return TreeSpec(kind, context, [_flatten_into(one, leaves, is_leaf) for one in children])


def tree_unflatten(leaves: Any, treespec: TreeSpec) -> Any:
    """The tree of this structure with these leaves. Raises ValueError if there are not as many."""
    leaves = list(leaves)
    if len(leaves) != treespec.num_leaves:
        raise ValueError(
            f"tree_unflatten(leaves, treespec): `leaves` has length {len(leaves)} but the spec "
            f"refers to a pytree that holds {treespec.num_leaves} items ({treespec})."
        )
    return _build(treespec, iter(leaves))


def _build(spec: TreeSpec, leaves: Any) -> Any:
    if spec.type is None:
        return next(leaves)
    return _together(spec, [_build(child, leaves) for child in spec.children])


def tree_leaves(tree: Any) -> list[Any]:
    """The leaves, from left to right."""
    return tree_flatten(tree)[0]


def tree_structure(tree: Any) -> TreeSpec:
    """The structure."""
    return tree_flatten(tree)[1]


def tree_map(func: Callable[..., Any], tree: Any, *rests: Any) -> Any:
    """A tree of the same structure, every leaf replaced by `func(leaf)`.

    With further trees `func` gets the leaves at the same place of all of them.
    """
    leaves, spec = tree_flatten(tree)
    others = [tree_leaves(rest) for rest in rests]
    return tree_unflatten([func(*row) for row in zip(leaves, *others)], spec)


def tree_map_(func: Callable[..., Any], tree: Any, *rests: Any) -> Any:
    """Call `func` on every leaf, and give the tree back."""
    tree_map(func, tree, *rests)
    return tree


def tree_map_only(kind: Any, func: Callable[[Any], Any], tree: Any) -> Any:
    """`tree_map` for leaves of one type; others stay."""
    return tree_map(lambda leaf: func(leaf) if isinstance(leaf, kind) else leaf, tree)


def treespec_pprint(treespec: TreeSpec) -> str:
    """The structure as a tree of stars."""
    return repr(tree_unflatten([_Star()] * treespec.num_leaves, treespec))


class _Star:
    def __repr__(self) -> str:
        return "*"


def broadcast_to_and_flatten(tree: Any, treespec: TreeSpec) -> list[Any] | None:
    """The leaves of `tree`, each repeated for all leaves of `treespec` that stand in its place.

    None where the structures don't fit together.
    """
    parts = _parts(tree)
    if parts is None:
        return [tree] * treespec.num_leaves
    if treespec.type is not parts[0] or parts[1] != treespec.context:
        return None
    if len(parts[2]) != len(treespec.children):
        return None
    result: list[Any] = []
    for child, spec in zip(parts[2], treespec.children):
        flat = broadcast_to_and_flatten(child, spec)
        if flat is None:
            return None
        result += flat
    return result
