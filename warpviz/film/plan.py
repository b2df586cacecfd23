"""What each panel of a film will show: a plan, filled in step by step.

models, data ── paired ──► plans ── captions ──► ── measured ──► ── composed ──► panels
"""

from dataclasses import dataclass

from warpviz.data.dataset import Dataset
from warpviz.film.looks.look import Look
from warpviz.film.options import Staging
from warpviz.film.play import Play
from warpviz.model.chain import Chain
from warpviz.motion.projection import Projection
from warpviz.picture.layout import PanelLayout


@dataclass(frozen=True, eq=False)
class Plan:
    """One panel, before it is computed.

    Attributes:
        title: over the panel, "" for none.
        chain: the whole model, for its predictions.
        data: what the dots are.
        play: its acts, with the captions that they have so far.
        look: of this panel.
        staging: of this panel.
        views: how each of its states is seen.
        layout: its places; None until there are captions to find room for.
        notes: a line of measures a stop, () for none.
    """

    title: str
    chain: Chain
    data: Dataset
    play: Play
    look: Look
    staging: Staging
    views: tuple[Projection, ...]
    layout: PanelLayout | None = None
    notes: tuple[str, ...] = ()

    @property
    def place(self) -> PanelLayout:
        """Its places, once it has them."""
        assert self.layout is not None
        return self.layout
