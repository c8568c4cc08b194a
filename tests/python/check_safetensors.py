"""Reads weights that Pinfield wrote with the safetensors library, checks them, and writes them back with it.

usage: python3 check_safetensors.py WRITTEN_BY_PINFIELD TO_BE_READ_BY_PINFIELD

Feature i and neuron j are expected to hold E[j, i] = i + j / 8 and D[i, j] = -(i + j / 8).
"""

import sys

import numpy
from safetensors import safe_open
from safetensors.numpy import load_file, save_file

written, to_be_read = sys.argv[1:]
weights = load_file(written)
features, hidden = weights["decoder.weight"].shape
neuron, feature = numpy.meshgrid(numpy.arange(hidden), numpy.arange(features), indexing="ij")
encoder = (feature + neuron / 8).astype(numpy.float32)

assert set(weights) == {"encoder.weight", "decoder.weight"}, set(weights)
assert all(matrix.dtype == numpy.float32 for matrix in weights.values())
numpy.testing.assert_array_equal(weights["encoder.weight"], encoder)
numpy.testing.assert_array_equal(weights["decoder.weight"], -encoder.T)
with safe_open(written, framework="numpy") as file:
    assert file.metadata()["format"] == "pt", file.metadata()

save_file({name: numpy.ascontiguousarray(matrix) for name, matrix in weights.items()}, to_be_read)
