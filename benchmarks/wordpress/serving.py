"""A throw-away WordPress of Debian's package, behind nginx with PHP-FPM and MariaDB: one article and its thread."""

import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from tests import homes
from tests.fronts import fronts

PACKAGES = (
    "wordpress",
    "wordpress-theme-twentytwentythree",
    "php-fpm",
    "php-mysql",
    "php-gd",
    "mariadb-server",
)
SOURCE = Path("/usr/share/wordpress")
HERE = Path(__file__).parent

CONFIG = """<?php
define('DB_NAME', 'wordpress');
define('DB_USER', '{user}');
define('DB_PASSWORD', '');
define('DB_HOST', 'localhost:{socket}');
define('DB_CHARSET', 'utf8mb4');
define('DB_COLLATE', '');
define('DISABLE_WP_CRON', true);
define('WP_HTTP_BLOCK_EXTERNAL', true);
define('WP_CONTENT_DIR', __DIR__ . '/wp-content');
define('WP_HOME', 'http://127.0.0.1:{port}');
define('WP_SITEURL', 'http://127.0.0.1:{port}');
$table_prefix = 'wp_';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
"""
POOL = """[global]
daemonize = no
error_log = {place}/php.log
[www]
{user}
listen = {place}/php.sock
listen.mode = 0666
pm = static
pm.max_children = 2
"""
SITE = """
server {{
    listen 127.0.0.1:{port};
    root {place}/site;
    index index.php;
    gzip on;
    gzip_types text/css application/javascript text/javascript image/svg+xml application/json;
    location / {{ try_files $uri $uri/ /index.php?$args; }}
    location ~ \\.php$ {{
        include /etc/nginx/fastcgi.conf;
        fastcgi_pass unix:{place}/php.sock;
    }}
}}
"""


class NotInstalled(Exception):
    """The machine has no WordPress, and installing it did not work."""


@contextmanager
def served(article: dict[str, Any]) -> Iterator[str]:
    """The address of the article while the block runs."""
    install()
    with ExitStack() as stack:
        place = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="wordpress-")))
        place.chmod(0o755)
        port = homes.free_port()
        stack.enter_context(database(place))
        shutil.copytree(SOURCE, place / "site", ignore_dangling_symlinks=True)
        user = subprocess.run(["id", "-un"], capture_output=True, text=True, check=True).stdout.strip()
        config = CONFIG.format(user=user, socket=place / "db.sock", port=port)
        (place / "site" / "wp-config.php").unlink()
        (place / "site" / "wp-config.php").write_text(config)
        path = fill(place, article, port)
        pool = POOL.format(place=place, user="user = root\ngroup = root" if os.geteuid() == 0 else "")
        (place / "php.conf").write_text(pool)
        command = [
            php_fpm(),
            "--nodaemonize",
            "--allow-to-run-as-root",
            "--fpm-config",
            str(place / "php.conf"),
        ]
        stack.enter_context(fronts.running(command, dict(os.environ), place / "php.sock", place / "php.out"))
        stack.enter_context(fronts.nginx_of(SITE.format(place=place, port=port), port))
        yield f"http://127.0.0.1:{port}{path}"


def install() -> None:
    if not SOURCE.is_dir():
        script = Path(__file__).parents[2] / "script" / "apt-install"
        if subprocess.run([script, *PACKAGES], check=False).returncode or not SOURCE.is_dir():
            raise NotInstalled("WordPress is not installed; on Debian, as root, it would have been.")


@contextmanager
def database(place: Path) -> Iterator[None]:
    data, socket = place / "db", place / "db.sock"
    user = ["--user=root"] if os.geteuid() == 0 else []
    made = ["mariadb-install-db", f"--datadir={data}", "--auth-root-authentication-method=normal", *user]
    subprocess.run(
        [*made, "--skip-test-db"], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    command = [
        fronts.found("mariadbd"),
        "--no-defaults",
        f"--datadir={data}",
        f"--socket={socket}",
        "--skip-networking",
    ]
    with fronts.running([*command, *user], dict(os.environ), socket, place / "db.log"):
        subprocess.run(
            [
                "mariadb",
                f"--socket={socket}",
                *[f"-u{name[7:]}" for name in user],
                "-e",
                "CREATE DATABASE wordpress",
            ],
            check=True,
        )
        yield


def fill(place: Path, article: dict[str, Any], port: int) -> str:
    (place / "article.json").write_text(json.dumps(article))
    done = subprocess.run(
        ["php", str(HERE / "fill.php"), str(place / "article.json")],
        cwd=place / "site",
        env={**os.environ, "SITE_HOST": f"127.0.0.1:{port}"},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"WordPress could not be filled:\n{done.stdout}{done.stderr}")
    return done.stdout.splitlines()[-1]


def php_fpm() -> str:
    found = sorted(Path("/usr/sbin").glob("php-fpm*"))
    if not found:
        raise NotInstalled("PHP-FPM is not installed.")
    return str(found[-1])
