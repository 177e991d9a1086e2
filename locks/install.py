"""What `./cop` does when something has to be installed, and how the locks are renewed. Standard library only.

A lock is written by uv and names neither an index nor an address: it says what to install, the machine says
where from. So pip's configuration is handed to uv, which does not read it by itself.
"""

from __future__ import annotations

import ast
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time

COMPILE = (
    "pip compile --quiet --universal --python-version=3.11 --generate-hashes"
    " --no-emit-index-url --no-header --no-annotate --no-config pyproject.toml locks/tools.in"
)
PIP_INSTALL = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")

# What pip is told (by its files or by PIP_…) and the same in uv's words.
UV_WORDS = {
    "index-url": "UV_DEFAULT_INDEX",
    "extra-index-url": "UV_INDEX",
    "find-links": "UV_FIND_LINKS",
    "no-index": "UV_NO_INDEX",
    "trusted-host": "UV_INSECURE_HOST",
    "timeout": "UV_HTTP_TIMEOUT",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "cert": "SSL_CERT_FILE",
    "proxy": "ALL_PROXY",
}


def install(root: str, name: str, *, anew: bool) -> None:
    """Install lock `name` and the project (editable) in root/.venv; `anew`: in a fresh environment.

    Ends the process with one sentence when a step fails.
    """
    started = time.monotonic()
    tell("Setting up (once) …" if anew else f"Bringing the set-up to locks/{name}.txt …")
    if anew:
        make_venv(os.path.join(root, ".venv"))
    install_packages(root, os.path.join(root, "locks", f"{name}.txt"))
    tell(f"Ready after {time.monotonic() - started:.0f} s.")


def make_venv(venv: str) -> None:
    """An empty environment, with pip unless uv is at hand: then nothing of the operating system is missed."""
    uv = shutil.which("uv")
    if not uv and not importlib.util.find_spec("ensurepip"):
        sys.exit("cop: a part of Python is missing here. Please run: sudo apt install python3-venv")
    tell("  an environment of its own in .venv")
    without_pip = ["--without-pip"] if uv else []
    check(run([sys.executable, "-m", "venv", "--clear", *without_pip, venv]))


def install_packages(root: str, lock: str) -> None:
    """Everything in the lock, then the project itself: by uv, or by pip where uv can't be had."""
    python = os.path.join(root, ".venv", "bin", "python")
    uv = find_uv(python, lock)
    tell(f"  {len(pins(lock))} packages, each checked against its hash")
    # What the project is built with is in the lock; an isolated build would fetch it again, without hashes.
    project = ["--no-deps", "--no-build-isolation", "--editable", root]
    if uv:
        env = uv_environment(pip_settings(python))
        quiet = ["--quiet", "--python", python]
        check(run([uv, "pip", "sync", *quiet, "--require-hashes", "--compile-bytecode", lock], env))
        check(run([uv, "pip", "install", *quiet, *project], env))
    else:
        tell("  (by pip, which takes longer: uv is not to be had for this machine)")
        # Without a wheel of uv, pip would try to compile it.
        check(pip_install(python, [pin for name, pin in pins(lock).items() if name != "uv"]))
        check(run([python, *PIP_INSTALL, *project]))


def find_uv(python: str, lock: str) -> str | None:
    """The path of this machine's uv, else of the lock's, which pip installs; None if that can't be had."""
    pinned = os.path.join(os.path.dirname(python), "uv")
    uv = shutil.which("uv") or (pinned if os.path.exists(pinned) else None)
    if uv:
        return uv
    tell("  uv, the installer")
    return pinned if pip_install(python, [pins(lock)["uv"]], "--only-binary=:all:").returncode == 0 else None


def pip_install(python: str, pinned: list[str], *options: str) -> subprocess.CompletedProcess[str]:
    """Have pip install these paragraphs of a lock; the caller looks whether it could."""
    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as requirements:
        requirements.write("\n".join(pinned))
        requirements.flush()
        return run([python, *PIP_INSTALL, *options, "--require-hashes", "-r", requirements.name])


