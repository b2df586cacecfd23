"""What is to be said of creases and boundaries that are more lines than a picture can show."""

from collections.abc import Iterable, Iterator

from warpviz.geometry.sheet import BOUNDARY, LeftOut
from warpviz.geometry.straight.bends import bends_of
from warpviz.languages.language import ENGLISH, Language
from warpviz.model.chain import Chain
from warpviz.model.residual import number_of


def left_out_notes(
    chain: Chain, left_out: Iterable[LeftOut], say: Language = ENGLISH
) -> Iterator[str]:
    """A sentence for each layer of a chain whose creases are not all drawn, and its boundary."""
    for layer, least, drawn in left_out:
        if layer == BOUNDARY:
            yield say(
                "the class changes in more places than a picture can show; the boundary is not "
                "drawn, and the colours of the sheet are sampled."
            )
            continue
        names = dict.fromkeys(bend.function.name for bend in bends_of(chain, layer))
        yield say(
            "layer {layer} ({activation}) bends the sheet along at least {count} lines, more than "
            "a picture can show; {drawn} of them are drawn.",
            layer=str(number_of(chain, layer)),
            activation=", ".join(names),
            count=f"{least:,}",
            drawn=f"{drawn:,}",
        )
