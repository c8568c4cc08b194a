"""Trains one experiment in PyTorch and says how long it took: the peer of Pinfield's own training in the bench.

Usage: train.py JOB.json. The job's keys are those of `peerJob` in peer.ts and `runJob` in ../job.ts. Trains from the start for each of
the job's lengths and prints one line of JSON: seconds of each training, seconds of a first step (which compiles, where asked
to) and peak resident memory in bytes. The last encoder and decoder, feature-major [d, h], are written as float32.
"""

import json
import math
import resource
import sys
import time

import torch

from averaged import Averaged, averaged_loss
from sampled import Sampled, sampled_loss


def initial_weights(job, device):
    """Xavier normal, scaled."""
    deviation = job["initialScale"] * (2 / (job["features"] + job["hidden"])) ** 0.5
    shape = (job["features"], job["hidden"])
    return [(deviation * torch.randn(shape, device=device)).requires_grad_() for _ in range(2)]


def learning_rate(step, steps, job):
    """Linear warm-up, then half a cosine; steps count from 1, as in models/experiment/learning_rate.ts."""
    rising = job["warmup"] * steps
    if step <= rising:
        return job["learningRate"] * step / rising
    progress = (step - rising) / (steps - rising + 1)
    return job["learningRate"] * (1 + math.cos(math.pi * progress)) / 2


def loss_of(job, device):
    """What draws a batch and what its loss is, compiled where the job asks for it."""
    if job["noise"] == "averaged":
        source, function = Averaged(job, device), averaged_loss
        numbers = (source.quadrature, job["batch"], job["activeFeatures"], job["noiseVariance"], job["lambdaOn"], job["decoderRidge"])
    else:
        source, function = Sampled(job, device), sampled_loss
        numbers = (job["lambdaOn"], job["decoderRidge"])
    if job["compile"]:
        function = torch.compile(function)
    # Random numbers stay outside what is compiled: inside, they are drawn more slowly on the CPU.
    return lambda encoder, decoder: function(encoder, decoder, source.draw(), *numbers)


def train(parameters, loss, steps, job):
    optimizer = torch.optim.Adam(parameters, betas=(job["beta1"], job["beta2"]), eps=job["epsilon"], fused=True)
    started = time.perf_counter()
    for step in range(1, steps + 1):
        optimizer.param_groups[0]["lr"] = learning_rate(step, steps, job)
        optimizer.zero_grad(set_to_none=True)
        loss(*parameters).backward()
        optimizer.step()
    if job["device"] == "cuda":
        torch.cuda.synchronize()
    return time.perf_counter() - started


def main(path):
    with open(path) as file:
        job = json.load(file)
    device = torch.device(job["device"])
    torch.set_num_threads(job["threads"])
    # Early on, gradients and their squares are tiny; arithmetic on denormal numbers is slow.
    torch.set_flush_denormal(True)
    torch.manual_seed(job["seed"])
    loss = loss_of(job, device)
    # On other weights, so that the training starts where it would have started.
    first = train(initial_weights(job, device), loss, 1, job)
    seconds = []
    for steps in job["lengths"]:
        parameters = initial_weights(job, device)
        seconds.append(train(parameters, loss, steps, job))
    with open(job["weights"], "wb") as file:
        for matrix in parameters:
            file.write(matrix.detach().cpu().numpy().tobytes())
    # Linux counts in units of 1024 bytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    peak = unit * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(json.dumps({"seconds": seconds, "firstStepSeconds": first, "peakBytes": peak}))


if __name__ == "__main__":
    main(sys.argv[1])
