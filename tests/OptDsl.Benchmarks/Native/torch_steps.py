"""PyTorch's own optimizers side by side with the C contestants, in one process and on one thread.

Arguments: the C library, then sizes. Prints a line for each: rule, size, kind, microseconds a step, ratio to C.
"""

import ctypes
import random
import statistics
import sys
import time

import torch

torch.set_num_threads(1)
ROUNDS = 15
TURN = 0.002
HYPERS = {"sgd": [1e-3], "momentum": [1e-3, 0.9], "adamw": [1e-3, 0.9, 0.999, 1e-8, 0.01]}


def optimizer(rule, parameters, **kind):
    if rule == "adamw":
        return torch.optim.AdamW(parameters, lr=1e-3, weight_decay=0.01, **kind)
    return torch.optim.SGD(parameters, lr=1e-3, momentum=0.9 if rule == "momentum" else 0, **kind)


def kinds(rule, lengths):
    for name, kind in (("fused", {"fused": True}), ("foreach", {"foreach": True}), ("single", {"foreach": False})):
        parameters = [torch.nn.Parameter(torch.randn(length)) for length in lengths]
        for parameter in parameters:
            parameter.grad = torch.randn(parameter.numel())
        try:
            step = optimizer(rule, parameters, **kind).step
            step()
        except (TypeError, RuntimeError, ValueError):
            continue
        yield name, step


def c_step(library, rule, lengths):
    function = getattr(library, rule)
    hypers = (ctypes.c_double * 5)(*HYPERS[rule])
    tensors = [[torch.randn(length) if i < 2 else torch.zeros(length) for i in range(4)] for length in lengths]
    calls = [([ctypes.c_void_p(t.data_ptr()) for t in four], ctypes.c_long(four[0].numel())) for four in tensors]
    count = [0]

    def step():
        count[0] += 1
        for pointers, length in calls:
            function(*pointers, None, length, hypers, ctypes.c_long(count[0]))

    step.keep = tensors
    return step


def timed(step):
    count, elapsed = 0, 0.0
    start = time.perf_counter()
    while elapsed < TURN:
        step()
        count += 1
        elapsed = time.perf_counter() - start
    return elapsed / count


def main():
    library = ctypes.CDLL(sys.argv[1])
    print(torch.__version__)
    generator = random.Random(1)
    cases = {size: [int(size)] for size in sys.argv[2:]}
    cases["200 of 128 to 2K"] = [int(128 * 16 ** generator.random()) for _ in range(200)]
    for rule in HYPERS:
        for name, lengths in cases.items():
            contestants = dict(kinds(rule, lengths), C=c_step(library, rule, lengths))
            times = {kind: [] for kind in contestants}
            for _ in range(ROUNDS):
                for kind in generator.sample(list(contestants), len(contestants)):
                    times[kind].append(timed(contestants[kind]))
            for kind in times:
                ratio = statistics.median(t / c for t, c in zip(times[kind], times["C"]))
                print(f"{rule}|{name}|{kind}|{1e6 * statistics.median(times[kind]):.2f}|{ratio:.3f}")


main()
