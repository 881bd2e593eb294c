"""
Steps an exported optimizer over tensors that begin at different steps, one by one and all at once, in the way that trainers do:
with a closure, a group of its own rate, a state dictionary that goes from the one way to the other. Reads the text of an
optimizer and the name of its class; prints the largest difference of a weight, and the names of what is kept of a tensor.
"""
import json
import sys

import torch

torch.set_default_dtype(torch.float64)
case = json.load(sys.stdin)
module = {}
exec(compile(case["source"], case["class"], "exec"), module)


def parameters():
    return [torch.linspace(-1, 1, count, requires_grad=True) for count in (3, 1, 4)]


def optimizer(tensors, foreach):
    return module[case["class"]]([{"params": tensors[:2]}, {"params": tensors[2:], "lr": 0.02}], lr=0.1, foreach=foreach)


def run(ways):
    tensors = parameters()
    current = optimizer(tensors, ways[0])
    for step, foreach in enumerate(ways):
        saved = current.state_dict()
        current = optimizer(tensors, foreach)
        current.load_state_dict(saved)
        for group in current.param_groups:
            group["foreach"] = foreach

        def closure():
            current.zero_grad()
            loss = sum(((tensor - 2) ** 2).sum() for tensor in tensors[:1 if step < 2 else 3])
            loss.backward()
            return loss

        for tensor in tensors:
            tensor.grad = None
        assert current.step(closure) > 0
    kept = sorted(current.state[tensors[0]])
    assert [current.state[tensor]["step"] for tensor in tensors] == [6, 4, 4]
    return tensors, kept


(first, kept), (others) = run([False] * 6), [run(ways)[0] for ways in ([True] * 6, [True, False] * 3, [None] * 6)]
worst = max((a - b).abs().max().item() for other in others for a, b in zip(first, other))
print(json.dumps({"worst": worst, "kept": kept}))
