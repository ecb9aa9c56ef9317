#!/usr/bin/env python3
"""Teaches the posture network from what `bench/run postures` wrote, and writes analytics/Models/Postures/weights.json.

usage: teach.py FOLDER [--test FOLDER] [--out weights.json] [--epochs 12] [--seed 1]
Needs PyTorch (Debian: python3-torch). Every sixth clip of FOLDER is only tested on, unless --all is given; so is all of --test.
"""
import argparse
import copy
import glob
import json
import os

import numpy as np
import torch
from torch import nn

CHANNELS, SIDE = 112, 16
POSTURES = ["hand raised", "head down", "head on desk", "turned aside"]
WEIGHT_OF_YES = torch.tensor([2.0, 1.0, 2.0, 1.0])  # for the seldom ones
BATCH = 128

arguments = argparse.ArgumentParser()
arguments.add_argument("folder")
arguments.add_argument("--test", default="")
arguments.add_argument("--out", default="")
arguments.add_argument("--epochs", type=int, default=12)
arguments.add_argument("--seed", type=int, default=1)
arguments.add_argument("--hidden", type=int, default=24)
arguments.add_argument("--all", action="store_true")
options = arguments.parse_args()
torch.manual_seed(options.seed)
shuffle = np.random.default_rng(options.seed)


def read(files):
    """Features, postures, and whether the picture was changed, of everyone in some clips."""
    cuts = [np.fromfile(file, "<f2").reshape(-1, CHANNELS, SIDE, SIDE) for file in files]
    labels = [np.fromfile(file[:-5] + ".labels", "u1").reshape(-1, 5) for file in files]
    cuts, labels = torch.from_numpy(np.concatenate(cuts)), torch.from_numpy(np.concatenate(labels))
    return cuts, labels[:, 1:].float(), labels[:, 0] == 1


def network(hidden=options.hidden):
    """PostureGraph builds the same in ONNX."""
    return nn.Sequential(
        nn.Conv2d(CHANNELS, hidden, 1), nn.ReLU(),
        nn.Conv2d(hidden, hidden, 3, 2, 1), nn.ReLU(),
        nn.Conv2d(hidden, hidden, 3, 2, 1), nn.ReLU(), nn.Dropout(0.3),
        nn.Flatten(), nn.Linear(hidden * (SIDE // 4) ** 2, 32), nn.ReLU(), nn.Dropout(0.15),
        nn.Linear(32, len(POSTURES)))


def describe(name, net, data):
    """Precision and recall at one half, and the best F1 at any threshold."""
    cuts, wanted, _ = data
    net.eval()
    with torch.no_grad():
        said = torch.cat([torch.sigmoid(net((part.float() - mean) / deviation)) for part in cuts.split(2048)])
    for number, posture in enumerate(POSTURES):
        truth, score = wanted[:, number].numpy(), said[:, number].numpy()
        if truth.sum() == 0:
            continue
        hits = np.cumsum(truth[np.argsort(-score)])
        precision, recall = hits / np.arange(1, len(hits) + 1), hits / truth.sum()
        best = (2 * precision * recall / np.maximum(precision + recall, 1e-9)).max()
        yes = score > 0.5
        print(f"  {name}, {posture}: {int(truth.sum())} of {len(truth)}; precision {truth[yes].mean() if yes.any() else 0:.2f}"
              f" recall {yes[truth == 1].mean():.2f}, best F1 {best:.2f}")


files = sorted(glob.glob(os.path.join(options.folder, "*.cuts")))
apart = [] if options.all else files[5::6]
cuts, wanted, _ = read([file for file in files if file not in apart])
sample = cuts[::7].float()
mean, deviation = sample.mean((0, 2, 3), keepdim=True), sample.std((0, 2, 3), keepdim=True) + 1e-3
print(f"{len(files) - len(apart)} clips, {len(cuts)} looks at pupils:", dict(zip(POSTURES, wanted.sum(0).int().tolist())))

net = network()
average = copy.deepcopy(net)  # of the weights over the last thousand steps or so: steadier than any of them
steps = len(cuts) // BATCH * options.epochs
optimiser = torch.optim.AdamW(net.parameters(), weight_decay=0.02)
schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 4e-3, total_steps=steps + 1)
loss_of = nn.BCEWithLogitsLoss(pos_weight=WEIGHT_OF_YES)
step = 0
for epoch in range(options.epochs):
    net.train()
    order, lost = torch.randperm(len(cuts)), 0.0
    for chosen in order[:len(order) // BATCH * BATCH].split(BATCH):
        x = (cuts[chosen].float() - mean) / deviation
        x = torch.roll(x, tuple(int(by) for by in shuffle.integers(-1, 2, 2)), (2, 3))  # shoulders are not found to the cell
        loss = loss_of(net(x), wanted[chosen])
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        schedule.step()
        step += 1
        lost += loss.item() * BATCH
        with torch.no_grad():
            kept = min(0.999, step / (step + 20))
            for mine, its in zip(average.parameters(), net.parameters()):
                mine.mul_(kept).add_(its, alpha=1 - kept)
    print(f"epoch {epoch + 1}: loss {lost / len(cuts):.4f}", flush=True)

if apart:
    data = read(apart)
    same = ~data[2]
    describe("clips kept apart", average, (data[0][same], data[1][same], None))
    describe("the same, changed", average, (data[0][~same], data[1][~same], None))
for file in sorted(glob.glob(os.path.join(options.test, "*.cuts"))) if options.test else []:
    describe(os.path.basename(file), average, read([file]))

def check(net):
    """What the network says of features that are (channel / 112 + (x + 2 y) / 1000) at pixel x, y, around which PostureNetworkTests lays a region."""
    along = lambda begin, end: ((torch.arange(SIDE) + 0.5) * (end - begin) / SIDE + begin + 0.5) * 4
    x, y = along(40, 100)[None, :], along(20, 80)[:, None]
    cut = torch.arange(CHANNELS)[:, None, None] / CHANNELS + (x + 2 * y)[None] / 1000
    net.eval()
    with torch.no_grad():
        return torch.sigmoid(net(cut[None]))[0].tolist()


if options.out:
    layers = [layer for layer in average if isinstance(layer, (nn.Conv2d, nn.Linear))]
    short = lambda values: [float(f"{value:.3g}") for value in values.detach().flatten().tolist()]
    with torch.no_grad():  # the first layer takes the features as they are
        layers[0].bias -= (layers[0].weight * mean / deviation).sum((1, 2, 3))
        layers[0].weight /= deviation
        for values in average.parameters():
            values.copy_(torch.tensor(short(values)).reshape(values.shape))
    with open(options.out, "w") as out:
        json.dump({
            "taught": {"clips": len(files) - len(apart), "looks": len(cuts), **dict(zip(POSTURES, wanted.sum(0).int().tolist()))},
            "check": [round(value, 5) for value in check(average)],
            "layers": [{"shape": list(layer.weight.shape), "weights": short(layer.weight), "biases": short(layer.bias)} for layer in layers],
        }, out)
        out.write("\n")
