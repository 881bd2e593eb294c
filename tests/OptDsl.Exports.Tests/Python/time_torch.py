"""
Times a step of exported optimizers, tensor by tensor and all tensors at once, on the CPU:

    optdsl export adam.rule --to pytorch -o Adam.py
    python3 time_torch.py Adam.py

The name of a file is that of the class in it. Prints the medians of a step in milliseconds, of both ways in turn.
"""
import pathlib
import statistics
import sys
import time

import torch

torch.set_num_threads(1)
print("| rule | tensors | one by one, ms | at once, ms | one by one ÷ at once |")
print("|---|---|---|---|---|")
for path in map(pathlib.Path, sys.argv[1:]):
    module = {}
    exec(compile(path.read_text(), str(path), "exec"), module)
    for count, size in ((200, 64), (200, 1024), (200, 16384), (8, 1 << 20)):
        optimizers = {}
        for foreach in (False, True):
            tensors = [torch.randn(size, requires_grad=True) for _ in range(count)]
            for tensor in tensors:
                tensor.grad = torch.randn(size)
            optimizers[foreach] = module[path.stem](tensors, foreach=foreach)
        times = {False: [], True: []}
        for _ in range(25):
            for foreach, optimizer in optimizers.items():
                start = time.perf_counter()
                optimizer.step()
                times[foreach].append(time.perf_counter() - start)
        single, together = (1e3 * statistics.median(times[foreach][4:]) for foreach in (False, True))
        print(f"| {path.stem} | {count} of {size} | {single:.2f} | {together:.2f} | {single / together:.2f} |")
