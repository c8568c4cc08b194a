"""Checks Pinfield's algorithm in PyTorch: its loss against an average over sampled noise, its gradients against differences.

Usage: check_averaged_loss.py FOLDER, the folder of averaged.py.
"""

import sys

import torch

sys.path.insert(0, sys.argv[1])
from averaged import Averaged, Gram, Permute, QuadraticForm, averaged_loss  # noqa: E402

torch.manual_seed(1)
torch.set_default_dtype(torch.float64)
features, hidden, active, noise_variance, lambda_on, ridge = 60, 20, 2, 0.005, 16, 0.03


# A decoder of the encoder's signs, so that features are found and what the noise adds is no small part of the loss.
signs = torch.randint(-1, 2, (features, hidden)) * (torch.rand(features, hidden) < 0.25)
encoder = 1.6 * signs + 0.1 * torch.randn(features, hidden)
decoder = 0.4 * signs + 0.05 * torch.randn(features, hidden)


def check_loss(batch, samples=40000):
    job = {"features": features, "batch": batch, "activeFeatures": active, "nodes": 7}
    source = Averaged(job, "cpu")
    orders, nodes = source.draw(), source.quadrature
    closed = averaged_loss(encoder, decoder, orders, nodes, batch, active, noise_variance, lambda_on, ridge)
    silent = averaged_loss(encoder, decoder, orders, nodes, batch, active, 1e-12, lambda_on, ridge)
    supports = torch.cat([order[: features // active * active].view(-1, active) for order, _ in orders])[:batch]
    assert len(supports) == batch
    means = torch.empty(batch)
    errors = torch.empty(batch)
    for row, support in enumerate(supports):
        x = noise_variance**0.5 * torch.randn(samples, features)
        x[:, support] += 1
        y = torch.tanh(x @ encoder) ** 3 @ decoder.T
        on = y[:, support]
        values = (y * y).sum(1) + (lambda_on * (on - 1) ** 2 - on * on).sum(1)
        means[row], errors[row] = values.mean(), values.std() / samples**0.5
    sampled = means.mean() + ridge * (decoder**2).sum()
    error = (errors**2).sum().sqrt() / batch
    noise = sampled - silent
    print(f"batch {batch}: closed form {closed:.5f}, sampled {sampled:.5f} ± {error:.5f}, of which noise {noise:.5f}")
    # What first order of Mehler's expansion and seven nodes leave out.
    assert abs(closed - sampled) < 3 * error + 2e-3 * noise.abs(), (closed, sampled, error)


for batch in (30, 75):
    check_loss(batch)

x = torch.randn(6, 4, requires_grad=True)
square = torch.randn(4, 4, requires_grad=True)
order = torch.randperm(6)
assert torch.autograd.gradcheck(lambda rows: Permute.apply(rows, order, torch.argsort(order)), [x])
assert torch.autograd.gradcheck(Gram.apply, [x])
assert torch.autograd.gradcheck(lambda rows, half: QuadraticForm.apply(rows, half + half.T), [x, square])
