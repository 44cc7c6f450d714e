from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from congtam.config.embedded_postgres import THROW_AWAY, EmbeddedPostgres


def test_two_commands_on_a_new_installation_do_not_get_in_each_others_way(tmp_path: Path) -> None:
    server = EmbeddedPostgres(folder=tmp_path / "postgres", options=THROW_AWAY)
    server.start()
    environment = {**os.environ, "CONGTAM_DATA_DIR": str(tmp_path), "DATABASE_URL": ""}
    command = [sys.executable, "-m", "congtam", "verify"]
    both = [
        subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        for _ in range(2)
    ]
    said = [process.communicate(timeout=120)[0] for process in both]
    server.release()
    assert [process.returncode for process in both] == [0, 0], said
