"""Tables that are dropped on the page: refused and taken as Python refuses and takes them."""

from pathlib import Path

import pytest

import warpviz as wv
from tests.player.modules import node
from warpviz.errors import WarpvizError
from warpviz.laboratory.handed import check_data

REFUSED = {
    "x,y,t\n1,2,0.5\n2,3,0.7\n3,1,1.2\n":
        "The laboratory expects points in 2 to 8 classes, got numbers.",
    "x,y,t\n" + "".join(f"{i}.5,{i % 7}.5,{i}\n" for i in range(12)):
        "The laboratory expects points in 2 to 8 classes, got numbers.",
    "a,b,c,k\n1,2,3,p\n2,3,4,q\n3,1,5,p\n":
        "The laboratory expects points of two features, got 3; choose two.",
    "x,y,k\n1e300,2,p\n2,3,q\n3,1,p\n": "reaches 1e+300, too large to be standardised",
    "x,y,k\n1e155,2,p\n2,3,q\n3,1,p\n": "reaches 1e+155, too large to be standardised",
    "x,y,k\n1e400,2,p\n2,3,q\n3,1,p\n": "",
    "x,y,k\n1,2,p\n2,3,p\n3,1,p\n": "classes, got 1.",
    "x,y,k\n1,2,1\n2,3,1.0\n": "classes, got 1.",
    "x,y,k\n1,2,p\nfoo,3,q\n3,1,p\n": "column 'x' expects a number, got 'foo'",
    "x,k\n1,p\n3,q\n3,p\n": "",
    "x,y,k\n" + "".join(f"{i},{i % 7},c{i % 9}\n" for i in range(99)): "",
}  # fmt: skip
TAKEN = [
    "id,x,y,k\n7,1,2.5,p\n9,2,3.5,q\n8,4,1.5,p\n",
    "0,1,2.5,p\n1,2,3.5,q\n2,4,1.5,p\n3,5,1.5,p\n4,9,1.5,q\n",
    "x,y,k\n1,2,1\n2,3,2.0\n3,5,1.00\n",
    "x,y,k\n1,2,10\n2,3,9\n3,5,10\n",
]


def test_tables_are_refused_and_taken_as_python_does(modules: Path, tmp_path: Path) -> None:
    code = """
const { readTable } = await import("./lab/data/table.js");
told(given[0].map((text) => {
  try {
    const { x, y, classNames } = readTable(text);
    return { x: [...x], y: [...y], classNames };
  } catch (trouble) { return { kind: trouble.constructor.name, told: trouble.message }; }
}));
"""
    path = tmp_path / "own.csv"
    found = node(code, modules, [*REFUSED, *TAKEN])
    for (text, sentence), made in zip(REFUSED.items(), found, strict=False):
        assert made.get("kind") == "Trouble", text
        path.write_text(text, encoding="utf-8")
        with pytest.raises(WarpvizError) as refused:
            check_data(wv.load_data(str(path), standardise=True))
        assert sentence in str(refused.value)
        ours = sentence.replace("column 'x'", "column 'x',").replace("e+", "e")
        assert ours in made["told"]
    for text, made in zip(TAKEN, found[len(REFUSED) :], strict=True):
        path.write_text(text, encoding="utf-8")
        data = wv.load_data(str(path), standardise=True)
        assert made["classNames"] == list(data.class_names), text
        assert made["y"] == data.y.tolist()
        assert made["x"] == pytest.approx(data.x.ravel().tolist(), abs=1e-12)
