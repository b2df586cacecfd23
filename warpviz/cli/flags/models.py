"""The flags of the verbs about a model from a file."""

from argparse import ArgumentParser

from warpviz.cli.flags import looks, planes
from warpviz.cli.flags import shared as flags


def inspect(parser: ArgumentParser) -> None:
    """Flags of inspect."""
    parser.add_argument(
        "file", metavar="MODEL", help="a .npz, .json, .onnx, .safetensors or .mat model"
    )
    parser.add_argument("--json", action="store_true", help="the same as JSON")
    planes.plane(parser)
    flags.data(parser)
    flags.limits(parser)


def regions(parser: ArgumentParser) -> None:
    """Flags of regions."""
    parser.add_argument(
        "file", metavar="MODEL", help="a .npz, .json, .onnx, .safetensors or .mat model"
    )
    flags.output(parser, "FILE", ".svg, .pdf or .png (regions.svg; with --json none); repeats")
    parser.add_argument(
        "--json", action="store_true", help="print regions, affine pieces, creases and areas"
    )
    planes.plane(parser)
    flags.data(parser)
    flags.limits(parser, "of the rectangle (-1,1,-1,1; with --data a little more than the data)")
    looks.theme(parser, "light")


def convert(parser: ArgumentParser) -> None:
    """Flags of convert."""
    parser.add_argument(
        "file", metavar="MODEL", help="a .npz, .json, .onnx, .safetensors or .mat model"
    )
    flags.output(parser, "FILE", "the model to write, .npz, .json or .onnx; repeats")
