"""Hand down to every node of a graph what reaches it, in time linear in the graph even when it has circles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from attrs import define, field


@define(eq=False)
class Node:
    """Something that leads to others of its kind.

    Attributes:
        origins: Where it is reached from, one bit each.
        inner: The nodes it leads to.
    """

    origins: int = field(default=0, kw_only=True)
    inner: list[Node] = field(factory=list["Node"], kw_only=True)


def hand_down(nodes: Iterable[Node]) -> None:
    """Add to the origins of every node those of all nodes that lead to it."""
    # Nodes on a circle reach one another, so they share their origins; circles come in order, the innermost first.
    for circle in reversed(list(_circles(nodes))):
        origins = 0
        for node in circle:
            origins |= node.origins
        for node in circle:
            node.origins = origins
            for inner in node.inner:
                inner.origins |= origins


def _circles(nodes: Iterable[Node]) -> Iterator[list[Node]]:
    """Yield the strongly connected components, each after those it leads to (Tarjan's algorithm, without recursion)."""
    found: dict[Node, int] = {}
    lowest: dict[Node, int] = {}
    done: set[Node] = set()
    open_nodes: list[Node] = []
    for start in nodes:
        path: list[tuple[Node, Iterator[Node]]] = []
        if start not in found:
            path.append((start, iter(start.inner)))
        while path:
            node, rest = path[-1]
            if node not in found:
                found[node] = lowest[node] = len(found)
                open_nodes.append(node)
            following = next(rest, None)
            if following is None:
                path.pop()
                if path:
                    outer = path[-1][0]
                    lowest[outer] = min(lowest[outer], lowest[node])
                if lowest[node] == found[node]:
                    circle = [open_nodes.pop()]
                    while circle[-1] is not node:
                        circle.append(open_nodes.pop())
                    done.update(circle)
                    yield circle
            elif following not in found:
                path.append((following, iter(following.inner)))
            elif following not in done:
                lowest[node] = min(lowest[node], found[following])
