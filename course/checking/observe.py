"""What a probe does with an attempt: calls it on inputs of its own and keeps what came back as plain data.

Probes use `call` for functions, and `built`, `fill`, `predict` for what returns a Keras model; `seen` keeps any other
observation. A model is judged by what it does (call it, set its weights, take a gradient step), never by its configuration.
"""

from __future__ import annotations

import copy
import inspect
import io
import sys
from collections.abc import Callable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from course.checking.plain import Plain, plain, same, short

if TYPE_CHECKING:
    from course.checking.exercise import Exercise

ENOUGH = 400  # observations; a probe yields a few dozen


class Unfit(Exception):
    """The attempt cannot be probed at all: not a function, the wrong number of arguments, no model. The message is for the learner.

    count: how many arguments it should take, where that is the trouble; else None.
    """

    count: int | None = None


class _Enough(BaseException):
    """Ends a probe whose outcome is known (see `observe`)."""


@dataclass(frozen=True)
class Seen:
    """One observation.

    saw: what came back, as plain data.
    given: the inputs, each in one line, for the message; empty where there were none to show.
    about: what this case shows, in words that end the sentence "Look at the case where ...".
    changed: positions of arguments that the attempt altered.
    error: what the call raised, if it did (then `saw` says which type).
    say: the sentence to use when this observation differs and no wrong way fits; "" leaves it to `explain`.
    returned: what the attempt returned, where the observation is of a call; None where a probe looked at something else.
    printed: what that call printed.
    """

    saw: Plain
    given: tuple[str, ...] = ()
    about: str = ""
    changed: tuple[int, ...] = ()
    error: BaseException | None = None
    say: str = ""
    returned: Plain | None = None
    printed: str = ""

    @property
    def record(self) -> Plain:
        """What is stored and compared: `saw`, and the altered arguments where there are any."""
        return {**self.saw, "changed": list(self.changed)} if self.changed else self.saw

    @property
    def is_result(self) -> bool:
        """Whether `saw` is what the attempt returned, and not something that the probe made of it."""
        return self.returned is self.saw or self.saw["kind"] in ("raised", "nothing", "blank")


@dataclass(frozen=True)
class Observations:
    """All that a probe saw of one attempt, and how it ended: `unfit` and `error` are None after a complete run.

    What a call raised is part of what was seen (`Seen.error`) and ends nothing; `error` is what ended the probe itself.
    built: how many models the attempt returned. count: how many arguments it should take, when `unfit` says so.
    cut: the run was ended before its time (see `observe`).
    """

    seen: list[Seen]
    unfit: str | None = None
    error: BaseException | None = None
    printed: str = ""
    built: int = 0
    count: int | None = None
    cut: bool = False


@dataclass
class _Run:
    """A probe at work. most: the number of models after which it is ended."""

    built: int = 0
    most: int | None = None


_runs: list[_Run] = []  # the probes at work, the innermost last


class _Tee(io.StringIO):
    """Keeps what is printed and hands it on."""

    def __init__(self, on: Any) -> None:
        super().__init__()
        self._on = on

    def write(self, text: str) -> int:
        self._on.write(text)
        return super().write(text)


def call(attempt: Any, *args: Any, about: str = "") -> Seen:
    """Calls `attempt(*args)` on copies of the arguments and keeps what it returned, raised and altered.

    Raises Unfit when `attempt` cannot be called with that many arguments.
    """
    fits(attempt, len(args))
    copies = copy.deepcopy(args)
    given = tuple(short(arg) for arg in args)
    printed = _Tee(sys.stdout)
    try:
        with redirect_stdout(printed):
            saw = plain(attempt(*copies))
        error = None
    except Exception as problem:
        saw, error = {"kind": "raised", "type": type(problem).__name__}, problem
    except KeyboardInterrupt as stop:
        stop.during = Seen({"kind": "raised", "type": "KeyboardInterrupt"}, given, about)  # for whoever tells of it
        raise
    changed = tuple(i for i, (arg, kept) in enumerate(zip(copies, args, strict=True)) if not _kept(arg, kept))
    return Seen(saw, given, about, changed, error, returned=saw if error is None else None, printed=printed.getvalue())


def seen(value: Any, about: str = "", given: tuple[Any, ...] = ()) -> Seen:
    """Keeps any value as an observation; `given` are the inputs to show with it."""
    return Seen(plain(value), tuple(short(arg) for arg in given), about)


def fits(attempt: Any, count: int) -> None:
    """Raises Unfit, with a sentence for the learner, unless `attempt` can be called with `count` arguments."""
    if not callable(attempt):
        raise Unfit(f"It should be a function, and it is {short(plain(attempt), 70)}.")
    try:
        signature = inspect.signature(attempt)
    except (TypeError, ValueError):
        return  # some built-in functions have none
    try:
        signature.bind(*[None] * count)
    except TypeError:
        takes = ", ".join(signature.parameters) or "nothing"
        order = " The statement names them in order." if count else ""
        unfit = Unfit(f"It is called with {count} argument{'s' * (count != 1)}, and yours takes ({takes}).{order}")
        unfit.count = count
        raise unfit from None


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
        raise Unfit("It returned None. Did you forget `return`? (A model's `.add()`, `.build()` and `.summary()` give back None, too.)")
    if model is Ellipsis:
        raise NotImplementedError
    if isinstance(model, type):
        raise Unfit(
            f"It returned the class `{model.__name__}` itself. Call it, so that there is a model or layer of that class."
        )
    if not is_model(model):
        raise Unfit(f"It should return a Keras model or layer, and it returned {short(plain(model), 70)}.")
    if _runs:
        run = _runs[-1]
        run.built += 1
        if run.most is not None and run.built > run.most:
            raise _Enough
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


def observe(
    exercise: Exercise,
    attempt: Any,
    seed: int,
    goes_on: Callable[[Seen], bool] | None = None,
    most_models: int | None = None,
) -> Observations:
    """Runs the exercise's probe on `attempt` with inputs drawn from `seed`. What the attempt prints is kept apart.

    The run is cut short when `goes_on` says no to an observation, or when the attempt has returned more than `most_models` models:
    for whoever only asks whether it comes out in a certain way. Only KeyboardInterrupt and SystemExit pass through.
    """
    seen_: list[Seen] = []
    unfit = error = count = None
    cut = False
    run = _Run(most=most_models)
    printed = io.StringIO()
    _runs.append(run)
    try:
        with redirect_stdout(printed):
            for observation in _limited(exercise.run_probe(attempt, generator(exercise.name, seed))):
                seen_.append(observation)
                if goes_on and not goes_on(observation):
                    cut = True
                    break
    except _Enough:
        cut = True
    except Unfit as problem:
        unfit, count = str(problem), problem.count
    except Exception as problem:
        error = problem
    finally:
        _runs.pop()
    return Observations(seen_, unfit, error, printed.getvalue(), run.built, count, cut)


def generator(name: str, seed: int) -> np.random.Generator:
    """The random generator an exercise's probe draws its inputs from."""
    return np.random.default_rng([seed, *name.encode()])


def _limited(observations: Iterator[Seen]) -> Iterator[Seen]:
    for number, observation in enumerate(observations):
        if number == ENOUGH:
            raise RuntimeError(f"a probe yields {ENOUGH} observations at the most")
        yield observation
