"""The traits of a laboratory in a notebook; needs anywidget."""

from typing import Any

import numpy as np
import traitlets

from warpviz.data.dataset import Dataset
from warpviz.errors import WarpvizError
from warpviz.laboratory.handed import check_chain, check_data, layers_of
from warpviz.laboratory.making import HEIGHT, Lab
from warpviz.model.chain import Chain
from warpviz.model.layers import Dense, Softmax
from warpviz.notebook.twoway import TwoWay
from warpviz.player.page import MOST

SHARED = ("theme", "chain", "data", "step")
"""What both sides may set, in the order in which a page takes them."""
WIDTH = 1400
"""CSS pixels of a laboratory at most."""


def _layers(chain: Chain, widget: Any) -> list[dict[str, Any]]:
    return layers_of(chain)


def _chain(layers: list[dict[str, Any]], widget: Any) -> Chain:
    dense = [Dense(each["weight"], each["bias"], each["activation"]) for each in layers]
    return Chain([*dense, Softmax()])


def _points(data: Dataset, widget: Any) -> dict[str, Any]:
    return {"x": data.x.tolist(), "y": data.y.tolist(), "class_names": list(data.class_names)}


def _dataset(told: dict[str, Any], widget: Any) -> Dataset:
    return Dataset(
        np.asarray(told["x"], dtype=np.float64).reshape(-1, 2),
        np.asarray(told["y"], dtype=np.int64),
        tuple(told["class_names"]),
    )


class Held(TwoWay):
    """See `LabWidget`."""

    chain = traitlets.Any().tag(sync=True, to_json=_layers, from_json=_chain)
    data = traitlets.Any().tag(sync=True, to_json=_points, from_json=_dataset)
    step = traitlets.Float(0.0).tag(sync=True)
    theme = traitlets.Unicode("dark").tag(sync=True)

    def __init__(self, lab: Lab, *, step: float, theme: str | None) -> None:
        """Make the page of a laboratory."""
        text = lab.to_html()
        if len(text) > MOST:
            raise WarpvizError(
                f"widget expects a laboratory of at most {MOST / 1e6:.0f} MB, got "
                f'{len(text) / 1e6:.0f} MB; save it with .save("lab.html").'
            )
        super().__init__(
            SHARED, _page=text, _title=lab.title, _size=[WIDTH, HEIGHT], _autoplay="0",
            chain=lab.chain, data=lab.data, step=step, theme=theme or lab.theme,
        )  # fmt: skip

    @traitlets.validate("chain")
    def _chain_held(self, proposal: Any) -> Chain:
        chain = proposal["value"]
        if not isinstance(chain, Chain):
            raise WarpvizError(f"chain expects a Chain, got {chain!r:.40}.")
        check_chain(chain)
        return chain

    @traitlets.validate("data")
    def _data_held(self, proposal: Any) -> Dataset:
        data = proposal["value"]
        if not isinstance(data, Dataset):
            raise WarpvizError(f"data expects a Dataset, got {data!r:.40}.")
        check_data(data)
        return data
