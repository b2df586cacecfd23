"""Scripts without blanks mean what they meant."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.player.modules import laboratory_source
from warpviz.laboratory.given import worker_source
from warpviz.laboratory.squeezed import squeezed, tokens
from warpviz.model import ACTIVATIONS
from warpviz.player.engine import engine_source, flat
from warpviz.player.page import screen_source

CASES = [
    ("a + +b - -c", "a+ +b- -c"),
    ("let x = y / 2 / z;", "let x=y/2/z;"),
    ("x = / a b [/ ] c/g.test( y )", "x=/ a b [/ ] c/g.test(y)"),
    ("return / a/", "return/ a/"),
    ("`a ${ b ? `c , ${ {d: 1} } }` : 'e  f' } g`  +  1", None),
    ('"a  b" + \'c  "d\'', '"a  b"+\'c  "d\''),
    ("a\n  b", "a\nb"),
    ("1 .toFixed()", "1 .toFixed()"),
    ("(a) / b / c", "(a)/b/c"),
]


@pytest.mark.parametrize(("script", "wanted"), CASES)
def test_blanks_go_where_they_change_nothing(script: str, wanted: str | None) -> None:
    found = squeezed(script)
    if wanted is None:
        assert found == "`a ${ b ? `c , ${ {d: 1} } }` : 'e  f' } g`+1"
    else:
        assert found == wanted
    assert "".join(tokens(script)) == script


def test_every_token_of_the_page_stays(tmp_path: Path) -> None:
    acorn = Path(os.environ.get("WARPVIZ_NODE_MODULES", "nowhere")).resolve() / "acorn"
    if not acorn.is_dir():
        pytest.skip("needs WARPVIZ_NODE_MODULES, where npm put eslint and with it acorn")
    whole = flat(engine_source(ACTIVATIONS) + screen_source() + laboratory_source())
    (tmp_path / "before.js").write_text(f"(() => {{\n{whole}\n}})();\n{worker_source()}")
    (tmp_path / "after.js").write_text(squeezed((tmp_path / "before.js").read_text()))
    code = f"""
const {{ tokenizer }} = require({str(acorn)!r});
const {{ readFileSync }} = require("node:fs");
const read = (name) => [...tokenizer(readFileSync(name, "utf8"), {{ ecmaVersion: 2022 }})]
  .map(({{ type, value }}) => JSON.stringify([type.label, value?.pattern ?? value]));
const [before, after] = ["before.js", "after.js"].map(read);
const apart = before.findIndex((token, i) => token !== after[i]);
console.log(before.length > 50000 && before.length === after.length && apart < 0);
"""
    node = shutil.which("node")
    assert node is not None
    done = subprocess.run([node, "-e", code], cwd=tmp_path, capture_output=True, text=True)
    assert done.stdout == "true\n", done.stderr
    sizes = [(tmp_path / name).stat().st_size for name in ("before.js", "after.js")]
    assert sizes[1] < 0.9 * sizes[0]
