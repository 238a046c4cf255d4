"""Every letter of a label is really drawn, and is only ever drawn: no label reaches the file as text or markup."""

import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import matplotlib
import pytest
from matplotlib.ft2font import FT2Font

from git_feedback.charts import Attainment, Category, FontMissing, Pareto, Share, draw
from git_feedback.charts.fonts import FAMILIES, drawable, families, han_path, with_chinese
from git_feedback.charts.sheet import LIGHT, WIDE, Sheet, on_every_sheet

SVG = "{http://www.w3.org/2000/svg}"
SCRIPTS = Path(__file__).parents[2] / "scripts"
NASTY = ("$x$ 与 $y_1$", "_登录", "<script>alert(1)</script>", "]]><!-- --> &amp;", "\u202eexe.付款", "a\nb")


def letters(svg: bytes) -> list[list[str]]:
    """The outlines of each line of words, letter by letter."""
    root = ElementTree.fromstring(svg)
    outlines = {"#" + path.attrib["id"]: path.get("d", "") for path in root.iter(f"{SVG}path") if "id" in path.attrib}
    link = "{http://www.w3.org/1999/xlink}href"
    lines = [[outlines[use.attrib[link]] for use in group.findall(f"{SVG}use")] for group in root.iter(f"{SVG}g")]
    return [line for line in lines if line]


def written(words: str) -> list[str]:
    """The outlines that `words` come to on a sheet."""
    svg = on_every_sheet(lambda sheet: sheet.words((20, 20), words))["wide.light"]
    (line,) = letters(svg)
    return line


def test_chinese_is_drawn_letter_by_letter_and_no_letter_is_the_empty_box() -> None:
    label = "支付失败退款慢"
    outlines = written(label)
    assert len(outlines) == len(set(outlines)) == len(label)
    font = FT2Font(str(han_path()))
    assert all(font.get_char_index(ord(letter)) for letter in label)


def test_the_names_of_categories_are_in_the_picture() -> None:
    svg = draw(Pareto((Category("支付失败", 5), Category("退款慢", 3))), "zh").svgs["phone.dark"]
    lines = letters(svg)
    assert written("支付失败") in lines
    assert written("退款慢") in lines


def test_a_dollar_is_a_letter_and_a_leading_underscore_stays() -> None:
    assert len(written("$x$")) == 3
    assert written("$x$")[0] == written("$x$")[2] == written("$")[0]
    assert written("_登录")[0] == written("_")[0]


@pytest.mark.parametrize("label", NASTY)
def test_a_label_reaches_the_file_as_outlines_only(label: str) -> None:
    for series in (Pareto((Category(label, 3, 1),)), Attainment((Share(label, 2, 1),))):
        for svg in draw(series, "zh").svgs.values():
            root = ElementTree.fromstring(svg)
            tags = {element.tag.removeprefix(SVG) for element in root.iter()}
            assert tags <= {"svg", "g", "path", "defs", "use", "pattern", "rect"}
            assert not any((element.text or "").strip() or (element.tail or "").strip() for element in root.iter())
            assert not any(part in svg for part in (b"script", b"alert", b"<!--", b"exe.", b"$"))


def test_what_cannot_be_seen_or_has_no_letter_becomes_its_code_point() -> None:
    assert drawable("付\u202e款") == "付[U+202E]款"
    assert drawable("🧾 发票") == "[U+1F9FE] 发票"
    assert drawable("零\u200b宽") == "零[U+200B]宽"
    assert drawable("第一行\n第二\u2028行") == "第一行 第二 行"


def test_letters_that_the_chinese_font_lacks_come_from_the_other_one() -> None:
    assert FT2Font(str(han_path())).get_char_index(ord("ش")) == 0
    assert drawable("شكرا") == "شكرا"
    assert len(written("شكرا")) == 4


def test_a_name_that_is_too_long_is_cut_with_an_ellipsis_and_stays_whole_in_the_table() -> None:
    with matplotlib.rc_context():
        sheet = Sheet(WIDE, LIGHT)
        cut = sheet.fitted("一个特别特别长的类别名称", 60)
        assert cut.endswith("…")
        assert sheet.width(cut) <= 60
        assert sheet.fitted("短", 60) == "短"
    long = "一个特别特别长的类别名称" * 5
    assert draw(Pareto((Category(long, 1),)), "zh").rows[0][0] == long


def test_a_font_without_chinese_is_refused() -> None:
    latin = Path(matplotlib.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"
    with pytest.raises(FontMissing, match=r"DejaVuSans\.ttf"):
        with_chinese(latin)
    with pytest.raises(FontMissing, match="no Chinese letters"):
        with_chinese(latin.with_name("missing.otf"))


@pytest.mark.parametrize(
    ("package", "error", "words"),
    [("pylopdf_fonts_zh_cn", "FontMissing", "Chinese font"), ("matplotlib", "CannotDraw", "matplotlib")],
)
def test_without_the_package_drawing_stops_with_the_way_out(package: str, error: str, words: str) -> None:
    script = (
        f"import sys; sys.modules[{package!r}] = None\n"
        "from git_feedback.charts import CannotDraw, Category, Pareto, draw\n"
        "try:\n    draw(Pareto((Category('登录', 1),)), 'en')\n"
        "except CannotDraw as stop:\n    print(type(stop).__name__, stop.code, stop)\n"
    )
    done = subprocess.run([sys.executable, "-c", script], cwd=SCRIPTS, capture_output=True, text=True, check=True)
    assert done.stdout.startswith(error + " chart-")
    assert words in done.stdout
    assert "install git-feedback[charts]" in done.stdout


def test_the_series_can_be_made_without_loading_matplotlib() -> None:
    script = "import sys, git_feedback.charts; sys.exit('matplotlib' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", script], cwd=SCRIPTS, check=False).returncode == 0


def test_the_fonts_are_found_under_our_own_names_only() -> None:
    from matplotlib.font_manager import fontManager

    assert families() == FAMILIES
    found = [entry.fname for entry in fontManager.ttflist if entry.name == FAMILIES[0]]
    assert found == [str(han_path())]
