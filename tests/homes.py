"""Where the tests of each module stand."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
MODULES = tuple(
    file.relative_to(ROOT).as_posix()
    for file in sorted((ROOT / "warpviz").rglob("*.py"))
    if not file.stem.startswith("__")
)

ELSEWHERE: dict[str, tuple[str, ...]] = {
    "warpviz/approximation/snapshots.py": ("tests/approximation/test_charts.py",),
    "warpviz/cli/flags/words.py": ("tests/cli/test_help.py", "tests/languages/test_films.py"),
    "warpviz/cli/commands/lab.py": ("tests/cli/test_lab.py",),
    "warpviz/cli/flags/lab.py": ("tests/cli/test_lab.py", "tests/cli/test_help.py"),
    "warpviz/notebook/held.py": ("tests/notebook/test_lab_widget.py",),
    "warpviz/notebook/twoway.py": (
        "tests/notebook/test_widget.py",
        "tests/notebook/test_in_hosts.py",
    ),
    "warpviz/laboratory/handed.py": ("tests/laboratory/test_making.py",),
    "warpviz/laboratory/page.py": ("tests/laboratory/test_making.py",),
    "warpviz/laboratory/seeing.py": ("tests/player/lab/test_scene.py",),
    "warpviz/film/words/classes.py": ("tests/languages/test_films.py",),
    "warpviz/film/words/learning.py": ("tests/film/test_training.py",),
    "warpviz/figures/letters.py": ("tests/picture/words/test_scripts.py",),
    "warpviz/laboratory/given.py": (
        "tests/player/lab/test_cutting.py",
        "tests/player/test_modules.py",
    ),
    "warpviz/laboratory/numbers.py": ("tests/player/lab/test_cutting.py",),
    "warpviz/laboratory/measuring.py": ("tests/player/lab/test_measures.py",),
    "warpviz/languages/plurals.py": ("tests/languages/test_language.py",),
    "warpviz/approximation/approximation.py": (
        "tests/approximation/test_largest_error.py",
        "tests/approximation/test_charts.py",
    ),
    "warpviz/approximation/dead_networks.py": ("tests/approximation/test_charts.py",),
    "warpviz/measure/known.py": ("tests/measure/columns/test_tables.py",),
    "warpviz/measure/columns/column.py": ("tests/measure/columns/test_tables.py",),
    "warpviz/measure/columns/collapse.py": ("tests/measure/columns/test_tables.py",),
    "warpviz/measure/columns/folds.py": ("tests/measure/columns/test_tables.py",),
    "warpviz/measure/columns/likeness.py": ("tests/measure/columns/test_tables.py",),
    "warpviz/studies/points.py": ("tests/studies/test_studied.py",),
    "warpviz/studies/needed.py": ("tests/studies/test_work.py",),
    "warpviz/studies/folder.py": (
        "tests/studies/test_work.py",
        "tests/studies/test_studied.py",
    ),
    "warpviz/studies/part.py": ("tests/studies/test_studied.py",),
    "warpviz/studies/tables.py": ("tests/studies/test_studied.py",),
    "warpviz/studies/making.py": (
        "tests/studies/test_studied.py",
        "tests/studies/test_work.py",
    ),
    "warpviz/studies/estimate.py": ("tests/cli/test_study.py",),
    "warpviz/studies/reading.py": ("tests/studies/test_grid.py",),
    "warpviz/studies/charts/chart.py": ("tests/studies/charts/test_grouping.py",),
    "warpviz/studies/charts/figure.py": ("tests/studies/charts/test_drawing.py",),
    "warpviz/studies/page/choice.py": ("tests/studies/page/test_report.py",),
    "warpviz/studies/page/command.py": ("tests/studies/page/test_report.py",),
    "warpviz/studies/page/parts.py": ("tests/studies/page/test_report.py",),
    "warpviz/studies/page/players.py": ("tests/studies/page/test_report.py",),
    "warpviz/studies/page/reported.py": ("tests/studies/page/test_report.py",),
    "warpviz/cli/commands/study.py": ("tests/cli/test_study.py",),
    "warpviz/cli/flags/study.py": (
        "tests/cli/test_help.py",
        "tests/cli/test_study.py",
    ),
    "warpviz/functions/elementary.py": ("tests/training/test_kernel_engine.py",),
    "warpviz/training/program.py": ("tests/training/test_kernel_engine.py",),
    "warpviz/training/tape.py": ("tests/training/test_engine.py",),
    "warpviz/geometry/straight/appending.py": ("tests/geometry/straight/test_pieces.py",),
    "warpviz/motion/perspective.py": ("tests/motion/test_framing.py",),
    "warpviz/film/reel/indexed.py": ("tests/picture/raster/test_kernels.py",),
    "warpviz/functions/domain.py": ("tests/functions/test_sizes.py",),
    "warpviz/arrays.py": ("tests/test_architecture.py",),
    "warpviz/picture/marks/still.py": ("tests/figures/test_recorded.py",),
    "warpviz/cli/commands/check.py": ("tests/checking/test_whole.py",),
    "warpviz/cli/flags/written.py": ("tests/cli/test_help.py",),
    "warpviz/checking/documents.py": ("tests/checking/test_whole.py",),
    "warpviz/checking/found.py": ("tests/checking/test_whole.py",),
    "warpviz/checking/pictures.py": ("tests/checking/test_whole.py",),
    "warpviz/checking/slides.py": ("tests/checking/test_whole.py",),
    "warpviz/checking/stored.py": ("tests/checking/test_whole.py",),
    "warpviz/checking/videos.py": ("tests/checking/test_whole.py",),
    "warpviz/cli/command.py": ("tests/cli/misuse/test_misuse.py", "tests/cli/test_help.py"),
    "warpviz/cli/commands/activations.py": ("tests/cli/test_activations.py",),
    "warpviz/cli/commands/approximate.py": ("tests/cli/test_approximate.py",),
    "warpviz/cli/commands/classic.py": ("tests/cli/films/test_classic.py",),
    "warpviz/cli/commands/embed.py": ("tests/cli/test_embed.py",),
    "warpviz/cli/commands/explain.py": (
        "tests/cli/test_explain.py",
        "tests/cli/test_standardised.py",
    ),
    "warpviz/cli/commands/films.py": (
        "tests/cli/films/test_compared.py",
        "tests/cli/films/test_films.py",
        "tests/cli/test_tables.py",
    ),
    "warpviz/cli/commands/gallery.py": (
        "tests/cli/test_gallery.py",
        "tests/cli/misuse/test_misuse.py",
    ),
    "warpviz/cli/commands/learning.py": ("tests/cli/test_film_of_training.py",),
    "warpviz/cli/commands/landscape.py": ("tests/cli/test_landscape.py",),
    "warpviz/cli/commands/listing.py": ("tests/cli/test_models.py",),
    "warpviz/cli/commands/models.py": (
        "tests/cli/test_models.py",
        "tests/cli/test_film_of_training.py",
    ),
    "warpviz/cli/commands/planes.py": ("tests/cli/test_planes.py",),
    "warpviz/cli/commands/regions.py": ("tests/cli/test_regions_verb.py",),
    "warpviz/cli/console.py": ("tests/cli/test_streams.py",),
    "warpviz/cli/failures.py": ("tests/cli/misuse/test_misuse.py", "tests/cli/test_streams.py"),
    "warpviz/cli/flags/explain.py": ("tests/cli/test_help.py",),
    "warpviz/cli/flags/curves.py": ("tests/cli/test_help.py", "tests/cli/test_activations.py"),
    "warpviz/cli/flags/plain.py": ("tests/cli/test_help.py", "tests/cli/test_gallery.py"),
    "warpviz/cli/flags/models.py": ("tests/cli/test_help.py", "tests/cli/test_models.py"),
    "warpviz/cli/flags/files.py": ("tests/cli/test_outputs.py", "tests/cli/test_help.py"),
    "warpviz/cli/flags/films.py": (
        "tests/cli/films/test_films.py",
        "tests/cli/test_film_of_training.py",
        "tests/cli/test_help.py",
    ),
    "warpviz/cli/flags/planes.py": ("tests/cli/test_planes.py",),
    "warpviz/cli/flags/looks.py": ("tests/cli/test_themes.py", "tests/cli/test_help.py"),
    "warpviz/cli/flags/shared.py": (
        "tests/cli/films/test_films.py",
        "tests/cli/misuse/test_misuse.py",
    ),
    "warpviz/film/looks/apart.py": ("tests/film/panels/test_side_by_side.py",),
    "warpviz/picture/marks/probe.py": (
        "tests/film/insets/test_trail.py",
        "tests/player/engine/test_trail.py",
    ),
    "warpviz/cli/parser.py": ("tests/cli/test_help.py", "tests/cli/misuse/test_misuse.py"),
    "warpviz/cli/progress.py": ("tests/cli/test_streams.py",),
    "warpviz/cli/storing.py": ("tests/cli/films/test_compared.py", "tests/cli/test_models.py"),
    "warpviz/cli/subjects.py": ("tests/cli/test_models.py", "tests/cli/films/test_trained.py"),
    "warpviz/cli/verbs.py": ("tests/cli/test_help.py",),
    "warpviz/convert/jaxpr/steps.py": ("tests/convert/jaxpr/test_models.py",),
    "warpviz/convert/weights/from_safetensors.py": ("tests/convert/test_files.py",),
    "warpviz/convert/onnx/acting.py": ("tests/convert/onnx/test_onnx.py",),
    "warpviz/convert/onnx/constants.py": ("tests/convert/onnx/test_walk.py",),
    "warpviz/convert/onnx/linear_models.py": ("tests/convert/onnx/test_graph.py",),
    "warpviz/convert/onnx/reading.py": (
        "tests/convert/onnx/test_onnx.py",
        "tests/convert/test_no_mixing.py",
    ),
    "warpviz/convert/onnx/steps.py": (
        "tests/convert/onnx/test_onnx.py",
        "tests/convert/onnx/test_walk.py",
    ),
    "warpviz/convert/onnx/writing.py": ("tests/convert/onnx/test_onnx.py",),
    "warpviz/compiled.py": ("tests/picture/raster/test_kernels.py", "tests/test_stamp.py"),
    "warpviz/geometry/straight/plain_cuts.py": ("tests/geometry/straight/test_cutting.py",),
    "warpviz/convert/pairing.py": (
        "tests/film/test_build.py",
        "tests/film/panels/test_one_output.py",
        "tests/film/test_regression.py",
    ),
    "warpviz/convert/parts.py": (
        "tests/convert/test_from_torch.py",
        "tests/convert/test_from_keras.py",
    ),
    **dict.fromkeys(
        (
            "warpviz/convert/torch_graph.py",
            "warpviz/convert/torch_model.py",
            "warpviz/convert/flow.py",
            "warpviz/convert/nodes.py",
        ),
        ("tests/convert/torch/test_forwards.py", "tests/convert/test_from_torch.py"),
    ),
    "warpviz/convert/watched/runs.py": ("tests/convert/watched/test_of_torch.py",),
    "warpviz/convert/torch_steps.py": (
        "tests/convert/test_from_torch.py",
        "tests/convert/torch/test_forwards.py",
        "tests/convert/test_no_mixing.py",
    ),
    "warpviz/curves/drawable.py": ("tests/curves/test_figure.py",),
    "warpviz/curves/sampled.py": ("tests/curves/test_facts.py",),
    "warpviz/curves/words.py": ("tests/curves/test_figure.py", "tests/curves/test_film.py"),
    "warpviz/data/classic.py": ("tests/film/test_classic.py",),
    "warpviz/cli/data.py": ("tests/cli/test_data_flags.py", "tests/cli/test_models.py"),
    "warpviz/data/checks.py": ("tests/data/test_dataset.py", "tests/data/test_labels.py"),
    "warpviz/data/loading.py": (
        "tests/data/test_files.py",
        "tests/data/test_bundles.py",
        "tests/data/test_cases.py",
    ),
    "warpviz/data/reading/choosing.py": ("tests/data/reading/test_points.py",),
    "warpviz/data/reading/columns.py": (
        "tests/data/reading/test_points.py",
        "tests/data/test_tables.py",
    ),
    "warpviz/data/collections.py": ("tests/data/test_frames.py",),
    "warpviz/explain/formulas/equations.py": (
        "tests/explain/formulas/test_writing.py",
        "tests/explain/formulas/test_formula.py",
    ),
    "warpviz/explain/formulas/outlines.py": (
        "tests/explain/formulas/test_typeset.py",
        "tests/cli/test_explain.py",
    ),
    "warpviz/explain/formulas/symbols.py": ("tests/explain/formulas/test_formula.py",),
    "warpviz/explain/formulas/sympy_functions.py": (
        "tests/explain/formulas/test_formula.py",
        "tests/cli/test_explain.py",
    ),
    "warpviz/explain/graphing/graphs.py": (
        "tests/cli/test_explain.py",
        "tests/explain/graphing/test_layer_graph.py",
        "tests/explain/graphing/test_graph.py",
    ),
    "warpviz/explain/passes/checks.py": ("tests/explain/passes/test_trace.py",),
    "warpviz/explain/passes/descent.py": ("tests/explain/passes/test_trace.py",),
    "warpviz/explain/passes/loops.py": ("tests/explain/passes/test_trace.py",),
    "warpviz/explain/passes/record.py": ("tests/explain/passes/test_trace.py",),
    "warpviz/explain/passes/text.py": ("tests/explain/passes/test_trace.py",),
    "warpviz/figures/regions.py": ("tests/figures/test_tiles.py",),
    "warpviz/figures/style.py": ("tests/figures/test_state.py",),
    "warpviz/film/learnt.py": ("tests/film/test_training.py",),
    "warpviz/film/plan.py": ("tests/film/test_build.py",),
    "warpviz/film/recorder.py": (
        "tests/film/training/test_snapshots.py",
        "tests/film/test_callbacks.py",
        "tests/film/test_training.py",
    ),
    "warpviz/film/reel/budget.py": ("tests/film/reel/test_saving.py",),
    "warpviz/film/reel/notebook.py": ("tests/film/reel/test_animation.py",),
    "warpviz/film/reel/reel.py": ("tests/film/reel/test_animation.py",),
    "warpviz/film/reel/times.py": ("tests/film/reel/test_animation.py",),
    "warpviz/film/seeing.py": ("tests/film/test_build.py",),
    "warpviz/film/states/filming.py": ("tests/film/states/test_points.py",),
    "warpviz/film/states/which.py": (
        "tests/film/states/test_watched.py",
        "tests/film/states/test_points.py",
    ),
    "warpviz/film/states/given.py": ("tests/film/states/test_points.py",),
    "warpviz/geometry/straight/levels.py": ("tests/geometry/test_wide.py",),
    "warpviz/geometry/straight/parting.py": ("tests/geometry/test_tears.py",),
    "warpviz/geometry/straight/sides.py": ("tests/geometry/test_tears.py",),
    "warpviz/landscapes/figure.py": ("tests/landscapes/test_film.py",),
    "warpviz/landscapes/ground.py": (
        "tests/landscapes/test_film.py",
        "tests/landscapes/test_surface.py",
    ),
    "warpviz/landscapes/heights.py": ("tests/landscapes/test_film.py",),
    "warpviz/landscapes/line.py": ("tests/landscapes/test_film.py",),
    "warpviz/landscapes/paths.py": ("tests/landscapes/test_film.py",),
    "warpviz/landscapes/plane.py": ("tests/landscapes/test_surface.py",),
    "warpviz/measure/layers.py": ("tests/film/words/test_measures.py",),
    "warpviz/measure/measured_sheet.py": ("tests/film/words/test_measures.py",),
    "warpviz/model/activations/families.py": ("tests/model/activations/test_table.py",),
    "warpviz/model/activations/fills.py": (
        "tests/model/activations/test_table.py",
        "tests/model/activations/test_function.py",
    ),
    "warpviz/model/activations/records.py": (
        "tests/model/activations/test_table.py",
        "tests/model/activations/test_function.py",
    ),
    "warpviz/model/to_torch.py": (
        "tests/explain/passes/test_trace.py",
        "tests/convert/test_files.py",
    ),
    "warpviz/film/slides/feet.py": ("tests/film/slides/test_writing.py",),
    "warpviz/output/about.py": ("tests/output/test_stills.py", "tests/output/test_animated.py"),
    "warpviz/notebook/traits.py": ("tests/notebook/test_widget.py",),
    "warpviz/output/apng.py": ("tests/output/test_animated.py", "tests/output/test_together.py"),
    "warpviz/output/webp.py": ("tests/output/test_animated.py",),
    "warpviz/picture/film.py": ("tests/output/test_together.py", "tests/output/test_writers.py"),
    "warpviz/picture/kind.py": ("tests/film/reel/test_parallel.py",),
    "warpviz/picture/marks/outlined.py": ("tests/picture/test_classic.py",),
    "warpviz/picture/origin.py": ("tests/player/test_payload.py",),
    "warpviz/picture/raster/dots.py": (
        "tests/picture/marks/test_dots.py",
        "tests/picture/raster/test_blend.py",
    ),
    "warpviz/picture/raster/memory.py": ("tests/picture/test_paint.py",),
    "warpviz/picture/scene.py": ("tests/picture/test_paint.py", "tests/film/test_build.py"),
    "warpviz/picture/words/fonts.py": (
        "tests/picture/words/test_letters.py",
        "tests/picture/words/test_text.py",
    ),
    "warpviz/player/engine.py": (
        "tests/functions/test_printing.py",
        "tests/player/test_modules.py",
    ),
    **dict.fromkeys(
        (f"warpviz/player/hosts/{name}.py" for name in ("files", "places", "table")),
        ("tests/player/hosts/test_embed.py",),
    ),
    "warpviz/player/packing.py": ("tests/player/test_payload.py",),
    "warpviz/player/page.py": (
        "tests/player/page/test_page.py",
        "tests/player/outside/test_notebooks.py",
    ),
    "warpviz/player/panels.py": ("tests/player/test_payload.py", "tests/player/page/test_page.py"),
    "warpviz/sklearn.py": ("tests/convert/test_estimator.py",),
    "warpviz/training/failing.py": ("tests/model/test_undefined.py",),
    "warpviz/training/online.py": ("tests/approximation/test_learning.py",),
    "warpviz/version.py": ("tests/cli/test_help.py",),
}
"""Modules whose tests stand in other files: parts of one whole, or what is drawn, read or said
through others. The files named execute most lines of each."""


def own_test(module: str) -> str:
    """Where a module's own tests stand.

    >>> own_test("warpviz/film/reel/saving.py"), own_test("warpviz/theme.py")
    ('tests/film/reel/test_saving.py', 'tests/test_theme.py')
    """
    path = Path(module)
    return str(Path("tests", *path.parts[1:-1], f"test_{path.stem}.py"))


def homes_of(module: str) -> tuple[str, ...]:
    """The files that test a module: its own, or those that the table names."""
    return ELSEWHERE.get(module, (own_test(module),))
