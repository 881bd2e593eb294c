"""Runs exported optimizers: a list of cases comes in on standard input, and the parameters after every step go out."""
import json
import sys

import torch

torch.set_default_dtype(torch.float64)


def run(case):
    module = {}
    exec(compile(case["source"], case["name"], "exec"), module)
    parameters = [torch.tensor(values, requires_grad=True) for values in case["parameters"]]
    optimizer = module[case["class"]](parameters, **case["hyper"])
    results = []
    for gradients in case["gradients"]:
        for parameter, gradient in zip(parameters, gradients):
            parameter.grad = torch.tensor(gradient)
        optimizer.step()
        results.extend(parameter.tolist() for parameter in parameters)
    return results


def attempt(case):
    try:
        return {"results": run(case)}
    except Exception as error:  # the test shows it
        return {"error": f"{type(error).__name__}: {error}"}


json.dump([attempt(case) for case in json.load(sys.stdin)], sys.stdout)
