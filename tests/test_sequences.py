"""The models that lessons import from 09 on: what padding does to them, which is nothing."""

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from course.sequences import cnn_model, gru_model  # noqa: E402

IDS = np.array([[2, 3, 4, 0, 0], [4, 1, 4, 3, 2], [2, 0, 0, 0, 0], [0, 0, 0, 0, 0]], dtype="int32")


@pytest.fixture(params=[lambda: cnn_model(5, 3, 4, 2), lambda: gru_model(5, 3, 4)], ids=["cnn", "gru"])
def model(request):
    keras.utils.set_random_seed(1)
    made = request.param()
    rng = np.random.default_rng(1)
    made.set_weights([rng.uniform(-1, 1, weight.shape) for weight in made.get_weights()])
    return made


def test_padding_changes_nothing(model):
    padded = np.pad(IDS, ((0, 0), (0, 9)))
    assert np.allclose(model(IDS), model(padded), atol=1e-6)
    assert np.allclose(model(IDS[:1, :3]), model(IDS)[:1], atol=1e-6)


def test_order_changes_the_answer(model):
    assert not np.isclose(float(model(IDS[:1, :3])[0, 0]), float(model(IDS[:1, 2::-1])[0, 0]), atol=1e-3)


def test_an_empty_text_gets_an_answer_and_spoils_no_training(model):
    assert np.isfinite(model(IDS)).all()
    model.compile("sgd", "binary_crossentropy")
    assert np.isfinite(model.train_on_batch(IDS, np.array([[1], [0], [1], [0]])))


def test_it_comes_back_from_a_file(model, tmp_path):
    model.save(tmp_path / "model.keras")
    assert np.allclose(keras.saving.load_model(tmp_path / "model.keras")(IDS), model(IDS))


def test_a_text_shorter_than_a_window_leaves_the_bias():
    model = cnn_model(5, 3, 4, 2)
    model.set_weights([np.full(weight.shape, 0.5) for weight in model.get_weights()])
    assert np.allclose(model(IDS[2:]), 1 / (1 + np.exp(-0.5)))
