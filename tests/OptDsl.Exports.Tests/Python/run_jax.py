"""Runs exported gradient transformations over NumPy, which has the semantics that they need of JAX: arrays, and trees that are lists."""
import json
import math
import sys
import types

import numpy as np


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
jnp.asarray = lambda value, dtype=None: np.asarray(value, dtype or np.float64)
jax.numpy = jnp
jax.nn = types.SimpleNamespace(sigmoid=lambda x: 1 / (1 + np.exp(-x)))
jax.lax = types.SimpleNamespace(erf=np.vectorize(math.erf))
jax.tree_util = types.SimpleNamespace(
    tree_flatten=lambda tree: (list(tree), TreeDef()),
    tree_map=lambda function, tree: [function(leaf) for leaf in tree])
optax = types.ModuleType("optax")
optax.GradientTransformation = lambda init, update: types.SimpleNamespace(init=init, update=update)
sys.modules.update({"jax": jax, "jax.numpy": jnp, "optax": optax})


def run(case):
    module = {}
    exec(compile(case["source"], case["name"], "exec"), module)
    transformation = module[case["function"]](**case["hyper"])
    parameters = [np.array(values) for values in case["parameters"]]
    state = transformation.init(parameters)
    results = []
    for gradients in case["gradients"]:
        updates, state = transformation.update([np.array(gradient) for gradient in gradients], state, parameters)
        parameters = [parameter + update for parameter, update in zip(parameters, updates)]
        results.extend(parameter.tolist() for parameter in parameters)
    return results


def attempt(case):
    try:
        return {"results": run(case)}
    except Exception as error:  # the test shows it
        return {"error": f"{type(error).__name__}: {error}"}


np.seterr(all="ignore")
json.dump([attempt(case) for case in json.load(sys.stdin)], sys.stdout)
