"""Copies what the pages use of the browser libraries to static/vendor, and the papers' fonts."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

from fontTools.ttLib import TTFont

from deploy.npm import node_path

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "node_modules"
VENDOR = ROOT / "static" / "vendor"
PAPER_FONTS = ROOT / "templates" / "papers" / "fonts"

WEIGHTS = ("400", "500", "600", "700")
# A family beyond Latin, and which of its letters: a language in other letters needs a line here.
SCRIPTS = {
    "ibm-plex-sans-arabic": "arabic",
}
# Names come in more letters than pages are written in: these are for paper alone, where no phone
# lends its own. Latin, Cyrillic and Greek are in the family itself.
PAPER_SCRIPTS = SCRIPTS | {
    "ibm-plex-sans-devanagari": "devanagari",
    "ibm-plex-sans-hebrew": "hebrew",
    "ibm-plex-sans-thai": "thai",
    "noto-sans-bengali": "bengali",
    "noto-sans-ethiopic": "ethiopic",
    "noto-sans-tamil": "tamil",
}
# Two hundred megabytes to fetch, so only where they are asked for (deploy/fonts_cjk.py).
CJK_MODULES = ROOT / "deploy" / "cjk" / "node_modules"
CJK_SCRIPTS = {
    "noto-sans-jp": "japanese",
    "noto-sans-kr": "korean",
    "noto-sans-sc": "chinese-simplified",
}
# Which letters the papers' fonts hold, as ranges: read by app/core/typesetting.py.
LETTERS = PAPER_FONTS / "letters.json"
SUBSETS = {
    "ibm-plex-sans": ("latin", "latin-ext"),
    "bricolage-grotesque": ("latin", "latin-ext"),
    **{package: (letters,) for package, letters in SCRIPTS.items()},
}
# The family that sheets name; on pages the others lend it their letters.
TEXT_FAMILY = "IBM Plex Sans"
PAPER_FACES = ("Regular", "Italic", "Medium", "SemiBold", "Bold")
FAMILY = re.compile(r"font-family:[^;]*;")
FONT_FACE = re.compile(r"@font-face\s*\{.*?\}", re.DOTALL)
ADDRESS = re.compile(r"url\(\.\./(img/[^)]+)\)")

# Where it lies in node_modules, and where it goes below static/vendor.
PLAIN_COPIES = {
    "idb/build/index.js": "idb/index.js",
    "zxing-wasm/dist/es/share.js": "zxing/share.js",
    "zxing-wasm/dist/es/reader/index.js": "zxing/reader/index.js",
    "zxing-wasm/dist/reader/zxing_reader.wasm": "zxing/zxing_reader.wasm",
}


def main() -> None:
    """Lay static/vendor anew."""
    shutil.rmtree(VENDOR, ignore_errors=True)
    for source, target in PLAIN_COPIES.items():
        _copy(MODULES / source, VENDOR / target)
        if target.endswith(".js"):
            _excuse(VENDOR / target)
    faces = lay_fonts()
    lay_design_system(faces)
    lay_paper_fonts()
    print(f"static/vendor: {sum(1 for one in VENDOR.rglob('*') if one.is_file())} files")


def lay_fonts() -> str:
    """Copy the web fonts; return their @font-face rules as seen from dkfds/css."""
    faces = []
    for package, subsets in SUBSETS.items():
        folder = MODULES / "@fontsource" / package
        for weight in WEIGHTS:
            for face in FONT_FACE.findall((folder / f"{weight}.css").read_text()):
                name = re.search(r"files/(\S+?)\.woff2", face)
                wanted = {f"{package}-{one}-{weight}-normal" for one in subsets}
                if name and name[1] in wanted:
                    _copy(
                        folder / "files" / f"{name[1]}.woff2", VENDOR / "fonts" / f"{name[1]}.woff2"
                    )
                    face = _only_woff2(face, name[1])
                    faces.append(_lent(face) if package in SCRIPTS else face)
    return "\n".join(faces)


def lay_design_system(faces: str) -> None:
    """Write the design system's sheet into a cascade layer, once for each direction of reading."""
    folder = MODULES / "dkfds" / "dist"
    sheet = FONT_FACE.sub("", (folder / "css" / "dkfds.min.css").read_text())
    sheet = sheet.replace('@charset "UTF-8";', "").lstrip("\N{ZERO WIDTH NO-BREAK SPACE}")
    # An !important inside a layer would beat our own sheets, which lie in none.
    sheet = sheet.replace("!important", "")
    for picture in set(ADDRESS.findall(sheet)):
        _copy(folder / picture, VENDOR / "dkfds" / picture)
    for source in (folder / "img" / "svg-icons").glob("*.svg"):
        _copy(source, VENDOR / "dkfds" / "img" / "svg-icons" / source.name)
    for name, text in {"dkfds.css": sheet, "dkfds.rtl.css": _mirrored(sheet)}.items():
        target = VENDOR / "dkfds" / "css" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(f'@charset "UTF-8";\n{faces}\n@layer dkfds {{\n{text}\n}}\n')


