"""A long thread made to measure, the same every time, from the phrases in `content/chatter.toml`.

Nobody would write a thousand comments by hand, and a thread of a thousand is where paging, depth and
calm have to be seen. Roots report what stood outside a window; replies keep to what their root was about.
"""

import random
import re
import tomllib
from collections import Counter
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from broadsheet.transfer.sample.threads import SampleComment, in_order_of_time

DEEPEST = 12
_LAST_MINUTE = 8 * 24 * 60  # the count stays lively for eight days
_QUIET = 0.4  # the part of the roots that nobody answers
_CAST = 200  # people
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass
class _Node:
    """A comment being made, with what its children need to know of it."""

    number: int
    parent: "_Node | None"
    author: str
    minutes: int
    topic: str
    text: str
    quotable: str
    used: set[str]  # phrases that this conversation has had
    next_lines: list[str] = field(default_factory=list)  # the rest of an exchange, for whoever answers

    @property
    def depth(self) -> int:
        return self.parent.depth + 1 if self.parent else 0


def make_thread(count: int, seed: int) -> list[SampleComment]:
    """A thread of `count` comments, always the same for the same seed."""
    writer = _Writer(random.Random(seed))  # noqa: S311 - wanted: the same every time
    while len(writer.nodes) < count:
        writer.add_conversation(room=count - len(writer.nodes))
    return in_order_of_time([_finished(node) for node in writer.nodes])


def _finished(node: _Node) -> SampleComment:
    parent = node.parent.number if node.parent else None
    return SampleComment(node.number, parent, node.author, node.minutes, node.text)


