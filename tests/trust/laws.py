"""The laws of `warpviz`, each in as many examples as one asks for.

They are the property tests that stand beside what they are about; here they are run with other
examples than every day: `--count` of each, by the seed.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.etree import ElementTree

from tests.examples import ASKED

ROOT = Path(__file__).resolve().parents[2]
CHEAP = (
    # A prefix of a chain is a chain, and its states are those of the whole.
    "tests/model/test_chain.py::test_laws",
    # Keyframes are hit exactly; the classic clock inserts midpoints.
    "tests/motion/test_trajectory.py::test_classic_frames_are_midpoints_of_midpoints",
    "tests/motion/test_interpolate.py::test_a_swing_begins_at_its_points_and_ends_at_the_map",
    # relu on its way is leaky relu.
    "tests/motion/test_interpolate.py::test_relu_lerped_is_leaky_relu_of_slope_one_less_t",
    # Polar motion keeps the determinant above 0, and ends at the map.
    "tests/motion/test_polar.py::test_both_ends_are_hit",
    "tests/motion/test_polar.py::test_determinant_stays_positive",
    # Cuts are straight, and cover the plane once.
    "tests/geometry/straight/test_cutting.py::test_graph_paper_is_cut_like_one_sheet",
    # A patch brings the picture up to date.
    "tests/output/test_changes.py::test_a_patch_brings_the_picture_up_to_date",
)
"""Those of which an example takes some two thousandths of a second at most: many in every run."""
DEAR = (
    "tests/motion/test_polar.py::test_stretch_is_the_root_of_the_gram_matrix",
    "tests/motion/test_rotation.py::test_canonical_axes_depend_on_the_subspace_alone",
    "tests/motion/test_interpolate.py::test_lerp_is_the_straight_line",
    "tests/model/test_chain.py::test_backward_matches_differences",
    "tests/motion/test_trajectory.py::test_every_keyframe_is_hit_exactly",
    "tests/motion/test_trajectory.py::test_paths_have_no_jumps_at_stops",
    "tests/motion/test_trajectory.py::test_some_of_the_points_move_as_they_do_among_all",
    "tests/motion/test_interpolate.py::test_a_swing_does_not_jump",
    "tests/motion/test_interpolate.py::test_a_fitted_swing_hits_both_ends",
    "tests/motion/test_projection.py::test_projecting_keyframes_is_projecting_frames_under_lerp",
    "tests/motion/test_projection.py::test_what_is_seen_hits_its_keyframes_and_does_not_jump",
    "tests/motion/test_polar.py::test_rotation_is_orthogonal_and_has_no_jump",
    "tests/motion/test_polar.py::test_no_choice_of_the_library_changes_the_film",
    "tests/motion/test_rotation.py::test_every_plane_turns_by_t_times_its_angle",
    "tests/motion/test_timeline.py::test_laws_of_the_clock",
    "tests/motion/test_timeline.py::test_an_act_lasts_about_its_seconds",
    "tests/geometry/straight/test_regions.py::test_every_segment_stays_straight_at_every_keyframe",
    "tests/geometry/straight/test_regions.py::test_cells_are_affine_and_of_one_class",
    "tests/geometry/test_boundary.py::test_the_largest_logits_agree_all_along",
    "tests/output/test_gif.py::test_any_film_comes_back",
)
"""The others."""


def attack(count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Try every law with so many examples; yield each, and what contradicts it.

    One after the other: a run of hours that is ended tells what it has tried until then.
    """
    for law in (*CHEAP, *DEAR):
        yield from tried((law,), count, seed)


def tried(laws: Sequence[str], count: int, seed: int) -> Iterator[tuple[str, str]]:
    """Run tests with so many examples each; yield each, and the end of what it tells."""
    with tempfile.TemporaryDirectory() as place:
        report = Path(place, "report.xml")
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}",
             f"--hypothesis-seed={seed}", *laws],
            cwd=ROOT, env={**os.environ, ASKED: str(count)}, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        if not report.exists():
            raise RuntimeError(done.stdout[-2000:] + done.stderr[-2000:])
        cases = list(ElementTree.parse(report).iter("testcase"))
    if len(cases) != len(laws):
        raise RuntimeError(f"{len(cases)} of {len(laws)} were run: {done.stdout[-2000:]}")
    for case in cases:
        ended = [each for each in case if each.tag in ("failure", "error", "skipped")]
        told = "; ".join((each.text or each.get("message") or each.tag)[-800:] for each in ended)
        yield f"{case.get('name')} ({count:,} examples, {float(case.get('time', 0)):.0f} s)", told
