"""`make run`: prepare the data, then serve the shop and its worker until Ctrl-C.

Takes no argument; settings come from the environment (docs/configuration.md).
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import config  # noqa: E402 - found through the line above

READY_SECONDS = 60
STOP_SECONDS = 15
_STOPS = (signal.SIGINT, signal.SIGTERM)


def main() -> int:
    """Prepare, start, watch. The exit code is 0 after Ctrl-C and 1 when something failed."""
    os.chdir(ROOT)
    try:
        settings = config.from_environment(os.environ)
    except config.ConfigError as problem:
        return _say(f"Assay did not start: {problem}")
    if not _is_free(settings.port):
        return _say(
            f"Assay did not start: port {settings.port} is in use. Stop what uses it, "
            f"or choose another: ASSAY_PORT={settings.port + 1} make run"
        )
    python = sys.executable
    prepared = subprocess.run([python, "-m", "flask", "--app", "wsgi", "prepare"], check=False)
    if prepared.returncode:
        return prepared.returncode
    return _watch(
        {
            "web": subprocess.Popen(_web(python, settings.port)),
            "worker": subprocess.Popen([python, "-m", "flask", "--app", "wsgi", "worker"]),
        },
        settings,
    )


def _web(python: str, port: int) -> list[str]:
    workers = str(os.cpu_count() or 1)
    return [
        python, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
        "--workers", workers, "--blocking-threads", "2", "--workers-kill-timeout", "5",
        "--log-level", "warning", "--respawn-failed-workers", "wsgi:app",
    ]  # fmt: skip


def _watch(processes: dict[str, subprocess.Popen[bytes]], settings: config.Config) -> int:
    def stop(_signal: int, _frame: FrameType | None) -> None:
        for each in _STOPS:  # told twice, it stops once, and leaves nothing running
            signal.signal(each, signal.SIG_IGN)
        raise KeyboardInterrupt

    for each in _STOPS:
        signal.signal(each, stop)
    try:
        if _wait_until_ready(settings.port, processes):
            _announce(settings)
        while all(process.poll() is None for process in processes.values()):
            time.sleep(0.2)
        ended = next(name for name, process in processes.items() if process.poll() is not None)
        return _say(f"The {ended} process ended; stopping.")
    except KeyboardInterrupt:
        return 0
    finally:
        _stop(processes)


def _wait_until_ready(port: int, processes: dict[str, subprocess.Popen[bytes]]) -> bool:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        if any(process.poll() is not None for process in processes.values()):
            return False
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=2) as answer:
                if answer.status == 200:  # noqa: PLR2004
                    return True
        except OSError:
            time.sleep(0.05)
    return False


def _announce(settings: config.Config) -> None:
    print(f"\n  Assay is open:  {settings.public_url}/", flush=True)
    account = settings.data_dir / "staff-account"
    if account.is_file():
        email, password = account.read_text().split("\n")[:2]
        print(f"  Staff:          {settings.public_url}/staff   {email}   {password}")
    print("  Stop:           Ctrl-C\n", flush=True)


def _stop(processes: dict[str, subprocess.Popen[bytes]]) -> None:
    for process in processes.values():
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes.values():
        try:
            process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _say(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())
