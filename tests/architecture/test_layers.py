"""Direction inside the house, where import-linter cannot see: model relations, and deeds that know their views."""

import ast
from pathlib import Path

import pytest
from django.apps import apps as registry
from django.db.models import Field
from django.db.models.fields.related import RelatedField

from tests.architecture import house

FACES = {"views", "urls", "forms", "newsroom", "wagtail_hooks"}


def relations() -> list[tuple[str, str, str]]:
    """Each relation between two of our own apps: the app it stands in, its name, the app it points at."""
    found = []
    for model in registry.get_models(include_auto_created=True):
        for field in model._meta.get_fields(include_hidden=True):
            if isinstance(field, Field) and isinstance(field, RelatedField):
                found.append(
                    (app_of(model), f"{model._meta.label}.{field.name}", app_of(field.related_model))
                )
    return [(app, name, other) for app, name, other in found if app and other]


def app_of(model: type) -> str:
    parts = model.__module__.split(".")
    return parts[1] if parts[0] == "broadsheet" else ""


def test_every_app_of_the_package_has_its_place_in_the_layer_list():
    assert sorted(app for line in house.layers() for app in line) == house.apps()


def test_no_model_points_at_an_app_above_or_beside_its_own():
    wrong = [f"{name} points at {other}" for app, name, other in relations() if not house.may_see(app, other)]
    assert wrong == []


def test_the_relations_are_really_seen():
    assert ("discussion", "discussion.Thread.article", "articles") in relations()


def test_a_relation_upwards_or_sideways_would_be_noticed():
    assert house.may_see("discussion", "articles")
    assert not house.may_see("articles", "discussion")
    assert not house.may_see("press", "transfer")


@pytest.mark.parametrize("app", house.apps())
def test_deeds_and_models_know_nothing_of_the_views_and_forms_above_them(app):
    wrong = []
    for file in house.product_files():
        place = file.relative_to(house.PACKAGE).parts
        if place[0] == app and app != "wiring" and not FACES & {part.removesuffix(".py") for part in place}:
            wrong += [f"{house.shown(file)} imports {name}" for name in imports(file) if faces_of(app, name)]
    assert wrong == []


def imports(file: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        if isinstance(node, ast.ImportFrom) and node.module:
            found += [f"{node.module}.{alias.name}" for alias in node.names]
    return found


def faces_of(app: str, name: str) -> bool:
    parts = name.split(".")
    return parts[:2] == ["broadsheet", app] and len(parts) > 2 and parts[2] in FACES
