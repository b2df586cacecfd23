"""What whoever made a film should know: what is added, left out or sampled."""

from collections.abc import Sequence
from pathlib import Path

from warpviz.figures.crowded import left_out_notes
from warpviz.film.insets.basis import basis_notes
from warpviz.film.insets.room import network_notes
from warpviz.film.panel import thinned_note
from warpviz.film.plan import Plan
from warpviz.geometry.curved.hidden import NARROW
from warpviz.geometry.straight.pieces import is_piecewise_linear
from warpviz.languages.language import Language
from warpviz.model.binary import adds_zero
from warpviz.picture.scene import Panel
from warpviz.picture.words.letters import font_notes
from warpviz.picture.words.text import text_width


def notes_of(
    plans: Sequence[Plan], panels: Sequence[Panel], title: str, font: Path, parts: frozenset[str]
) -> tuple[str, ...]:
    """A sentence for each thing that a film does not show as it is."""
    say = plans[0].look.say
    return (
        *_one_output(plans),
        *thinned_note(panels[0], plans[0].data, say),
        *_sampled(panels, plans),
        *_narrow(panels, say),
        *_left_out(panels, plans),
        *_cut(panels, font, say),
        *basis_notes(panels, parts, say),
        *network_notes(panels, plans[0].look.network, say),
        *font_notes(_texts(plans, title), font, say),
    )


def _texts(plans: Sequence[Plan], title: str) -> list[str]:
    """All that is written into the picture."""
    plays = [plan.play for plan in plans]
    said = [text for play in plays for text in (*play.stops, *play.doing, *play.remarks)]
    return [title, *(plan.title for plan in plans), *said, *plans[0].data.class_names]


def _one_output(plans: Sequence[Plan]) -> list[str]:
    """What is to be said of models with one output that tell two classes apart."""
    return [
        _of(
            plan.title,
            plan.look.say(
                "the model has one output z; its two logits here are z₁ = 0, which is added, and "
                "z₂ = z, so that the second class has probability σ(z)."
            ),
            plan.look.say,
        )
        for plan in plans
        if len(logits := plan.chain.logits()) and adds_zero(logits[len(logits) - 1])
    ]


def _sampled(panels: Sequence[Panel], plans: Sequence[Plan]) -> list[str]:
    """What is to be said of sheets with too many folds for exact cells."""
    return [
        _of(
            panel.title,
            plan.look.say(
                "the network folds the sheet into more linear pieces than can be cut; its folds "
                "are sampled here, not exact."
            ),
            plan.look.say,
        )
        for panel, plan in zip(panels, plans, strict=True)
        if is_piecewise_linear(plan.play.chain) and not panel.sheet.exact
    ]


def _of(title: str, sentence: str, say: Language) -> str:
    """A sentence about one panel of several."""
    return say("{who}: {what}", who=title, what=sentence) if title else sentence


def _narrow(panels: Sequence[Panel], say: Language) -> list[str]:
    """What is to be said of smooth networks that may bend within less than the grid sees."""
    return [_of(panel.title, say(NARROW), say) for panel in panels if panel.sheet.unsure]


def _left_out(panels: Sequence[Panel], plans: Sequence[Plan]) -> list[str]:
    """What is to be said of layers that bend the sheet along more lines than are drawn."""
    return [
        _of(panel.title, sentence, plan.look.say)
        for panel, plan in zip(panels, plans, strict=True)
        for sentence in left_out_notes(plan.play.chain, panel.sheet.left_out, plan.look.say)
    ]


def _cut(panels: Sequence[Panel], font: Path, say: Language) -> list[str]:
    """What is to be said of titles that are longer than their panels are wide."""
    cut = [
        panel.title
        for panel in panels
        if text_width(panel.title, font, panel.layout.em) > panel.layout.caption_width
    ]
    names = say(", ").join(f"'{title}'" for title in cut)
    told = say("The titles {names} are cut; a larger size shows them whole.", names=names)
    return [told] if cut else []
