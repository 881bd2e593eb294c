"""A step of Muon in PyTorch, written with matrix products as torch.optim.Muon does it, in float.

Arguments: the number of threads, then sets of matrices, each of them as 512x512,2048x512. Prints the version, then microseconds a step for each set.
"""

import statistics
import sys
import time

import torch

ROUNDS = 11
TURN = 0.05
LR, MOMENTUM, DECAY, EPS, STEPS = 0.02, 0.95, 0.1, 1e-7, 5
A, B, C = 3.4445, -4.7750, 2.0315


@torch.no_grad()
def step(tensors):
    for weights, gradient, average in tensors:
        average.lerp_(gradient, 1 - MOMENTUM)
        x = gradient.lerp(average, MOMENTUM)
        is_tall = x.size(0) > x.size(1)
        if is_tall:
            x = x.T
        x = x.div(x.norm().clamp(min=EPS))
        for _ in range(STEPS):
            gram = x @ x.T
            polynomial = torch.addmm(gram, gram, gram, beta=B, alpha=C)
            x = torch.addmm(x, polynomial, x, beta=A)
        if is_tall:
            x = x.T
        weights.mul_(1 - LR * DECAY)
        weights.add_(x, alpha=-LR * max(1, weights.size(0) / weights.size(1)) ** 0.5)


def timed(tensors):
    count, elapsed = 0, 0.0
    start = time.perf_counter()
    while elapsed < TURN:
        step(tensors)
        count += 1
        elapsed = time.perf_counter() - start
    return elapsed / count


torch.set_num_threads(int(sys.argv[1]))
print(torch.__version__)
for words in sys.argv[2:]:
    shapes = [[int(size) for size in shape.split("x")] for shape in words.split(",")]
    tensors = [(torch.randn(shape), torch.randn(shape), torch.zeros(shape)) for shape in shapes]
    timed(tensors)
    print(1e6 * statistics.median(timed(tensors) for _ in range(ROUNDS)))