class _Writer:
    """Writes one thread; remembers its texts, so that nobody says the same thing twice."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.phrases = _phrases()
        self.cast = _cast(rng, self.phrases["names"])
        self.nodes: list[_Node] = []
        self.texts: set[str] = set()
        self.spent: Counter[str] = Counter()

    def add_conversation(self, room: int) -> None:
        """A root and what follows from it, at most `room` comments."""
        tree = [self._root()]
        lively = not self._sometimes(_QUIET)
        replies = min(int(self.rng.paretovariate(1.25)), 45) if lively else 0
        for _ in range(min(replies, room - 1)):
            tree.append(self._reply(self._answered(tree)))

    def _root(self) -> _Node:
        topic = self.rng.choice(list(self.phrases["topics"]))
        minutes = min(3 + int(self.rng.expovariate(1 / 900)), _LAST_MINUTE)
        return self._add(None, self.rng.choice(self.cast), minutes, topic)

    def _answered(self, tree: list[_Node]) -> _Node:
        """Which comment the next one answers: mostly the newest, as people do."""
        newest = tree[-1]
        stays = self._sometimes(0.85 if newest.next_lines else 0.55)
        parent = newest if stays else self.rng.choice(tree)
        return parent if parent.depth < DEEPEST else tree[0]

    def _reply(self, parent: _Node) -> _Node:
        minutes = parent.minutes + 2 + int(self.rng.expovariate(1 / 75))
        before = parent.parent
        if before and parent.next_lines and self._sometimes(0.9):
            return self._next_line(parent, before.author, minutes)
        author = self.rng.choice([name for name in self.cast if name != parent.author])
        if before and self._sometimes(0.7):
            parent.next_lines = self._unheard_exchange(parent.used)
            return self._next_line(parent, author, minutes)
        return self._add(parent, author, minutes, parent.topic)

    def _unheard_exchange(self, used: set[str]) -> list[str]:
        """The lines of an exchange; a street that it names is the same one throughout."""
        exchanges: list[list[str]] = self.phrases["exchanges"]
        first = self._phrase([lines[0] for lines in exchanges], used)
        lines = next(lines for lines in exchanges if lines[0] == first)
        facts = {slot: self.rng.choice(values) for slot, values in self.phrases["slots"].items()}
        return [_capital(_SLOT.sub(lambda slot: facts[slot[1]], line)) for line in lines]

    def _next_line(self, parent: _Node, author: str, minutes: int) -> _Node:
        text, *rest = parent.next_lines
        parent.next_lines = []
        node = _Node(
            len(self.nodes) + 1, parent, author, minutes, parent.topic, text, text, parent.used, rest
        )
        self.nodes.append(node)
        return node

    def _add(self, parent: _Node | None, author: str, minutes: int, topic: str) -> _Node:
        used = parent.used if parent else set()
        text, quotable = self._new_text(parent, topic, used)
        node = _Node(len(self.nodes) + 1, parent, author, minutes, topic, text, quotable, used)
        self.nodes.append(node)
        return node

    def _new_text(self, parent: _Node | None, topic: str, used: set[str]) -> tuple[str, str]:
        text = ""
        while not text or text in self.texts:
            text, quotable = self._reply_text(parent, used) if parent else self._root_text(topic, used)
        self.texts.add(text)
        return text, quotable

    def _root_text(self, topic: str, used: set[str]) -> tuple[str, str]:
        others = [name for name in self.phrases["topics"] if name != topic]
        topics = [topic, *self.rng.sample(others, self.rng.choice((0, 0, 1, 1, 2, 2, 3, 4, 5)))]
        seen = [self._said(self.phrases["topics"][name]["seen"], used) for name in topics]
        place = [self._said(self.phrases["places"], used)]
        closing = [self._said(self.phrases["closings"], used)] if self._sometimes(0.4) else []
        if self._sometimes(0.12):
            closing.append(self._said(self.phrases["memories"], used))
        if len(seen) >= 3 and self._sometimes(0.3):
            listed = "\n".join(f"- {line}" for line in seen)
            return "\n\n".join([*place, listed, *closing]), seen[0]
        return " ".join(place + seen + closing), seen[0]

    def _reply_text(self, parent: _Node, used: set[str]) -> tuple[str, str]:
        said = self._said(self.phrases["topics"][parent.topic]["said"], used)
        parts = [said]
        if self._sometimes(0.35):
            parts.insert(0, self._said(self.phrases["openers"], used))
        if self._sometimes(0.45):
            parts.append(self._said(self.phrases["tails"], used))
        if self._sometimes(0.08):
            parts.append(self._said(self.phrases["memories"], used))
        quoted = f"> {parent.quotable}\n\n" if self._sometimes(0.06) else ""
        return quoted + " ".join(parts), said

    def _sometimes(self, chance: float) -> bool:
        return self.rng.random() < chance

    def _said(self, choices: list[str], used: set[str]) -> str:
        return self._filled(self._phrase(choices, used))

    def _phrase(self, choices: list[str], used: set[str]) -> str:
        """A phrase that is new to this conversation, as long as there is one, and rare in the thread."""
        fresh = [choice for choice in choices if choice not in used] or choices
        phrase = min(self.rng.sample(fresh, min(4, len(fresh))), key=lambda choice: self.spent[choice])
        used.add(phrase)
        self.spent[phrase] += 1
        return phrase

    def _filled(self, phrase: str) -> str:
        return _capital(_SLOT.sub(lambda slot: self.rng.choice(self.phrases["slots"][slot[1]]), phrase))


def _capital(line: str) -> str:
    return line[0].upper() + line[1:]


@cache
def _phrases() -> dict[str, Any]:
    path = Path(__file__).parent / "content" / "chatter.toml"
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _cast(rng: random.Random, names: dict[str, list[str]]) -> list[str]:
    """Names as people write them: some whole, some with a letter, some only the first, some a window."""
    family = names["family"]
    people = [
        rng.choice((given, given, f"{given} {rng.choice(family)[0]}.", f"{given} {rng.choice(family)}"))
        for given in names["given"]
    ]
    namesakes = rng.sample(names["given"], _CAST - len(people) - len(names["windows"]))
    return people + [f"{given} {rng.choice(family)}" for given in namesakes] + names["windows"]
