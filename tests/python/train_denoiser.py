import sys, torch
from safetensors.torch import save_file

d, h, batch = 24, 12, 64
model = torch.nn.Sequential(torch.nn.Linear(d, h, bias=False), torch.nn.Tanh(), torch.nn.Linear(h, d, bias=False))
optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
for step in range(200):
    target = torch.zeros(batch, d).scatter_(1, torch.rand(batch, d).topk(2).indices, 1.0)
    error = model(target + 0.07 * torch.randn(batch, d)) - target
    optimizer.zero_grad(), ((1 + 15 * target) * error.square()).sum(1).mean().backward(), optimizer.step()
save_file(model.state_dict(), sys.argv[1])
