"""Runs exported gradient transformations over NumPy, which has the semantics that they need of JAX: arrays, and trees that are lists."""
import json
import math
import sys
import types

import numpy as np


class Traced(np.ndarray):
    """What JAX traces: nothing may ask for its value while a step is built."""

    def __bool__(self):
        raise TypeError("a traced array has no truth")

    def __float__(self):
        raise TypeError("a traced array is no number")


def traced(values):
    return np.asarray(values, np.float64).view(Traced)


def plain(argument):
    """NumPy makes arrays of what it is given, by its values."""
    return [plain(item) for item in argument] if isinstance(argument, list) else np.asarray(argument) if isinstance(argument, Traced) else argument


class TreeDef:
    def unflatten(self, leaves):
        return list(leaves)

    def flatten_up_to(self, tree):
        return list(tree)


jax = types.ModuleType("jax")
jnp = types.ModuleType("jax.numpy")
for name in dir(np):
    if not name.startswith("_"):
        setattr(jnp, name, getattr(np, name))
for name in ("where", "stack", "asarray", "zeros", "full", "sum", "max"):
    setattr(jnp, name, lambda *arguments, of=getattr(np, name): np.asarray(of(*[plain(argument) for argument in arguments])).view(Traced))
jax.numpy = jnp
jax.nn = types.SimpleNamespace(sigmoid=lambda x: 1 / (1 + np.exp(-x)))
jax.lax = types.SimpleNamespace(erf=np.vectorize(math.erf))
jax.tree_util = types.SimpleNamespace(
    tree_flatten=lambda tree: (list(tree), TreeDef()),
    tree_map=lambda function, tree: [function(leaf) for leaf in tree])
optax = types.ModuleType("optax")
optax.GradientTransformation = lambda init, update: types.SimpleNamespace(init=init, update=update)
sys.modules.update({"jax": jax, "jax.numpy": jnp, "optax": optax})


def number(value):
    """JSON has no others; these words are read."""
    return value if math.isfinite(value) else "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"


def falling(first):
    """A schedule of optax: its count begins with 0."""
    return lambda count: first / (1 + 0.1 * count)


def run(case):
    module = {}
    exec(compile(case["source"], case["name"], "exec"), module)
    transformation = module[case["function"]](**{**case["hyper"], **{name: falling(case["hyper"][name]) for name in case["falling"] + case["functions"]}})
    parameters = [traced(values) for values in case["parameters"]]
    state = transformation.init(parameters)
    results = []
    for gradients in case["gradients"]:
        updates, state = transformation.update([traced(gradient) for gradient in gradients], state, parameters)
        parameters = [parameter + update for parameter, update in zip(parameters, updates)]
        results.extend([number(value) for value in parameter.tolist()] for parameter in parameters)
    return results


def attempt(case):
    try:
        return {"results": run(case)}
    except Exception as error:  # the test shows it
        return {"error": f"{type(error).__name__}: {error}"}


np.seterr(all="ignore")
json.dump([attempt(case) for case in json.load(sys.stdin)], sys.stdout)
