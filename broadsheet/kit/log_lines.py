"""Lines of the log, without anybody's address: what a mail server or a database says of an error may quote it."""

import logging
import re

ADDRESS = re.compile(r"""[^\s@<>()\[\]{}"'`,;:=|/]+@[^\s@<>()\[\]{}"'`,;:=|/]+""")
INSTEAD = "…@…"


def unnamed(line: str) -> str:
    return ADDRESS.sub(INSTEAD, line)


class Unnamed(logging.Formatter):
    """Whatever is logged, by whichever library, with its traceback."""

    def format(self, record: logging.LogRecord) -> str:
        return unnamed(super().format(record))
