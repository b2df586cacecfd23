"""Of formulas, graphs, figures, landscapes and approximations."""

from matplotlib.figure import Figure

import warpviz as wv
from tests.calls.made import (
    DATA,
    LINE,
    MODEL,
    SMALL,
    STUDY,
    Calls,
    fitted,
    found,
    land,
    studied,
)

CALLS: Calls = {
    "Approximation": lambda: (
        wv.Approximation, {"name": "net", "target": found().target, "run": found().run}
    ),
    "Approximation.__call__": lambda: (found(), {"x": 0.5}),
    "Approximation.error": lambda: (found().error, {"count": 50}),
    "Formula": lambda: (
        wv.Formula,
        {"chain": MODEL, "form": "nested", "digits": 3, "letters": False, "limits": ()},
    ),
    "Formula.__call__": lambda: (wv.formula(MODEL), {"x": DATA.x}),
    "Formula.save": lambda: (wv.formula(MODEL).save, {"path": "f.svg", "theme": "light"}),
    "Graph": lambda: (
        wv.Graph,
        {"nodes": [], "edges": [], "across": False, "remarks": [], "title": "", "pen": 4.0},
    ),
    "Graph.add": lambda: (
        wv.Graph().add, {"label": "x", "leaf": True, "note": "", "at": (0.0, 0.0)}
    ),
    "Graph.dot": lambda: (wv.graph("a + b").dot, {"theme": "light"}),
    "Graph.save": lambda: (wv.graph("a + b").save, {"path": "g.dot", "theme": "light"}),
    "Lab": lambda: (
        wv.Lab,
        {"chain": MODEL, "data": DATA, "title": "t", "theme": "dark", "language": "en",
         "lesson": None, "seed": 0},
    ),
    "Lab.save": lambda: (wv.lab(MODEL, DATA).save, {"path": "lab.html"}),
    "Lab.to_html": lambda: (wv.lab(MODEL, DATA).to_html, {}),
    "Landscape": lambda: (wv.Landscape, dict(vars(land()))),
    "Measures": lambda: (wv.Measures, dict(vars(wv.layer_measures(MODEL, DATA)[0]))),
    "Measures.as_dict": lambda: (wv.layer_measures(MODEL, DATA)[0].as_dict, {}),
    "RegionsFigure": lambda: (
        wv.RegionsFigure, {"still": wv.regions(MODEL).still, "data": DATA}
    ),
    "RegionsFigure.facts": lambda: (wv.regions(MODEL).facts, {}),
    "RegionsFigure.save": lambda: (
        wv.regions(MODEL).save, {"path": "r.png", "theme": "light"}
    ),
    "Trace": lambda: (wv.Trace, dict(vars(wv.trace(MODEL, (0.1, 0.2))))),
    "animate_approximation": lambda: (wv.animate_approximation, {"found": found(), **SMALL}),
    "animate_landscape": lambda: (
        wv.animate_landscape,
        {"land": land(), "fits": None, "data": None, "layer": None, **SMALL},
    ),
    "lab": lambda: (
        wv.lab,
        {"model": MODEL, "x": DATA.x, "y": DATA.y, "title": "t", "theme": "dark",
         "language": "en", "lesson": None, "seed": 0},
    ),
    "approximate": lambda: (
        wv.approximate,
        {"target": "exp", "name": "net", "layers": (2,), "activation": "relu", "steps": 2,
         "batch": 2, "rate": 0.01, "seed": 1, "store": "e.npz", "resume": False, "every": 1,
         "watch": None},
    ),
    "Study": lambda: (wv.Study, {"path": studied().path, "grid": studied().grid}),
    "Study.chain": lambda: (studied().chain, {"run": 0, "epoch": 2}),
    "Study.csv": lambda: (studied().csv, {"path": "s.csv", "table": "runs"}),
    "Study.data": lambda: (studied().data, {"run": 0}),
    "Study.maps": lambda: (studied().maps, {"runs": [0], "title": "all"}),
    "Study.plot": lambda: (
        studied().plot,
        {"x": "stop", "y": "loss", "by": None, "panels": "layers", "stop": None, "epoch": 2,
         "kind": None, "where": {"seed": 0}},
    ),
    "Study.report": lambda: (studied().report, {"path": "s.html"}),
    "StudyFigure": lambda: (wv.StudyFigure, {"chart": studied().plot().chart}),
    "StudyFigure.save": lambda: (studied().plot().save, {"path": "s.png", "theme": "light"}),
    "StudyFigure.svg": lambda: (studied().plot().svg, {"theme": "light", "links": ()}),
    "load_study": lambda: (wv.load_study, {"path": studied().path}),
    "study": lambda: (
        wv.study,
        {"grid": STUDY, "path": None, "jobs": 1, "resume": False, "scheduler": None},
    ),
    "formula": lambda: (
        wv.formula,
        {"chain": MODEL, "form": "nested", "digits": 3, "letters": False, "limits": ()},
    ),
    "loss_landscape": lambda: (
        wv.loss_landscape,
        {"fits": fitted(), "data": DATA, "recipe": None, "directions": "random", "grid": 5,
         "seed": 1},
    ),
    "graph": lambda: (
        wv.graph,
        {"model": MODEL, "form": None, "at": None, "output": 1, "gradient": "w111", "loss": None,
         "target": None, "numbers": False, "share": True},
    ),
    "layer_measures": lambda: (
        wv.layer_measures, {"chain": MODEL, "data": DATA, "limits": (-1.0, 1.0, -1.0, 1.0)}
    ),
    "line_landscape": lambda: (wv.line_landscape, {"seed": 0, "steps": 4, "every": 2}),
    "plot_function": lambda: (
        wv.plot_function,
        {"chain": LINE, "ax": Figure().subplots(), "limits": (-1.0, 1.0), "output": 1,
         "names": (), "theme_name": "light"},
    ),
    "plot_state": lambda: (
        wv.plot_state,
        {"chain": MODEL, "data": DATA, "k": 1, "ax": Figure().subplots(),
         "limits": (-1.0, 1.0, -1.0, 1.0), "theme_name": "light"},
    ),
    "regions": lambda: (
        wv.regions, {"model": MODEL, "data": DATA, "limits": (-1.0, 1.0, -1.0, 1.0)}
    ),
    "activations_table": lambda: (lambda name: wv.activations_table(name), {"name": "relu"}),
    "animate_activations": lambda: (
        lambda name, **given: wv.animate_activations(name, **given),
        {"name": "relu", "limits": (-2.0, 2.0), "fps": 2.0},
    ),
    "plot_activation": lambda: (
        wv.plot_activation,
        {"activation": "relu", "ax": Figure().subplots(), "limits": (-2.0, 2.0),
         "theme_name": "dark"},
    ),
    "trace": lambda: (
        wv.trace,
        {"chain": MODEL, "at": (0.1, 0.2), "target": (1.0, 0.0), "loss": "half-squared",
         "learning_rate": 0.1},
    ),
}  # fmt: skip
