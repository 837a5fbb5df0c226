"""No drawers, no plots: files are named for a noun or a deed, and nothing happens behind a reader's back."""

import ast

from tests.architecture import house

DRAWERS = {"utils", "util", "helpers", "helper", "common", "misc", "services", "core"}
HIDDEN_PLOTS = {"post_save", "pre_save", "post_delete", "pre_delete", "m2m_changed", "GenericForeignKey"}


def test_no_file_or_folder_is_a_drawer():
    files = [file.relative_to(house.ROOT) for file in [*house.python_files(), *house.templates()]]
    assert [str(file) for file in files if DRAWERS & {part.split(".")[0] for part in file.parts}] == []


def test_no_model_signals_of_our_own_and_no_generic_foreign_keys():
    hidden = [
        f"{house.shown(file)} uses {name}"
        for file in house.product_files()
        for name in names_in(file) & HIDDEN_PLOTS
    ]
    assert hidden == []


def test_each_package_of_tests_can_be_told_from_the_others():
    without = [folder for folder in house.PACKAGE.rglob("tests") if not (folder / "__init__.py").exists()]
    assert without == []


def test_nothing_third_party_is_pasted_into_the_tree():
    assert [house.shown(file) for file in house.PACKAGE.rglob("*.min.*")] == []


def names_in(file):
    nodes = list(ast.walk(ast.parse(file.read_text(encoding="utf-8"))))
    return {node.id for node in nodes if isinstance(node, ast.Name)} | {
        node.attr for node in nodes if isinstance(node, ast.Attribute)
    }
