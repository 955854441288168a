"""What a probe does with an attempt: calls it on inputs of its own and keeps what came back as plain data.

Probes use `call` for functions, and `built`, `fill`, `predict` for what returns a Keras model; `seen` keeps any other
observation. A model is judged by what it does (call it, set its weights, take a gradient step), never by its configuration.
"""

from __future__ import annotations

import copy
import inspect
import io
from collections.abc import Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from course.checking.plain import Plain, plain, same, short

if TYPE_CHECKING:
    from course.checking.exercise import Exercise

ENOUGH = 400  # observations; a probe yields a few dozen


class Unfit(Exception):
    """The attempt cannot be probed at all: not a function, the wrong number of arguments, no model. The message is for the learner."""


@dataclass(frozen=True)
class Seen:
    """One observation.

    saw: what came back, as plain data.
    given: the inputs, each in one line, for the message; empty where there were none to show.
    about: what this case shows, in words that end the sentence "Look at the case where ...".
    changed: positions of arguments that the attempt altered.
    error: what the call raised, if it did (then `saw` says which type).
    say: the sentence to use when this observation differs and no wrong way fits; "" leaves it to `explain`.
    """

    saw: Plain
    given: tuple[str, ...] = ()
    about: str = ""
    changed: tuple[int, ...] = ()
    error: BaseException | None = None
    say: str = ""

    @property
    def record(self) -> Plain:
        """What is stored and compared: `saw`, and the altered arguments where there are any."""
        return {**self.saw, "changed": list(self.changed)} if self.changed else self.saw


@dataclass(frozen=True)
class Observations:
    """All that a probe saw of one attempt, and how it ended: `unfit` and `error` are None after a complete run.

    What a call raised is part of what was seen (`Seen.error`) and ends nothing; `error` is what ended the probe itself.
    """

    seen: list[Seen]
    unfit: str | None = None
    error: BaseException | None = None
    printed: str = ""


def call(attempt: Any, *args: Any, about: str = "") -> Seen:
    """Calls `attempt(*args)` on copies of the arguments and keeps what it returned, raised and altered.

    Raises Unfit when `attempt` cannot be called with that many arguments.
    """
    fits(attempt, len(args))
    copies = copy.deepcopy(args)
    given = tuple(short(arg) for arg in args)
    try:
        saw = plain(attempt(*copies))
        error = None
    except Exception as problem:
        saw, error = {"kind": "raised", "type": type(problem).__name__}, problem
    changed = tuple(i for i, (arg, kept) in enumerate(zip(copies, args, strict=True)) if not _kept(arg, kept))
    return Seen(saw, given, about, changed, error)


def seen(value: Any, about: str = "", given: tuple[Any, ...] = ()) -> Seen:
    """Keeps any value as an observation; `given` are the inputs to show with it."""
    return Seen(plain(value), tuple(short(arg) for arg in given), about)


def fits(attempt: Any, count: int) -> None:
    """Raises Unfit, with a sentence for the learner, unless `attempt` can be called with `count` arguments."""
    if not callable(attempt):
        raise Unfit(f"It should be a function, and it is {short(attempt)}.")
    try:
        signature = inspect.signature(attempt)
    except (TypeError, ValueError):
        return  # some built-in functions have none
    try:
        signature.bind(*[None] * count)
    except TypeError:
        takes = ", ".join(signature.parameters) or "nothing"
        order = " The statement names them in order." if count else ""
        raise Unfit(
            f"It is called with {count} argument{'s' * (count != 1)}, and yours takes ({takes}).{order}"
        ) from None


def _kept(now: Any, before: Any) -> bool:
    if callable(before):
        return True
    return same(plain(before), plain(now), rtol=0, atol=0)


def is_model(value: Any) -> bool:
    """Whether `value` behaves as a Keras model or layer: it can be called and holds weights."""
    return (
        callable(value)
        and callable(getattr(value, "get_weights", None))
        and callable(getattr(value, "set_weights", None))
    )


def built(attempt: Any, *args: Any) -> Any:
    """Calls `attempt(*args)`, which must return a Keras model or layer; returns it.

    Raises Unfit when it returns anything else; what the call itself raises passes through.
    """
    fits(attempt, len(args))
    model = attempt(*args)
    if model is None:
        raise Unfit("It returned None. Did you forget `return`?")
    if model is Ellipsis:
        raise NotImplementedError
    if not is_model(model):
        raise Unfit(f"It should return a Keras model or layer, and it returned {short(model)}.")
    return model


def output(model: Any, inputs: Any, training: bool = False) -> np.ndarray:
    """What the model makes of `inputs`, as a NumPy array: one direct call, no batching, no progress bar."""
    import keras

    return keras.ops.convert_to_numpy(model(inputs, training=training))


def shapes(model: Any) -> list[list[int]]:
    """The shapes of the model's weights, sorted, so that the order in which layers were made does not matter."""
    return sorted(list(weight.shape) for weight in model.get_weights())


def fill(model: Any, seed: int = 0) -> None:
    """Gives the model's weights values that depend on their shapes and `seed` alone: equal models then give equal outputs."""
    met: dict[tuple[int, ...], int] = {}
    values = []
    for weight in model.get_weights():
        nth = met[weight.shape] = met.get(weight.shape, 0) + 1
        rng = np.random.default_rng([seed, nth, *weight.shape])
        values.append(rng.uniform(-1, 1, weight.shape).astype(weight.dtype))
    model.set_weights(values)


def observe(exercise: Exercise, attempt: Any, seed: int) -> Observations:
    """Runs the exercise's probe on `attempt` with inputs drawn from `seed`. What the attempt prints is kept apart.

    Only KeyboardInterrupt and SystemExit pass through.
    """
    seen_: list[Seen] = []
    unfit = error = None
    printed = io.StringIO()
    with redirect_stdout(printed):
        try:
            for observation in _limited(exercise.run_probe(attempt, generator(exercise.name, seed))):
                seen_.append(observation)
        except Unfit as problem:
            unfit = str(problem)
        except Exception as problem:
            error = problem
    return Observations(seen_, unfit, error, printed.getvalue())


def generator(name: str, seed: int) -> np.random.Generator:
    """The random generator an exercise's probe draws its inputs from."""
    return np.random.default_rng([seed, *name.encode()])


def _limited(observations: Iterator[Seen]) -> Iterator[Seen]:
    for number, observation in enumerate(observations):
        if number == ENOUGH:
            raise RuntimeError(f"a probe yields {ENOUGH} observations at the most")
        yield observation
