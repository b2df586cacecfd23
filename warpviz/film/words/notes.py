"""What whoever made a film should know: what is added, left out or sampled."""

from collections.abc import Sequence
from pathlib import Path

from warpviz.film.insets.basis import basis_notes
from warpviz.film.insets.room import network_notes
from warpviz.film.panel import thinned_note
from warpviz.film.plan import Plan
from warpviz.geometry.hidden import NARROW
from warpviz.geometry.straight.pieces import is_piecewise_linear
from warpviz.model.binary import adds_zero
from warpviz.picture.scene import Panel
from warpviz.picture.words.letters import font_notes
from warpviz.picture.words.text import text_width


def notes_of(
    plans: Sequence[Plan], panels: Sequence[Panel], title: str, font: Path, parts: frozenset[str]
) -> tuple[str, ...]:
    """A sentence for each thing that a film does not show as it is."""
    return (
        *_one_output(plans),
        *thinned_note(panels[0], plans[0].data),
        *_sampled(panels, plans),
        *_narrow(panels),
        *_cut(panels, font),
        *basis_notes(panels, parts),
        *network_notes(panels, plans[0].look.network),
        *font_notes((title, *(plan.title for plan in plans), *plans[0].data.class_names), font),
    )


def _one_output(plans: Sequence[Plan]) -> list[str]:
    """What is to be said of models with one output that tell two classes apart."""
    return [
        f"{plan.title + ': ' if plan.title else ''}the model has one output z; its two logits here "
        "are z₁ = 0, which is added, and z₂ = z, so that the second class has probability σ(z)."
        for plan in plans
        if len(logits := plan.chain.logits()) and adds_zero(logits[len(logits) - 1])
    ]


def _sampled(panels: Sequence[Panel], plans: Sequence[Plan]) -> list[str]:
    """What is to be said of sheets with too many folds for exact cells."""
    return [
        f"{panel.title + ': ' if panel.title else ''}the network folds the sheet into more linear "
        "pieces than can be cut; its folds are sampled here, not exact."
        for panel, plan in zip(panels, plans, strict=True)
        if is_piecewise_linear(plan.play.chain) and not panel.sheet.exact
    ]


def _narrow(panels: Sequence[Panel]) -> list[str]:
    """What is to be said of smooth networks that may bend within less than the grid sees."""
    return [
        f"{panel.title + ': ' if panel.title else ''}{NARROW}"
        for panel in panels
        if panel.sheet.unsure
    ]


def _cut(panels: Sequence[Panel], font: Path) -> list[str]:
    """What is to be said of titles that are longer than their panels are wide."""
    cut = [
        panel.title
        for panel in panels
        if text_width(panel.title, font, panel.layout.em) > panel.layout.caption_width
    ]
    names = ", ".join(f"'{title}'" for title in cut)
    return [f"The titles {names} are cut; a larger size shows them whole."] if cut else []
