"""Makes static/fonts/ out of the npm package @fontsource/be-vietnam-pro (OFL, no reserved name).

    npm pack @fontsource/be-vietnam-pro && tar xzf fontsource-*.tgz
    python -m venv fonts && fonts/bin/pip install fonttools brotli
    fonts/bin/python docs/make_fonts.py package/files static/fonts

The package splits a weight into three files; here Vietnamese and Latin are one file of some
14 kB without hinting (a page asks once a weight), and figures get a tabular form ("tnum"),
which the typeface itself lacks.
"""

# mypy: ignore-errors  (fontTools lives in a throw-away environment, see above)
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import otTables
from fontTools.ttLib.tables._g_l_y_f import Glyph, GlyphComponent

FACES = ((400, "normal"), (500, "normal"), (600, "normal"), (700, "normal"), (400, "italic"))
LETTERS = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *(0x102, 0x103, 0x110, 0x111, 0x128, 0x129, 0x168, 0x169, 0x131, 0x152, 0x153),
    *(0x1A0, 0x1A1, 0x1AF, 0x1B0, 0x300, 0x301, 0x303, 0x309, 0x323),
    *range(0x1EA0, 0x1EFA),
    *(0x2009, *range(0x2010, 0x2028), 0x202F, 0x2030, 0x2032, 0x2033, 0x2039, 0x203A, 0x2044),
    *(0x20AB, 0x20AC, 0x2103, 0x2116, 0x2122, 0x2212, 0x2215, 0x2248, 0x2260),
]
FEATURES = ["kern", "mark", "mkmk", "ccmp", "locl", "liga", "tnum"]


def merged(folder: Path, weight: int, style: str, workshop: Path) -> Any:
    """One font of the three subsets of a face."""
    plain = []
    for part in ("latin", "vietnamese", "latin-ext"):
        font = TTFont(folder / f"be-vietnam-pro-{part}-{weight}-{style}.woff2")
        font.flavor = None
        font.save(workshop / f"{part}.ttf")
        plain.append(str(workshop / f"{part}.ttf"))
    Merger().merge(plain).save(workshop / "merged.ttf")
    return TTFont(workshop / "merged.ttf")


def add_tabular_figures(font: Any) -> None:
    """Ten composite glyphs of one width (the mean of all but 1), reached by "tnum"."""
    names = [font.getBestCmap()[ord(figure)] for figure in "0123456789"]
    width = round(sum(font["hmtx"][name][0] for name in names if name != names[1]) / 9)
    mapping = {}
    for name in names:
        advance, bearing = font["hmtx"][name]
        part = GlyphComponent()
        part.glyphName, part.x, part.y, part.flags = name, round((width - advance) / 2), 0, 0x204
        glyph = Glyph()
        glyph.numberOfContours, glyph.components = -1, [part]
        font["glyf"][f"{name}.tnum"] = glyph
        font["hmtx"][f"{name}.tnum"] = (width, bearing + part.x)
        glyph.recalcBounds(font["glyf"])
        mapping[name] = f"{name}.tnum"
    font["maxp"].numGlyphs = len(font.getGlyphOrder())
    register(font["GSUB"].table, mapping)


def register(table: Any, mapping: dict[str, str]) -> None:
    """Enter a single substitution as feature "tnum" for every script and language."""
    lookup, substitution, record = otTables.Lookup(), otTables.SingleSubst(), otTables.FeatureRecord()
    substitution.mapping = mapping
    lookup.LookupType, lookup.LookupFlag = 1, 0
    lookup.SubTable, lookup.SubTableCount = [substitution], 1
    table.LookupList.Lookup.append(lookup)
    table.LookupList.LookupCount = len(table.LookupList.Lookup)
    record.FeatureTag, record.Feature = "tnum", otTables.Feature()
    record.Feature.FeatureParams = None
    record.Feature.LookupListIndex, record.Feature.LookupCount = [table.LookupList.LookupCount - 1], 1
    table.FeatureList.FeatureRecord.append(record)
    table.FeatureList.FeatureCount = len(table.FeatureList.FeatureRecord)
    for script in (entry.Script for entry in table.ScriptList.ScriptRecord):
        for language in (script.DefaultLangSys, *(entry.LangSys for entry in script.LangSysRecord)):
            if language:
                language.FeatureIndex.append(table.FeatureList.FeatureCount - 1)
                language.FeatureCount = len(language.FeatureIndex)


def make(source: Path, target: Path) -> None:
    options = subset.Options(flavor="woff2", layout_features=FEATURES, hinting=False)
    for weight, style in FACES:
        with TemporaryDirectory() as workshop:
            font = merged(source, weight, style, Path(workshop))
        add_tabular_figures(font)
        subsetter = subset.Subsetter(options)
        subsetter.populate(unicodes=LETTERS)
        subsetter.subset(font)
        font.flavor = "woff2"
        font.save(target / f"be-vietnam-pro-{weight}{'-italic' if style == 'italic' else ''}.woff2")


if __name__ == "__main__":
    make(Path(sys.argv[1]), Path(sys.argv[2]))
