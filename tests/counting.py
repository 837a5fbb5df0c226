"""Numbers that begin anew with every test: what is made with them is the same whichever tests ran before."""

import os
from collections.abc import Iterator


class Numbers(Iterator[int]):
    def __init__(self) -> None:
        self._test, self._last = "", 0

    def __next__(self) -> int:
        test = os.environ.get("PYTEST_CURRENT_TEST", "").rpartition(" ")[0]
        if test != self._test:
            self._test, self._last = test, 0
        self._last += 1
        return self._last
