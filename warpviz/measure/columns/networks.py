"""Columns of a whole network: what its weights have become."""

from warpviz.measure.columns.column import Column
from warpviz.measure.known import Network
from warpviz.measure.networks.sharpness import sharpness
from warpviz.measure.networks.units import dead_units, total_norm, weight_norms

NETWORKS: tuple[Column[Network], ...] = (
    Column(
        "dead_units",
        "core",
        "Units whose slope is below 1e-9 at every point: no gradient passes them.",
        "count",
        "after Lu, Shin, Su & Karniadakis 2019, arXiv:1903.06733",
        int,
        lambda network: dead_units(network.chain, network.data.x),
    ),
    Column(
        "weight_norm",
        "core",
        "√Σθ² over all weights and biases.",
        "",
        "",
        float,
        lambda network: total_norm(network.chain),
    ),
    Column(
        "weight_norms",
        "core",
        "Frobenius norm ‖W‖ of the weights of every layer, the first to act first.",
        "",
        "",
        list,
        lambda network: list(weight_norms(network.chain)),
    ),
    Column(
        "sharpness",
        "core",
        "Largest eigenvalue of the Hessian of the mean cross entropy by all parameters, with exact "
        "products and Lanczos' method.",
        "nat",
        "Cohen, Kaur, Li, Kolter & Talwalkar 2021, arXiv:2103.00065",
        float,
        lambda network: sharpness(network.chain, network.data.x, network.data.y),
    ),
)
