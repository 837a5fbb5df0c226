"""Bring the databases and the static files to what this version of Broadsheet needs; quick where nothing changed."""

from django.core.management import call_command
from django.db import connections
from django.db.migrations.executor import MigrationExecutor


def upgrade_databases() -> int:
    """Run the migrations that are missing; how many there were."""
    count = 0
    for alias in connections:
        missing = missing_migrations(alias)
        if missing:
            app = ["limits"] if alias == "limits" else []
            # Django's checks are for whoever changes the code: CI runs them.
            call_command("migrate", *app, database=alias, verbosity=0, interactive=False, skip_checks=True)
        count += missing
    return count


def missing_migrations(alias: str) -> int:
    """How many migrations a database lacks; `limits` has one app only."""
    executor = MigrationExecutor(connections[alias])
    leaves = executor.loader.graph.leaf_nodes()
    if alias == "limits":
        leaves = [leaf for leaf in leaves if leaf[0] == "limits"]
    return len(executor.migration_plan(leaves))


def collect_static_files() -> None:
    """Put the newsroom's and the public pages' static files where they are served from."""
    call_command("collectstatic", verbosity=0, interactive=False, skip_checks=True)
