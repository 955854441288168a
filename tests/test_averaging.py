"""The averaging model that lessons import from 08 on, and the coloured words of lesson 07."""

import numpy as np
import pytest

keras = pytest.importorskip("keras")

from course.averaging import MaskedMean, averaging_model  # noqa: E402

IDS = np.array([[2, 3, 0, 0], [4, 1, 4, 3], [0, 0, 0, 0]], dtype="int32")


@pytest.fixture
def model():
    keras.utils.set_random_seed(1)
    made = averaging_model(5, 3)
    made.set_weights([np.arange(weight.size).reshape(weight.shape) / 10 - 0.4 for weight in made.get_weights()])
    return made


def test_it_is_the_mean_of_the_words_and_one_neuron(model):
    table, kernel, bias = model.get_weights()
    means = np.array([table[[2, 3]].mean(axis=0), table[[4, 1, 4, 3]].mean(axis=0), np.zeros(3)])
    expected = 1 / (1 + np.exp(-(means @ kernel + bias)))
    assert np.allclose(model(IDS), expected, atol=1e-6)
    assert np.allclose(model.predict(np.pad(IDS, ((0, 0), (0, 9))), verbose=0), expected, atol=1e-6)


def test_an_empty_text_does_not_spoil_a_step_of_training(model):
    model.compile("sgd", "binary_crossentropy")
    assert np.isfinite(model.train_on_batch(IDS, np.array([[1], [0], [1]])))
    assert all(np.isfinite(weight).all() for weight in model.get_weights())


def test_without_a_mask_every_position_counts():
    rows = np.array([[[1.0, 2.0], [3.0, 6.0]]], dtype="float32")
    assert np.array(MaskedMean()(rows)).tolist() == [[2.0, 4.0]]


def test_the_switches():
    model = averaging_model(5, 8, dropout=0.5, l2=0.1)
    kernel = model.get_weights()[1]
    assert np.isclose(float(model.losses[0]), 0.1 * np.square(kernel).sum())
    assert not np.allclose(model(IDS[:2], training=True), model(IDS[:2], training=True))
    assert not averaging_model(5, 8).losses


def test_it_comes_back_from_a_file(model, tmp_path):
    model.save(tmp_path / "model.keras")
    assert np.allclose(keras.saving.load_model(tmp_path / "model.keras")(IDS), model(IDS))


def test_coloured_words_break_into_lines_and_bear_an_empty_text():
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    from course import plots

    plots.coloured_words([], [])
    plots.coloured_words(["word"] * 40, [0.0] * 40)
    lines = {text.get_position()[1] for text in plt.gca().texts}
    assert len(lines) > 1 and len(plt.gca().texts) == 40
    plots.coloured_words(["good", "bad", "so"], [2.0, -1.0, 0.0])
    good, bad, so = (text.get_bbox_patch().get_facecolor()[:3] for text in plt.gca().texts)
    assert good[2] > good[0] and bad[0] > bad[2] and so == (1.0, 1.0, 1.0)
    plt.close("all")
