"""Pinfield's algorithm in PyTorch: the average over the noise in closed form, supports cut from permutations.

Given the support I, z_j is Gaussian with mean s_j = Σ_I E_ji and variance v_j = σ²‖E_j‖². With the one-dimensional averages
m = E φ(z), q = E φ(z)², a = E φ(z)t over z = s + √v t, and R the correlation matrix of z, the covariance of φ(z_j) and
φ(z_k) is a_j a_k R_jk to first order of Mehler's expansion off the diagonal, and exactly q − m² on it.
"""

import numpy
import torch


class Permute(torch.autograd.Function):
    """Rows in the order of a permutation; backwards a gather by its inverse, where autograd would scatter."""

    @staticmethod
    def forward(context, rows, order, inverse):
        context.save_for_backward(inverse)
        return rows[order]

    @staticmethod
    def backward(context, gradient):
        (inverse,) = context.saved_tensors
        return gradient[inverse], None, None


class Gram(torch.autograd.Function):
    """XᵀX; one product backwards, where autograd would do two."""

    @staticmethod
    def forward(context, x):
        context.save_for_backward(x)
        return x.T @ x

    @staticmethod
    def backward(context, gradient):
        (x,) = context.saved_tensors
        return x @ (gradient + gradient.T)


class QuadraticForm(torch.autograd.Function):
    """xᵀMx for every row x and a symmetric M; the product with M is kept for the way back."""

    @staticmethod
    def forward(context, x, matrix):
        product = x @ matrix
        context.save_for_backward(x, product)
        return (x * product).sum(1)

    @staticmethod
    def backward(context, gradient):
        x, product = context.saved_tensors
        scaled = gradient[:, None] * x
        return 2 * gradient[:, None] * product, x.T @ scaled


class Averaged:
    """Draws supports alone: permutations of the features, cut into sets of k."""

    def __init__(self, job, device):
        self.features, self.batch, self.active = job["features"], job["batch"], job["activeFeatures"]
        self.device = device
        nodes, weights = numpy.polynomial.hermite_e.hermegauss(job["nodes"])
        self.quadrature = list(zip(nodes.tolist(), (weights / weights.sum()).tolist()))

    def draw(self):
        """Permutations and their inverses, as many as the batch needs; the last one may be used in part."""
        a_pass = self.features // self.active
        passes = -(-self.batch // a_pass)
        orders = [torch.randperm(self.features, device=self.device) for _ in range(passes)]
        return [(order, torch.argsort(order)) for order in orders]


def averages(mean, deviation, quadrature):
    """m, q and a = E φ(z)t by Gauss–Hermite nodes and weights."""
    m, q, a = 0, 0, 0
    for node, weight in quadrature:
        activation = torch.tanh(mean + node * deviation) ** 3
        m = m + weight * activation
        q = q + weight * activation * activation
        a = a + (weight * node) * activation
    return m, q, a


def averaged_loss(encoder, decoder, orders, quadrature, batch, active, noise_variance, lambda_on, decoder_ridge):
    """The loss averaged over the noise, of the first `batch` supports. Feature-major weights [d, h]."""
    features, hidden = encoder.shape
    sets = features // active

    def gathered(matrix):
        """Rows of the features of each support, [batch, k, h]."""
        passes = [Permute.apply(matrix, *order)[: sets * active].view(sets, active, hidden) for order in orders]
        return torch.cat(passes)[:batch] if len(passes) > 1 else passes[0][:batch]

    covariance = noise_variance * Gram.apply(encoder)
    deviation = covariance.diagonal().sqrt()
    correlation = covariance / (deviation[:, None] * deviation)
    gram = Gram.apply(decoder)
    m, q, a = averages(gathered(encoder).sum(1), deviation, quadrature)
    rest = q - m * m - a * a

    rows = gathered(decoder)
    all_squares = (
        QuadraticForm.apply(m, gram)
        + QuadraticForm.apply(a, gram * correlation)
        + (rest * gram.diagonal()).sum(1)
    )
    on = (rows * m[:, None, :]).sum(2)
    spread = (rows * a[:, None, :]).reshape(-1, hidden)
    variance = QuadraticForm.apply(spread, correlation).view(-1, active) + (rows * rows * rest[:, None, :]).sum(2)
    on_terms = lambda_on * (on - 1) ** 2 - on * on + (lambda_on - 1) * variance
    return (all_squares.sum() + on_terms.sum()) / batch + decoder_ridge * (decoder * decoder).sum()
