"""Every option stands in docs/reference/options.md, with the sentence the code has for it."""

from broadsheet.wiring.options import OPTIONS, Option
from tests.architecture import house

PAGE = house.ROOT / "docs" / "reference" / "options.md"


def row(option: Option) -> str:
    return f"| `{option.name}` | `{option.variable}` | {as_toml(option.default)} | {option.sentence} |"


def as_toml(value: object) -> str:
    if isinstance(value, bool):
        return f"`{str(value).lower()}`"
    if isinstance(value, list):
        return "`[" + ", ".join(f'"{item}"' for item in value) + "]`"
    return f'`"{value}"`' if isinstance(value, str) else f"`{value}`"


def test_the_page_of_options_says_what_the_table_of_options_says():
    written = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    wanted = [row(option) for option in OPTIONS]
    assert written == wanted, f"Replace the rows of {house.shown(PAGE)} by:\n" + "\n".join(wanted)


def test_every_option_has_a_name_of_its_own_and_a_whole_sentence():
    assert len({option.name for option in OPTIONS}) == len(OPTIONS)
    assert [option.name for option in OPTIONS if not option.sentence.endswith(".")] == []
