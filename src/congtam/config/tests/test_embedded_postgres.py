from __future__ import annotations

import os
from pathlib import Path

import psycopg
import pytest

from congtam.config.embedded_postgres import THROW_AWAY, EmbeddedPostgres, EmbeddedPostgresFailed


def server_in(folder: Path) -> EmbeddedPostgres:
    return EmbeddedPostgres(folder=folder, options=THROW_AWAY)


def test_the_last_user_stops_the_server_and_the_data_stay(tmp_path: Path) -> None:
    first, second = server_in(tmp_path), server_in(tmp_path)
    url = first.start()
    assert second.start() == url
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept (word text)")
    first.release()
    assert second.is_running(), "another process still uses it"
    second.release()
    assert not second.is_running()

    again = server_in(tmp_path)
    with psycopg.connect(again.start()) as connection:
        assert connection.execute("SELECT count(*) FROM kept").fetchone() == (0,)
    again.release()


def test_no_owner_and_no_permission_of_the_folders_above_is_changed(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    server = server_in(closed / "a folder with a space")
    server.start()
    server.release()
    state = closed.stat()
    assert (state.st_mode & 0o777, state.st_uid) == (0o700, os.geteuid())


def test_a_server_that_cannot_start_says_what_its_log_says(tmp_path: Path) -> None:
    server = EmbeddedPostgres(folder=tmp_path, options=("shared_buffers=nonsense",))
    with pytest.raises(EmbeddedPostgresFailed, match="shared_buffers"):
        server.start()


def test_half_a_cluster_is_made_anew_and_any_folder_name_will_do(tmp_path: Path) -> None:
    folder = tmp_path / "có dấu cách và 'nháy' & %41"
    (folder / "cluster.new").mkdir(parents=True)
    (folder / "cluster.new" / "PG_VERSION").write_text("18")
    server = EmbeddedPostgres(folder=folder, options=THROW_AWAY)
    with psycopg.connect(server.start()) as connection:
        assert connection.execute("SELECT 1").fetchone() == (1,)
    server.release()


def test_files_where_the_cluster_should_be_are_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "cluster").mkdir()
    (tmp_path / "cluster" / "mine").touch()
    with pytest.raises(EmbeddedPostgresFailed, match="no database"):
        EmbeddedPostgres(folder=tmp_path, options=THROW_AWAY).start()
    assert (tmp_path / "cluster" / "mine").exists()
