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
        minutes=55,
        exercises=(
            Entry("weighted_sum", "The weighted sum", 2, 5),
            Entry("neuron", "A neuron over a batch", 3, 6),
            Entry("as_dense", "The same neuron in Keras", 2, 7),
            Entry("gate", "Weights by hand", 3, 8),
            Entry("xor_neurons", "Three neurons for XOR", 3, 10, stretch=True),
        ),
    ),
    Lesson(
        "02_layers",
        1,
        "Layers",
        "input, hidden, output; feed-forward, convolutional, recurrent; `Dense`",
        minutes=60,
        needs=("01_neuron",),
        exercises=(
            Entry("dense", "A layer as one product", 2, 4),
            Entry("forward", "The forward pass", 3, 7),
            Entry("xor_network", "XOR with a hidden layer", 2, 8),
            Entry("count_parameters", "Count the parameters", 2, 5),
            Entry("build_mlp", "Build it in Keras", 2, 5),
            Entry("conv1d", "A convolution by hand", 2, 10, stretch=True),
        ),
    ),
    Lesson(
        "03_learning",
        1,
        "Learning",
        "loss, gradient, backpropagation, SGD",
        minutes=60,
        needs=("01_neuron", "02_layers"),
        exercises=(
            Entry("binary_cross_entropy", "Binary cross-entropy", 2, 6),
            Entry("numeric_gradient", "A gradient by nudging", 2, 7),
            Entry("neuron_gradient", "The gradient of a neuron", 3, 7),
            Entry("descend", "Gradient descent", 2, 6),
            Entry("backward", "Backward through two layers", 3, 12, stretch=True),
        ),
    ),
    Lesson(
        "04_one_hot",
        2,
        "One-hot",
        "vocabulary, sparsity, one-hot x table = a row; 10,000 -> 300",
        minutes=55,
        needs=("02_layers",),
        exercises=(
            Entry("number_items", "Number the items", 2, 5),
            Entry("one_hot", "One-hot", 3, 7),
            Entry("distances", "All distances", 3, 7),
            Entry("bag_of_words", "A bag of words", 2, 6),
            Entry("sparse_product", "Bags times a table, without the zeros", 3, 10, stretch=True),
        ),
    ),
    Lesson(
        "05_embedding_layer",
        2,
        "The lookup table",
        "`Embedding`, its parameters; its gradient touches only the rows looked up",
        minutes=60,
        needs=("03_learning", "04_one_hot"),
        exercises=(
            Entry("lookup", "Look rows up", 2, 4),
            Entry("same_layer", "A layer that holds a given table", 2, 5),
            Entry("check_ids", "Check ids at the door", 2, 7),
            Entry("masked_mean", "A mean over words only", 2, 7),
            Entry("row_gradient", "The gradient of the table", 2, 7),
            Entry("sgd_step", "A step that touches only the rows looked up", 2, 10, stretch=True),
        ),
    ),
    Lesson(
        "06_text_to_ids",
        2,
        "Text to ids",
        "tokens, out-of-vocabulary words, padding, masks, subwords",
        minutes=60,
        needs=("05_embedding_layer",),
        exercises=(
            Entry("split_words", "Split a text into words", 2, 7),
            Entry("build_vocabulary", "Build a vocabulary", 2, 6),
            Entry("to_ids", "Words to ids", 1, 3),
            Entry("pad", "Pad and cut", 2, 5),
            Entry("vectorizer", "The layer that does it all", 2, 5),
            Entry("coverage", "Coverage", 2, 5),
            Entry("learn_bpe", "Byte-pair encoding", 3, 12, stretch=True),
        ),
    ),
    Lesson(
        "07_sentiment_average",
        3,
        "Averaging words",
        "masked mean and Dense; overfitting, dropout, L2",
        minutes=60,
        needs=("03_learning", "05_embedding_layer", "06_text_to_ids"),
        exercises=(
            Entry("word_shares", "Shares of words", 2, 7),
            Entry("build_model", "The averaging model", 3, 8),
            Entry("best_epoch", "Early stopping", 2, 8),
            Entry("loss_with_l2", "A loss with L2", 2, 6),
            Entry("judge_review", "Judge a review by its words", 2, 6),
            Entry("dropout", "Dropout by hand", 3, 10, stretch=True),
        ),
    ),
    Lesson(
        "08_sentiment_sequences",
        3,
        "Order matters",
        "n-grams, Conv1D, LSTM and GRU; what padding must not do",
        minutes=60,
        needs=("02_layers", "07_sentiment_average"),
        exercises=(
            Entry("ngrams", "Windows of words", 2, 6),
            Entry("conv_max", "The strongest window", 3, 9),
            Entry("build_cnn", "A network of windows", 3, 9),
            Entry("same_windows", "What windows cannot see", 2, 6),
            Entry("masked_rnn", "A state that passes over padding", 2, 7),
            Entry("log_count_ratio", "N-grams scored by counting", 3, 10, stretch=True),
        ),
    ),
    Lesson(
        "09_glove",
        4,
        "Loading GloVe",
        "parse, match, coverage, frozen",
        minutes=60,
        needs=("05_embedding_layer", "06_text_to_ids", "07_sentiment_average"),
        exercises=(
            Entry("parse_line", "One line", 2, 5),
            Entry("load_glove", "The wanted words", 2, 7),
            Entry("coverage", "Coverage by type and by token", 2, 5),
            Entry("embedding_matrix", "The embedding matrix", 3, 6),
            Entry("frozen_layer", "The frozen layer", 2, 7),
            Entry("find_vector", "A vector for nearly every word", 3, 10, stretch=True),
        ),
    ),
    Lesson(
        "10_transfer",
        4,
        "Transfer",
        "random, frozen, fine-tuned as labels grow",
        minutes=60,
        needs=("07_sentiment_average", "09_glove"),
        exercises=(
            Entry("label_subsets", "Nested subsets", 3, 8),
            Entry("mean_and_error", "A mean and its error", 2, 5),
            Entry("unfreeze", "Thaw a layer", 2, 6),
            Entry("moved", "How far rows moved", 2, 6),
            Entry("choose", "Choose, then report", 2, 5),
            Entry("tuning_step", "A step with a rubber band", 3, 8, stretch=True),
        ),
    ),
    Lesson(
        "11_word_vectors",
        4,
        "Where vectors come from",
        "skip-gram, co-occurrence, GloVe's loss",
        minutes=60,
        needs=("03_learning", "05_embedding_layer", "06_text_to_ids", "09_glove"),
        exercises=(
            Entry("skip_gram_pairs", "Pairs of neighbours", 2, 6),
            Entry("keep_probability", "Thin out frequent words", 2, 5),
            Entry("sgns_loss", "Skip-gram's loss", 3, 8),
            Entry("cooccurrence", "Count who meets whom", 2, 8),
            Entry("glove_loss", "GloVe's loss", 3, 8),
            Entry("ppmi", "Surprise instead of counts", 3, 8, stretch=True),
        ),
    ),
    Lesson(
        "12_good_vectors",
        4,
        "Are they any good",
        "neighbours, analogies, similarity, PCA, t-SNE, bias",
        minutes=60,
        needs=("09_glove", "11_word_vectors"),
        exercises=(
            Entry("nearest", "Nearest rows by cosine", 2, 6),
            Entry("spearman", "Spearman's rank correlation", 3, 8),
            Entry("analogy", "Analogies", 2, 6),
            Entry("pca", "PCA by hand", 3, 7),
            Entry("projector_tsv", "Two files for the Projector", 2, 6),
            Entry("weat", "An association test", 3, 10, stretch=True),
        ),
    ),
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