def pins(lock: str) -> dict[str, str]:
    """The lock's paragraphs (a pin and its hashes) by the name of the package."""
    with open(lock, encoding="utf-8") as file:
        paragraphs = re.split(r"\n(?=[a-z0-9])", file.read())
    return {paragraph.split("==")[0]: paragraph for paragraph in paragraphs if "==" in paragraph}


def pip_settings(python: str) -> dict[str, str]:
    """What pip is configured with, by option; empty where there is no pip."""
    listing = ("-m", "pip", "config", "list", "--disable-pip-version-check")
    listed = run([python, *listing])
    if listed.returncode:
        # Made with uv at hand, our environment has no pip; the Python that runs this may have one.
        listed = run([sys.executable, *listing])
    settings: dict[str, str] = {}
    # Lines like `global.timeout='60'`: from its files; `:env:`, the environment, counts over them.
    for line in sorted(listed.stdout.splitlines(), key=lambda line: line.startswith(":env:")):
        name, equals, value = line.partition("=")
        section, _, option = name.rpartition(".")
        if equals and section in {"global", "install", ":env:"}:
            settings[option] = str(ast.literal_eval(value))
    return settings


def uv_environment(settings: dict[str, str]) -> dict[str, str]:
    """Our environment with pip's settings added in uv's words, where uv has been told nothing of its own."""
    env = dict(os.environ)
    for option, value in settings.items():
        word = UV_WORDS.get(option)
        if word and word not in os.environ:
            # uv parts folders by commas, pip by spaces.
            env[word] = ",".join(value.split()) if word == "UV_FIND_LINKS" else value
    # As pip does, look for a pinned version in every index; the hashes make that safe.
    env.setdefault("UV_INDEX_STRATEGY", "unsafe-best-match")
    return env


def renew(root: str, options: list[str]) -> None:
    """Write all locks anew from pyproject.toml and tools.in; pins stay unless uv's options say else."""
    os.chdir(root)
    python = os.path.join(root, ".venv", "bin", "python")
    uv = find_uv(python, "locks/run.txt")
    if not uv:
        sys.exit("cop: the locks are made by uv, which is not to be had for this machine.")
    # The index and no folders: a wheel that lies only on this machine must not get into the lock.
    reach = {"index-url", "cert", "proxy", "timeout", "default-timeout"}
    settings = pip_settings(python)
    env = uv_environment({option: settings[option] for option in settings.keys() & reach})
    compiled = [uv, *COMPILE.split(), *options]
    check(run([*compiled, "--output-file=locks/run.txt"], env))
    # The smaller lock as a constraint of the larger one: the same pins in all.
    teams = [*compiled, "--extra=teams"]
    check(run([*teams, "--constraint=locks/run.txt", "--output-file=locks/teams.txt"], env))
    meaning = [*teams, "--extra=meaning"]
    check(run([*meaning, "--constraint=locks/teams.txt", "--output-file=locks/meaning.txt"], env))
    check(run([*meaning, "--extra=test", "--constraint=locks/meaning.txt", "--output-file=locks/test.txt"], env))
    tell("Renewed the locks run, teams, meaning and test; the next ./cop installs them.")


def tell(line: str) -> None:
    """Progress goes to the error stream: what the command prints may be piped somewhere."""
    print(line, file=sys.stderr, flush=True)


def run(command: list[str], env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run in silence, for our .venv, whatever environment this shell has activated."""
    env = dict(os.environ if env is None else env)
    for foreign in ("VIRTUAL_ENV", "PYTHONPATH", "PYTHONHOME"):
        env.pop(foreign, None)
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def check(done: subprocess.CompletedProcess[str]) -> None:
    """If a step of the set-up failed, show its last lines and stop."""
    if done.returncode:
        tell("\n".join((done.stdout + done.stderr).splitlines()[-15:]))
        step = " ".join([os.path.basename(done.args[0]), *done.args[1:4]])
        sys.exit(f"cop: the set-up stopped at `{step}`; the lines above say why.")
