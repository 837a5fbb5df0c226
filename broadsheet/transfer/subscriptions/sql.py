"""Rows of two tables in an SQL dump, as `mysqldump` and phpMyAdmin write one. It reads piece by piece, so that neither
a dump of gigabytes nor one hostile value takes memory."""

import re
from collections.abc import Iterator
from typing import IO

PIECE = 64 * 1024
LONGEST_VALUE = 1_000
"""Characters of a value that are kept: none that is asked for is longer."""
MOST_VALUES = 50
"""Values of a row that are kept, and columns of a table."""
_WORD = re.compile(r"[^\s'\"`(),;]+")
_PLAIN = {quote: re.compile(rf"[^{quote}\\]+") for quote in "'\"`"}
_ESCAPED = {"n": "\n", "r": "\r", "t": "\t", "0": "\0", "Z": "\x1a"}

Row = dict[str, str]


class Tokens:
    """What an SQL file is made of: words, quoted values (kind `'`), names (kind `` ` ``) and signs."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._text, self._at = "", 0

    def __iter__(self) -> Iterator[tuple[str, str]]:
        while (sign := self._peek()) != "":
            if sign.isspace():
                self._at += 1
            elif sign in "'\"`":
                self._at += 1
                yield ("`" if sign == "`" else "'"), self._quoted(sign)
            elif self._comment():
                continue
            elif sign in "(),;":
                self._at += 1
                yield sign, sign
            else:
                yield "word", self._word()

    def _peek(self, ahead: int = 0) -> str:
        """The sign that stands so far ahead; empty at the end of the file."""
        if self._at + ahead >= len(self._text):
            self._text = self._text[self._at :] + self._file.read(PIECE)
            self._at = 0
        return self._text[self._at + ahead : self._at + ahead + 1]

    def _quoted(self, quote: str) -> str:
        kept: list[str] = []
        room = LONGEST_VALUE
        while (sign := self._peek()) != "":
            if sign == "\\" and quote != "`":
                said = self._peek(1)
                piece, step = _ESCAPED.get(said, said), 2
            elif sign == quote:
                if self._peek(1) != quote:
                    self._at += 1
                    break
                piece, step = quote, 2
            else:
                found = _PLAIN[quote].match(self._text, self._at)
                piece = found[0] if found else sign
                step = len(piece)
            if room > 0:
                kept.append(piece[:room])
                room -= len(kept[-1])
            self._at += step
        return "".join(kept)

    def _comment(self) -> bool:
        two = self._peek() + self._peek(1)
        if two[0] == "#" or (two == "--" and self._peek(2).isspace()):
            self._skip_to("\n")
        elif two == "/*":
            self._at += 2
            self._skip_to("*/")
        else:
            return False
        return True

    def _skip_to(self, end: str) -> None:
        while True:
            found = self._text.find(end, self._at)
            if found >= 0:
                self._at = found + len(end)
                return
            self._at = max(self._at, len(self._text) - len(end) + 1)
            before = len(self._text) - self._at
            self._text = self._text[self._at :] + self._file.read(PIECE)
            self._at = 0
            if len(self._text) == before:
                self._at = before
                return

    def _word(self) -> str:
        kept, room = "", LONGEST_VALUE
        while self._peek() != "" and (found := _WORD.match(self._text, self._at)):
            kept += found[0][:room]
            room = LONGEST_VALUE - len(kept)
            self._at = found.end()
            if self._at < len(self._text):
                break
        return kept


def rows(file: IO[str], tables: dict[str, tuple[str, ...]]) -> Iterator[tuple[str, Row]]:
    """Every row that the dump inserts into a table whose name ends in one of `tables`; these name the columns that such
    a table has where neither the statement nor the dump says so."""
    columns = dict(tables)
    tokens = iter(Tokens(file))
    for kind, word in tokens:
        if kind != "word":
            continue
        if word.upper() == "CREATE":
            _learn(tokens, tables, columns)
        elif word.upper() in ("INSERT", "REPLACE"):
            yield from _inserted(tokens, tables, columns)
        else:
            _skip(tokens)


def _skip(tokens: Iterator[tuple[str, str]]) -> None:
    for kind, _ in tokens:
        if kind == ";":
            return


def _table(name: str, tables: dict[str, tuple[str, ...]]) -> str:
    return next((table for table in tables if name.rpartition(".")[2].endswith(table)), "")


def _learn(
    tokens: Iterator[tuple[str, str]], tables: dict[str, tuple[str, ...]], columns: dict[str, tuple[str, ...]]
) -> None:
    """The columns of a table in the order of its rows: names that begin a part of its definition."""
    table, depth, names, begins = "", 0, list[str](), False
    for kind, word in tokens:
        if kind == ";":
            break
        if kind == "`" and depth == 0:
            table = table or _table(word, tables)
        elif kind == "`" and depth == 1 and begins and len(names) < MOST_VALUES:
            names.append(word)
        depth += (kind == "(") - (kind == ")")
        begins = depth == 1 and kind in "(,"
    if table and names:
        columns[table] = tuple(names)


def _inserted(
    tokens: Iterator[tuple[str, str]], tables: dict[str, tuple[str, ...]], columns: dict[str, tuple[str, ...]]
) -> Iterator[tuple[str, Row]]:
    table, named, values, in_values, depth = "", list[str](), list[str](), False, 0
    for kind, word in tokens:
        if kind == ";":
            return
        if kind == "word" and word.upper() in ("VALUES", "VALUE") and not depth:
            in_values = True
        elif kind in "()":
            depth += 1 if kind == "(" else -1
            if kind == ")" and in_values and table and depth == 0:
                yield table, dict(zip(named or columns[table], values, strict=False))
            values = [] if depth else values
        elif not depth and kind in ("`", "word") and not in_values:
            table = table or _table(word, tables)
            if table == "" and kind == "`":
                _skip(tokens)
                return
        elif depth and kind != ",":
            kept = values if in_values else named
            if len(kept) < MOST_VALUES:
                kept.append("" if kind == "word" and word.upper() == "NULL" else word)