def lay_paper_fonts() -> None:
    """Typst reads TrueType: copy what is there and unpack the faces beyond Latin."""
    shutil.rmtree(PAPER_FONTS, ignore_errors=True)
    latin = MODULES / "dkfds" / "dist" / "fonts" / "IBMPlexSans" / "complete" / "ttf"
    for face in PAPER_FACES:
        _copy(latin / f"IBMPlexSans-{face}.ttf", PAPER_FONTS / f"IBMPlexSans-{face}.ttf")
    _unpack(MODULES, PAPER_SCRIPTS)
    if CJK_MODULES.exists():
        _unpack(CJK_MODULES, CJK_SCRIPTS)
    note_letters()


def lay_cjk_fonts() -> None:
    """Add the fonts for Chinese, Japanese and Korean to those that are there."""
    _unpack(CJK_MODULES, CJK_SCRIPTS)
    note_letters()


def note_letters() -> None:
    """Write down which letters the papers' fonts hold, so that nobody has to read them all."""
    letters: set[int] = set()
    for file in PAPER_FONTS.glob("*.ttf"):
        with TTFont(file, lazy=True) as font:
            letters |= font.getBestCmap().keys()
    ranges: list[list[int]] = []
    for letter in sorted(letters):
        if ranges and ranges[-1][1] == letter - 1:
            ranges[-1][1] = letter
        else:
            ranges.append([letter, letter])
    LETTERS.write_text(json.dumps(ranges))


def _unpack(modules: Path, scripts: Mapping[str, str]) -> None:
    for package, letters in scripts.items():
        files = modules / "@fontsource" / package / "files"
        for weight in ("400", "700"):
            with TTFont(files / f"{package}-{letters}-{weight}-normal.woff2") as font:
                font.flavor = None
                font.save(PAPER_FONTS / f"{package}-{weight}.ttf")


def _only_woff2(face: str, name: str) -> str:
    source = f"src: url(../../fonts/{name}.woff2) format('woff2');"
    return re.sub(r"src:[^;]*;", source, face)


def _lent(face: str) -> str:
    """The face under the name of our own family: each has its range of letters."""
    return FAMILY.sub(f"font-family: '{TEXT_FAMILY}';", face)


def _mirrored(sheet: str) -> str:
    """The sheet for right-to-left pages, made by rtlcss."""
    program = [
        str(node_path()),
        str(MODULES / "rtlcss" / "bin" / "rtlcss.js"),
        "--stdin",
        "--silent",
    ]
    return subprocess.run(
        program, input=sheet, capture_output=True, text=True, check=True, encoding="utf-8"
    ).stdout


def _excuse(script: Path) -> None:
    """Let the type checker pass over code that is not ours."""
    script.write_text("// @ts-nocheck\n" + script.read_text())


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


if __name__ == "__main__":
    main()
