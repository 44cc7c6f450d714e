"""Bring the pinned front-end packages into build/frontend (thư viện giao diện), where settings find them.

Run by `make setup`; needs only the standard library. Node comes from the machine, else from the hashed
wheel of node.lock. Only the files named here are copied; nothing is bundled or compiled.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
BUILD = ROOT / "build"
TARGET = BUILD / "frontend"
STAMP = BUILD / "frontend.stamp"
OLDEST_NODE = 18

SCRIPTS = {
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "vega/build/vega.min.js": "vega.min.js",
    "vega-lite/build/vega-lite.min.js": "vega-lite.min.js",
    "vega-interpreter/build/vega-interpreter.js": "vega-interpreter.js",
}
WEIGHTS = {400: "Regular", 500: "Medium", 600: "SemiBold", 700: "Bold"}
TINOS = ("400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic")
# The ranges of the font's own style sheets: a page loads only the subsets whose letters it shows.
SUBSETS = {
    "vietnamese": "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,"
    "U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB",
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,"
    "U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
}
ICONS = Path(__file__).with_name("icons.txt")
LICENCES = {
    "htmx.org/LICENSE": "htmx",
    "vega/LICENSE": "vega",
    "vega-lite/LICENSE": "vega-lite",
    "vega-interpreter/LICENSE": "vega-interpreter",
    "@tabler/icons/LICENSE": "tabler-icons",
    "@fontsource/be-vietnam-pro/LICENSE": "be-vietnam-pro",
    "@expo-google-fonts/tinos/LICENSE_FONT": "tinos",
}


def node_environment() -> dict[str, str]:
    """The environment in which `npm` of a fitting Node is found first."""
    if _has_node(os.environ.get("PATH", "")):
        return dict(os.environ)
    folder = _node_of_wheel()
    return {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}


def _has_node(path: str) -> bool:
    node, npm = shutil.which("node", path=path), shutil.which("npm", path=path)
    if not node or not npm:
        return False
    answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False).stdout
    found = re.match(r"v(\d+)\.", answer)
    return found is not None and int(found.group(1)) >= OLDEST_NODE


def _node_of_wheel() -> Path:
    """Install the pinned wheel of Node into the environment, unless it is there, and tell where its programs are."""
    scripts = Path(sys.executable).parent
    if not (scripts / "npm").exists():
        print("Node is missing: installing the pinned wheel", file=sys.stderr)
        lock = ROOT / "node.lock"
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "--no-deps", "--require-hashes", "-r", str(lock)], check=True)
    return scripts


def install_packages() -> None:
    """Install exactly what package-lock.json names; no package's own scripts run."""
    print("Fetching front-end packages", file=sys.stderr)
    command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    environment = node_environment()
    npm = shutil.which("npm", path=environment["PATH"]) or "npm"
    subprocess.run([npm, *command[1:]], cwd=ROOT, env=environment, check=True)


def copy_all(target: Path) -> None:
    """Fill an empty folder with the files the product serves and embeds."""
    vendor = target / "static" / "vendor"
    vendor.mkdir(parents=True)
    for source, name in SCRIPTS.items():
        (vendor / name).write_text(script_text(source), encoding="utf-8")
    copy_web_fonts(vendor)
    (vendor / "icons.svg").write_text(sprite(), encoding="utf-8")
    copy_document_fonts(target / "fonts")
    licences = target / "licences"
    licences.mkdir()
    for source, name in LICENCES.items():
        shutil.copyfile(MODULES / source, licences / f"{name}.txt")


def script_text(source: str) -> str:
    """A script without the pointer to its source map, which the static file storage would follow in vain.

    The interpreter is published as a module that imports vega-util; a page has that inside `vega` already.
    """
    text = (MODULES / source).read_text(encoding="utf-8")
    text = re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE)
    return re.sub(
        r"^import \{([^}]*)\} from 'vega-util';$", r"const {\1} = globalThis.vega;", text, flags=re.MULTILINE
    )


def copy_web_fonts(vendor: Path) -> None:
    """The Latin and Vietnamese subsets in four weights, and the style sheet that names them."""
    fonts = vendor / "fonts"
    fonts.mkdir()
    faces = []
    for weight in WEIGHTS:
        for subset, letters in SUBSETS.items():
            name = f"be-vietnam-pro-{subset}-{weight}-normal.woff2"
            shutil.copyfile(MODULES / "@fontsource/be-vietnam-pro/files" / name, fonts / name)
            faces.append(
                f'@font-face{{font-family:"Be Vietnam Pro";font-style:normal;font-weight:{weight};'
                f'font-display:swap;src:url("fonts/{name}") format("woff2");unicode-range:{letters}}}\n'
            )
    (vendor / "fonts.css").write_text("".join(faces), encoding="utf-8")


def copy_document_fonts(fonts: Path) -> None:
    """Whole fonts for documents: Tinos for the text, Be Vietnam Pro for charts."""
    fonts.mkdir()
    for style in TINOS:
        shutil.copyfile(
            MODULES / f"@expo-google-fonts/tinos/{style}/Tinos_{style}.ttf", fonts / f"Tinos_{style}.ttf"
        )
    for weight, style in WEIGHTS.items():
        name = f"BeVietnamPro_{weight}{style}.ttf"
        source = MODULES / f"@expo-google-fonts/be-vietnam-pro/{weight}{style}" / name
        shutil.copyfile(source, fonts / f"BeVietnamPro-{style}.ttf")


def sprite() -> str:
    """One SVG with a symbol for every icon we name."""
    symbols = []
    for name in ICONS.read_text(encoding="utf-8").split():
        text = (MODULES / "@tabler/icons/icons/outline" / f"{name}.svg").read_text(encoding="utf-8")
        drawn = re.findall(r"<(?!svg|/svg)[a-z]+[^>]*/>", text)
        shapes = "".join(shape for shape in drawn if 'd="M0 0h24v24H0z"' not in shape)
        symbols.append(f'<symbol id="{name}" viewBox="0 0 24 24">{shapes}</symbol>')
    return '<svg xmlns="http://www.w3.org/2000/svg">\n' + "\n".join(symbols) + "\n</svg>\n"


def expected_stamp() -> str:
    """Changes when the packages or this program change."""
    parts = [ROOT / "package-lock.json", ROOT / "package.json", Path(__file__), ICONS]
    return hashlib.sha256(b"\0".join(part.read_bytes() for part in parts)).hexdigest()


def main() -> None:
    """Do nothing when build/frontend is already what it should be."""
    stamp = expected_stamp()
    if STAMP.exists() and STAMP.read_text() == stamp and TARGET.is_dir():
        return
    install_packages()
    BUILD.mkdir(exist_ok=True)
    fresh = BUILD / "frontend.new"
    shutil.rmtree(fresh, ignore_errors=True)
    copy_all(fresh)
    shutil.rmtree(TARGET, ignore_errors=True)
    fresh.rename(TARGET)
    STAMP.write_text(stamp)


if __name__ == "__main__":
    main()
