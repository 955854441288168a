"""The map of the course, one table: parts, lessons, order, minutes, what each needs, exercises with points and minutes."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Entry:
    """One exercise in the map."""

    name: str
    title: str
    points: int
    minutes: int
    stretch: bool = False


@dataclass(frozen=True)
class Lesson:
    """One lesson in the map. A lesson without exercises is planned and not yet written.

    name: as in its file names, "01_neuron". needs: names of the lessons it builds on. minutes: of a learner's time.
    """

    name: str
    part: int
    title: str
    summary: str
    minutes: int = 0
    needs: tuple[str, ...] = ()
    exercises: tuple[Entry, ...] = field(default=())

    @property
    def number(self) -> str:
        return self.name[:2]

    @property
    def points(self) -> int:
        return sum(exercise.points for exercise in self.exercises)


PARTS = {
    1: "Foundations",
    2: "The Embedding layer",
    3: "Sentiment",
    4: "Pre-trained vectors",
    5: "Beyond words",
}

LESSONS: tuple[Lesson, ...] = (
    Lesson(
        "01_neuron",
        1,
        "One neuron",
        "weighted sum, bias, activation; what one neuron can and cannot separate",
        minutes=45,
        exercises=(Entry("weighted_sum", "The weighted sum", 2, 5),),
    ),
    Lesson("02_layers", 1, "Layers", "input, hidden, output; feed-forward, convolutional, recurrent; `Dense`"),
    Lesson("03_learning", 1, "Learning", "loss, gradient, backpropagation, SGD"),
    Lesson("04_one_hot", 2, "One-hot", "vocabulary, sparsity, one-hot x table = a row; 10,000 -> 300"),
    Lesson(
        "05_embedding_layer",
        2,
        "The lookup table",
        "`Embedding`, its parameters; its gradient touches only the rows looked up",
    ),
    Lesson("06_text_to_ids", 2, "Text to ids", "tokens, out-of-vocabulary words, padding, masks, subwords"),
    Lesson("07_sentiment_average", 3, "Averaging words", "masked mean and Dense; overfitting, dropout, L2"),
    Lesson("08_sentiment_sequences", 3, "Order matters", "Conv1D, LSTM and GRU"),
    Lesson("09_glove", 4, "Loading GloVe", "parse, match, coverage, frozen"),
    Lesson("10_transfer", 4, "Transfer", "random, frozen, fine-tuned as labels grow"),
    Lesson("11_word_vectors", 4, "Where vectors come from", "skip-gram, co-occurrence, GloVe's loss"),
    Lesson("12_good_vectors", 4, "Are they any good", "neighbours, analogies, similarity, PCA, t-SNE, bias"),
    Lesson("13_recommenders", 5, "Recommenders", "users and items as rows"),
    Lesson("14_images", 5, "Images", "a hidden layer as embedding; CNN, ViT"),
    Lesson("15_graphs", 5, "Graphs", "LLE, DeepWalk, node2vec, GNN"),
    Lesson("16_context", 5, "Context", "attention; an encoder, a decoder"),
    Lesson("17_translation", 5, "Translation", "two languages, one model"),
    Lesson("18_captions_video", 5, "Captions and video", "from pictures to words"),
    Lesson("19_sound_dna", 5, "Sound and DNA", "other sequences, other alphabets"),
    Lesson("20_anomalies", 5, "Anomalies", "fraud and intrusion"),
    Lesson("21_shipping", 5, "Shipping it", "text in, answer out; size, quantisation, hashing, 100 M rows"),
)


def lesson(name: str) -> Lesson:
    """The lesson of that name ("05_embedding_layer") or number ("05", "5").

    Raises ValueError that lists the lessons when there is none.
    """
    for entry in LESSONS:
        if name == entry.name or (name.isdigit() and int(name) == int(entry.number)):
            return entry
    raise ValueError(
        f"There is no lesson {name!r}. There are: {', '.join(entry.name for entry in LESSONS if entry.exercises)}."
    )
