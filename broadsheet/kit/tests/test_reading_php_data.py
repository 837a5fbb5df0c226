from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.kit.php import unserialize


def serialized(value):
    """As PHP writes it; str lengths count bytes."""
    match value:
        case None:
            return b"N;"
        case bool():
            return b"b:%d;" % value
        case int():
            return b"i:%d;" % value
        case float():
            return b"d:%s;" % repr(value).encode()
        case str():
            return b's:%d:"%s";' % (len(value.encode()), value.encode())
        case dict():
            items = b"".join(serialized(key) + serialized(item) for key, item in value.items())
            return b"a:%d:{%s}" % (len(value), items)


values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda children: st.dictionaries(st.integers(-(2**31), 2**31) | st.text(), children),
    max_leaves=20,
)


@given(values)
def test_data_comes_back_as_it_was_written(value):
    assert unserialize(serialized(value)) == value


def test_votes_and_attachments_as_wordpress_stores_them():
    assert unserialize('a:2:{s:4:"like";i:3;s:7:"dislike";i:1;}') == {"like": 3, "dislike": 1}
    assert unserialize('a:1:{s:6:"images";a:2:{i:0;i:7;i:1;s:1:"8";}}') == {"images": {0: 7, 1: "8"}}


def test_lengths_are_bytes_and_quotes_need_no_escape():
    assert unserialize('s:7:"é"; «";') == 'é"; «'


def test_endless_numbers_are_floats():
    assert unserialize("a:2:{i:0;d:INF;i:1;d:-INF;}") == {0: float("inf"), 1: float("-inf")}


@pytest.mark.parametrize(
    "data",
    [
        'O:8:"stdClass":0:{}',
        'C:3:"Foo":0:{}',
        "a:1:{i:0;r:1;}",
        "a:2:{i:0;i:1;i:1;R:2;}",
        'E:3:"A:B";',
        "",
        "i:1",
        "i:;",
        "i:1_000;",
        "i:" + "9" * 5000 + ";",
        "b:2;",
        "d:x;",
        's:5:"abc";',
        's:2:"abc";',
        's:-1:"";',
        "a:1:{}",
        "a:1:{i:0;i:1;",
        "a:1:{N;i:1;}",
        "a:1:{b:1;i:1;}",
        "a:1:{a:0:{}i:1;}",
        "i:1;i:2;",
        "a:1:{i:0;" * 100_000,
        "a:1:{i:0;" * 40 + "N;" + "}" * 40,
        's:2000000:"' + "x" * 2_000_000 + '";',
    ],
    ids=lambda data: data[:24],
)
def test_everything_else_is_refused(data):
    with pytest.raises(ValueError, match=r"serialised"):
        unserialize(data)


@given(st.binary() | st.text('aibdsNOR:;{}"0123456789', max_size=60).map(str.encode))
def test_rubbish_is_refused_and_nothing_worse(data):
    with suppress(ValueError):
        unserialize(data)
