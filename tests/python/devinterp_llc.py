"""The local learning coefficient of a denoiser by devinterp 2, on given weights and samples: devinterp_llc.py file.json"""

import json
import sys

import torch
from datasets import Dataset
from devinterp.slt.llc import llc

given = json.load(open(sys.argv[1]))
torch.set_num_threads(1)
x = torch.tensor(given["x"])
on = torch.tensor(given["on"])


class Denoiser(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = torch.nn.Parameter(torch.tensor(given["encoder"]))
        self.decoder = torch.nn.Parameter(torch.tensor(given["decoder"]))

    def forward(self, x):
        return torch.tanh(x @ self.encoder) ** 3 @ self.decoder.T


def objective(model, input_ids):
    """A sample's number stands for it; its loss, with the ridge, is that of the one token that follows."""
    sample = input_ids[:, 0]
    y, target = model(x[sample]), on[sample]
    weight = 1 + (given["lambdaOn"] - 1) * target
    ridge = given["decoderRidge"] * (model.decoder**2).sum() + given["encoderRidge"] * (model.encoder**2).sum()
    return ((weight * (y - target) ** 2).sum(1) + ridge)[:, None]


result = llc(
    Denoiser(),
    Dataset.from_dict({"input_ids": [[i, 0] for i in range(len(x))]}).with_format("torch"),
    {},
    lr=given["lr"],
    n_beta=given["nBeta"],
    localization=given["localization"],
    num_chains=given["chains"],
    num_draws=given["settling"] + given["steps"],
    batch_size=len(x),
    num_init_loss_batches=1,
    device="cpu",
    loss_fn=objective,
)
trace = result["loss_trace"].values[:, given["settling"] :]
start = float(result["init_loss"])
chains = (given["nBeta"] * (trace.mean(1) - start)).tolist()
print(json.dumps({"atStart": start, "chains": chains}))
