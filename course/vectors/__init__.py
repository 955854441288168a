"""Word vectors from text files: loaded fast and exactly, looked into, compared, measured, and made into a model's table.

    vectors = Vectors.load(vectors_path("glove.6B.50d"))     all 400,000 words; from the cache the next time
    vectors["cat"], vectors.most_similar("cat"), vectors.analogy("man", "king", "woman")
    table = vectors.embedding_matrix(vocabulary, counts)     table.matrix for keras.layers.Embedding

decimals, lines, wanted, files, reading: from a file's bytes to words and a float32 matrix; cache: kept for the next time;
core: Vectors; matrix: the table; ranking: word similarity and analogies as measures.
"""

from course.vectors.core import Vectors
from course.vectors.errors import VectorsError
from course.vectors.matrix import EmbeddingMatrix
from course.vectors.ranking import AnalogyScore, SectionScore, SimilarityScore, spearman

__all__ = [
    "AnalogyScore",
    "EmbeddingMatrix",
    "SectionScore",
    "SimilarityScore",
    "Vectors",
    "VectorsError",
    "spearman",
]
