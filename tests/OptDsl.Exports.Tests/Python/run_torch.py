"""
Runs exported optimizers: a list of cases comes in on standard input, and the parameters after every step go out. With the
argument "foreach" the tensors of a group are taken together.
"""
import json
import math
import sys

import torch

torch.set_default_dtype(torch.float64)


def number(value):
    """JSON has no others; these words are read."""
    return value if math.isfinite(value) else "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def falling(first):
    """A schedule; an optimizer that reads it at several times calls it itself."""
    return lambda step: first / (1 + 0.1 * (step - 1))


def run(case):
    module = {}
    exec(compile(case["source"], case["name"], "exec"), module)
    parameters = [torch.tensor(values, requires_grad=True) for values in case["parameters"]]
    functions = {name: falling(case["hyper"][name]) for name in case["functions"]}
    foreach = {"foreach": "foreach" in sys.argv} if "update_foreach" in module else {}
    if "foreach" in sys.argv:  # nothing but lists is left to compute with
        module["update"] = None if foreach else module["update"]
    optimizer = module[case["class"]](parameters, **{**case["hyper"], **functions, **foreach})
    results = []
    for step, gradients in enumerate(case["gradients"], 1):
        for name in case["falling"]:
            optimizer.param_groups[0][name] = falling(case["hyper"][name])(step)
        for parameter, gradient in zip(parameters, gradients):
            parameter.grad = torch.tensor(gradient)
        optimizer.step()
        if step == 3:  # what is saved and loaded goes on
            saved, functions = optimizer.state_dict(), {name: optimizer.param_groups[0][name] for name in functions}
            optimizer = module[case["class"]](parameters, **{**case["hyper"], **functions, **foreach})
            optimizer.load_state_dict(saved)
        results.extend([number(value) for value in parameter.tolist()] for parameter in parameters)
    return results


def attempt(case):
    try:
        return {"results": run(case)}
    except Exception as error:  # the test shows it
        return {"error": f"{type(error).__name__}: {error}"}


json.dump([attempt(case) for case in json.load(sys.stdin)], sys.stdout)
