"""The loss as it is usually trained: every step draws supports and noise, the d-wide output is formed (dense form)."""

import torch


class Sampled:
    """Draws iid supports of two features and Gaussian noise; the loss of a batch is their mean."""

    def __init__(self, job, device):
        self.features, self.batch = job["features"], job["batch"]
        self.deviation = job["noiseVariance"] ** 0.5
        self.device = device

    def draw(self):
        """Two distinct features a sample, and x = x* + ξ."""
        first = torch.randint(self.features, (self.batch, 1), device=self.device)
        second = torch.randint(self.features - 1, (self.batch, 1), device=self.device)
        support = torch.cat([first, second + (second >= first)], 1)
        x = torch.empty(self.batch, self.features, device=self.device).normal_(0, self.deviation)
        x.scatter_add_(1, support, torch.ones_like(support, dtype=x.dtype))
        return x, support


def sampled_loss(encoder, decoder, drawn, lambda_on, decoder_ridge):
    """Mean over the batch of Σ_all y² + Σ_on [λ(y − 1)² − y²], plus the ridge. Feature-major weights [d, h]."""
    x, support = drawn
    y = torch.tanh(x @ encoder) ** 3 @ decoder.T
    on = y.gather(1, support)
    data = (y * y).sum() + (lambda_on * (on - 1) ** 2 - on * on).sum()
    return data / x.shape[0] + decoder_ridge * (decoder * decoder).sum()
