"""The one error of reading an export: what is wrong, where, and what to do about it."""


class ExportUnreadable(ValueError):
    """Its text is a whole sentence for a person; `line` and `column` count from 1, 0 where there is no place."""

    def __init__(self, what: str, *, line: int = 0, column: int = 0, mend: str = "") -> None:
        place = f"line {line}, column {column}: " if line else ""
        super().__init__(f"{place}{what}{' ' + mend if mend else ''}")
        self.what = what
        self.line = line
        self.column = column
        self.mend = mend
