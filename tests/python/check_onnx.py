"""Checks ONNX models with the reference checker, shape inference included.

usage: python3 check_onnx.py MODEL.onnx...

Prints how many models were checked. Every node must have a name of its own and every output the shape that inference
finds, so that the models read well in a viewer.
"""

import sys

import onnx


def graphs_of(graph):
    """The graph and those of the bodies inside it."""
    yield graph
    for node in graph.node:
        for attribute in node.attribute:
            if attribute.HasField("g"):
                yield from graphs_of(attribute.g)


def check(path):
    model = onnx.load(path)
    onnx.checker.check_model(model, full_check=True)
    onnx.shape_inference.infer_shapes(model, check_type=True, strict_mode=True, data_prop=True)
    names = [node.name for graph in graphs_of(model.graph) for node in graph.node]
    assert all(names), "a node has no name"
    assert len(set(names)) == len(names), "two nodes have the same name"


paths = sys.argv[1:]
for path in paths:
    try:
        check(path)
    except Exception as error:
        sys.exit(f"{path}: {error}")
print(len(paths))
