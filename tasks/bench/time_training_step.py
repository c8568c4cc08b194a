"""Times the training step in PyTorch: the same network, loss and Adam, in the dense form, as a peer for the bench.

Usage: time_training_step.py FEATURES HIDDEN BATCH STEPS REPEATS DEVICE [compile]. Prints the median seconds a step.
"""

import statistics
import sys
import time

import torch

features, hidden, batch, steps, repeats = map(int, sys.argv[1:6])
device = sys.argv[6]
torch.manual_seed(0)
deviation = 0.03 * (2 / (features + hidden)) ** 0.5
encoder = (deviation * torch.randn(hidden, features, device=device)).requires_grad_()
decoder = (deviation * torch.randn(features, hidden, device=device)).requires_grad_()
optimizer = torch.optim.Adam([encoder, decoder], lr=1e-3)
rows = torch.arange(batch, device=device)[:, None]


def objective():
    first = torch.randint(features, (batch,), device=device)
    second = torch.randint(features - 1, (batch,), device=device)
    support = torch.stack([first, second + (second >= first)], 1)
    target = torch.zeros(batch, features, device=device)
    target[rows, support] = 1
    x = target + 0.005**0.5 * torch.randn(batch, features, device=device)
    y = torch.tanh(x @ encoder.T) ** 3 @ decoder.T
    weight = 1 + 15 * target
    return (weight * (y - target) ** 2).sum() / batch + 0.03 * (decoder**2).sum()


if sys.argv[7:] == ["compile"]:
    objective = torch.compile(objective)


def run(count):
    for _ in range(count):
        optimizer.zero_grad(set_to_none=True)
        objective().backward()
        optimizer.step()
    if device == "cuda":
        torch.cuda.synchronize()


run(3)
seconds = []
for _ in range(repeats):
    started = time.perf_counter()
    run(steps)
    seconds.append((time.perf_counter() - started) / steps)
print(statistics.median(seconds))
