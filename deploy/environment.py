"""Makes the virtual environment .venv, or says what is missing; any Python 3 can read this."""

import subprocess
import sys

OLDEST = (3, 11)


def main():  # type: () -> int
    """Check this Python and make .venv with it."""
    if sys.version_info < OLDEST:
        told = ".".join(map(str, sys.version_info[:3]))
        print("Torvet needs Python 3.11 or newer. Try: make PYTHON=python3.12 … This is " + told)
        return 1
    try:
        import ensurepip  # noqa: F401, PLC0415
        import venv  # noqa: F401, PLC0415
    except ImportError:
        name = "python" + ".".join(map(str, sys.version_info[:2])) + "-venv"
        print("This Python cannot make virtual environments. On Debian: apt-get install " + name)
        return 1
    return subprocess.call([sys.executable, "-m", "venv", ".venv"])


if __name__ == "__main__":
    sys.exit(main())
