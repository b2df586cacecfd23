"""A film of training in words, for those who cannot see it."""

from collections.abc import Sequence

from warpviz.data.dataset import Dataset
from warpviz.film.learners import Learner
from warpviz.film.learnt import shown_layer, state_name
from warpviz.languages.language import Language
from warpviz.model.layers import Dense, steps_of
from warpviz.picture.scene import Panel


def learning_words(
    learners: Sequence[Learner],
    panels: Sequence[Panel],
    layer: int | None,
    data: Dataset,
    say: Language,
) -> str:
    """What moves, and how the losses fall."""
    texts = []
    for each, panel in zip(learners, panels, strict=True):
        chain = each.chains[-1]
        who = each.title or say("a network")
        shown = shown_layer(chain, layer)
        moves = say("{state} moves", state=state_name(chain, shown, say))
        if not shown:
            drawn = {line.kind for line in panel.sheet.lines if line.keyframe is not None}
            moves = say("in the plane of the input the tint changes")
            if {"crease", "boundary"} <= drawn:
                moves = say("in the plane of the input the creases and the boundary move")
            elif "crease" in drawn:
                moves = say("in the plane of the input the creases move")
            elif "boundary" in drawn:
                moves = say("in the plane of the input the boundary moves")
        widths = (
            chain.widths[0],
            *(one.n_out for one in steps_of(chain) if isinstance(one, Dense)),
        )
        texts.append(
            say(
                "{who} of widths {widths} learns {data} over {epochs} epochs: {what} as the "
                "weights change, while the loss goes from {first} to {last}",
                who=who,
                widths="-".join(map(str, widths)),
                data=data.name,
                epochs=f"{each.epochs[-1]:g}",
                what=moves,
                first=f"{each.losses[0]:.3g}",
                last=f"{each.losses[-1]:.3g}",
            )
        )
    return say("How {sentence}.", sentence=say("; ").join(texts))
