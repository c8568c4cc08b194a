"""Reads weights.safetensors and denoiser.onnx with other people's readers and computes the outputs for given inputs.

Usage: compare_inference.py RUN INPUTS OUT. INPUTS is a .safetensors with `x` [batch, d]. Writes `onnxruntime` and
`linear` [batch, d] to OUT: from denoiser.onnx in Python's ONNX Runtime, and from the two weight matrices as bias-free
Linear layers (PyTorch's where it is installed, else NumPy's x @ W.T). The activation is tanh cubed.
"""

import sys

import numpy as np
import onnx
import onnxruntime
from safetensors.numpy import load_file, save_file

run, inputs, out = sys.argv[1:]
x = load_file(inputs)["x"]
onnx.checker.check_model(f"{run}/denoiser.onnx", full_check=True)
session = onnxruntime.InferenceSession(f"{run}/denoiser.onnx", providers=["CPUExecutionProvider"])
(by_onnxruntime,) = session.run(["y"], {"x": x})

weights = load_file(f"{run}/weights.safetensors")
encoder, decoder = weights["encoder.weight"], weights["decoder.weight"]
try:
    import torch

    with torch.no_grad():
        first = torch.nn.Linear(encoder.shape[1], encoder.shape[0], bias=False)
        second = torch.nn.Linear(decoder.shape[1], decoder.shape[0], bias=False)
        first.load_state_dict({"weight": torch.from_numpy(encoder)})
        second.load_state_dict({"weight": torch.from_numpy(decoder)})
        by_linear = second(torch.tanh(first(torch.from_numpy(x))) ** 3).numpy()
    print("torch", torch.__version__)
except ImportError:
    by_linear = np.tanh(x @ encoder.T) ** 3 @ decoder.T
    print("numpy", np.__version__)
save_file({"onnxruntime": by_onnxruntime, "linear": by_linear}, out)
