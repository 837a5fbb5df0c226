"""How much there is to read: words, and minutes."""

import math
import re

_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")
"""Written without spaces, or nearly: each sign counts."""
WORDS_A_MINUTE = 238
"""Silent reading of English non-fiction: Brysbaert, How many words do we read per minute?, 2019."""
SIGNS_A_MINUTE = 500
_WORD = re.compile(r"\w[\w'’.-]*")


def count(text: str) -> int:
    """Words, and signs of scripts that do not part words."""
    return len(_EAST_ASIAN.findall(text)) + len(_WORD.findall(_EAST_ASIAN.sub(" ", text)))


def minutes(text: str) -> int:
    """Whole minutes that reading takes, at least one."""
    signs = len(_EAST_ASIAN.findall(text))
    words = len(_WORD.findall(_EAST_ASIAN.sub(" ", text)))
    return max(1, math.ceil(words / WORDS_A_MINUTE + signs / SIGNS_A_MINUTE))
