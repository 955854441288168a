"""The table of data sets that can be downloaded: where from, how big, checksum, terms, whom to cite."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Source:
    """One file on one server. A name ending in .zip or .tar.gz is an archive that holds the data set."""

    url: str
    size: int  # bytes
    sha256: str


@dataclass(frozen=True)
class Dataset:
    """A data set as it lies in the cache folder, and the sources to try for it, in this order."""

    name: str
    title: str
    target: str  # a file, or the top folder of a tree, in the cache folder
    size: int  # bytes on disk: exact for a file, about for a tree
    sources: tuple[Source, ...]
    licence: str
    citation: str
    instead: str  # what to type to go on without it
    sha256: str = ""  # of a file
    folders: Mapping[str, int] = field(default_factory=dict)  # of a tree: how many .txt files each folder holds


# Where the checksums come from. Those of the archives were looked up, not computed.
# aclImdb_v1.tar.gz: size and sha256 as in TensorFlow Datasets (datasets/imdb_reviews/checksums.tsv). The second source
#   is PaddlePaddle's copy (python/paddle/text/datasets/imdb.py); the md5 Paddle gives for it is the one torchtext gives
#   for Stanford's file, 7c2ac02c03563afcf9b574c7e56c153a.
# glove.6B.zip: sha256 as in NumPy's NLP tutorial (numpy-tutorials, NLP from scratch) and other public loaders; the size
#   as in wget's logs of downloads.cs.stanford.edu, where nlp.stanford.edu redirects to.
# glove.6B.50d.txt: computed from the file in that archive. Hugging Face gives the same sha256 for the file in
#   kcz358/glove at the commit in the address, which is tried first because it is a fifth of the download.
# Not a source: huggingface.co/stanfordnlp/glove. Its glove.6B.zip (862,182,753 bytes, sha256 6471382c...) holds another
#   glove.6B.50d.txt (171,350,515 bytes, sha256 c99ba128...).
DATASETS: dict[str, Dataset] = {
    data.name: data
    for data in (
        Dataset(
            name="imdb",
            title="Large Movie Review Dataset v1.0: 50,000 labelled film reviews, 50,000 unlabelled",
            target="aclImdb",
            size=500_000_000,
            folders={"train/pos": 12_500, "train/neg": 12_500, "test/pos": 12_500, "test/neg": 12_500},
            sources=(
                Source(
                    "https://ai.stanford.edu/~amaas/data/sentiment/aclImdb_v1.tar.gz",
                    84_125_825,
                    "c40f74a18d3b61f90feba1e17730e0d38e8b97c05fde7008942e91923d1658fe",
                ),
                Source(
                    "https://dataset.bj.bcebos.com/imdb%2FaclImdb_v1.tar.gz",
                    84_125_825,
                    "c40f74a18d3b61f90feba1e17730e0d38e8b97c05fde7008942e91923d1658fe",
                ),
            ),
            licence="none stated; for research, cite the paper",
            citation="Maas, Daly, Pham, Huang, Ng, Potts: Learning Word Vectors for Sentiment Analysis. ACL 2011.",
            instead='load_reviews("shipped")',
        ),
        Dataset(
            name="glove.6B",
            title="GloVe vectors of 400,000 words in 50 dimensions, from Wikipedia 2014 and Gigaword 5",
            target="glove.6B.50d.txt",
            size=171_350_079,
            sha256="d8f717f8dd4b545cb7f418ef9f3d0c3e6e68a6f48b97d32f8b7aae40cb31f96f",
            sources=(
                Source(
                    "https://huggingface.co/kcz358/glove/resolve/fc671f626a92828aef148a010bc5abccd1239b0b"
                    "/glove.6B/glove.6B.50d.txt",
                    171_350_079,
                    "d8f717f8dd4b545cb7f418ef9f3d0c3e6e68a6f48b97d32f8b7aae40cb31f96f",
                ),
                Source(
                    "https://nlp.stanford.edu/data/glove.6B.zip",
                    862_182_613,
                    "617afb2fe6cbd085c235baf7a465b96f4112bd7f7ccb2b2cbd649fed9cbcf2fb",
                ),
            ),
            licence="PDDL 1.0",
            citation="Pennington, Socher, Manning: GloVe: Global Vectors for Word Representation. EMNLP 2014.",
            instead='vectors_path("shipped")',
        ),
    )
}
