"""How well the encoder can be taught to sort sentences, on sets that do not feed shipped weights.

    python -m training.sentence_folds CHECKPOINT VOCAB CORPORA

The branch for sentences and a fresh score are taught: PoliClaim by five folds (accuracy), SUBJ on its
training part (macro-F1 on dev and dev-test, scores of three seeds added). The layers that attribution
shares stay as they are, and are run once. Needs scikit-learn.
"""

from __future__ import annotations

import argparse
import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import spacy
import torch
import torch.nn.functional as F
from numpy.typing import NDArray
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import StratifiedKFold
from torch import Tensor, nn

from onrecord.pipeline.encoder import encode_doc
from onrecord.pipeline.tokenization import split_marks
from onrecord.pipeline.wordpieces import WordPieces
from training.batches import collate
from training.claim_heads import FILES, read_rows
from training.evaluate import load_model
from training.model import ILLEGAL, Attributor
from training.worth_teacher import unlabelled

EPOCHS, RATE, HEAD_RATE, BATCH = 4, 2e-4, 1e-3, 16
LONGEST = 180
"""Tokens of a sentence that are read."""
SEEDS = 3
"""Whose scores are added for SUBJ."""

Labels = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Sentence:
    """States below the branch, (pieces, hidden), and the place of each token's first piece."""

    states: Tensor
    first: Tensor


class Sorter(nn.Module):
    """A copy of the branch with a score of its own: the mean state of a sentence's tokens to log-odds."""

    def __init__(self, branch: nn.ModuleList, hidden: int) -> None:
        super().__init__()
        self.branch = copy.deepcopy(branch)
        self.score = nn.Linear(hidden, 1)

    def forward(self, sentences: Sequence[Sentence]) -> Tensor:
        """One value a sentence."""
        x = nn.utils.rnn.pad_sequence([s.states for s in sentences], batch_first=True)
        size = torch.tensor([len(s.states) for s in sentences])
        added = (torch.arange(x.shape[1])[None] >= size[:, None]).float()[:, None, None, :] * ILLEGAL
        for layer in self.branch:
            x = layer(x, added)
        means = torch.stack([x[i][s.first].mean(0) for i, s in enumerate(sentences)])
        scores: Tensor = self.score(F.dropout(means, 0.1, self.training))[:, 0]
        return scores


def read_set(model: Attributor, vocab: WordPieces, path: Path) -> tuple[list[Sentence], Labels]:
    """The sentences of a set below the branch; ones without a token are left out."""
    nlp = spacy.blank("en")
    split_marks(nlp)
    encoder, own = model.encoder, len(model.encoder.sense)
    sentences, labels = [], []
    for row in read_rows(path):
        document = unlabelled(encode_doc(nlp.make_doc(str(row["text"]).strip()), vocab))
        if not len(document.encoded):
            continue
        batch = collate([(0, 0, min(len(document.encoded), LONGEST))], [document])
        with torch.no_grad():
            x = encoder.embedded(encoder.words(batch.pieces), batch.features)
            added = (1 - batch.mask)[:, None, None, :] * ILLEGAL
            for layer in encoder.layers[: len(encoder.layers) - own]:
                x = layer(x, added)
        sentences.append(Sentence(x[0], batch.first[0]))
        labels.append(int(bool(row["label"])))
    return sentences, np.array(labels)


def batches(count: int, seed: int) -> Iterator[NDArray[np.int64]]:
    """Numbers of sentences, `BATCH` at once, `EPOCHS` times in other orders."""
    rng = np.random.default_rng(seed)
    for _ in range(EPOCHS):
        order = rng.permutation(count)
        yield from (order[k : k + BATCH] for k in range(0, count, BATCH))


def taught(
    model: Attributor, sentences: Sequence[Sentence], labels: Labels, *, seed: int, balanced: bool
) -> Sorter:
    """A sorter fitted to labelled sentences."""
    torch.manual_seed(seed)
    sorter = Sorter(model.encoder.sense, model.config.hidden)
    groups = [(sorter.branch, RATE), (sorter.score, HEAD_RATE)]
    optimizer = torch.optim.AdamW([{"params": part.parameters(), "lr": rate} for part, rate in groups])
    plan = list(batches(len(sentences), seed))
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimizer, [rate for _, rate in groups], len(plan), pct_start=0.1, anneal_strategy="linear"
    )
    weight = torch.tensor(float((labels == 0).sum() / labels.sum()) if balanced else 1.0)
    for chosen in plan:
        scores = sorter([sentences[i] for i in chosen])
        wanted = torch.from_numpy(labels[chosen]).float()
        loss = F.binary_cross_entropy_with_logits(scores, wanted, pos_weight=weight)
        optimizer.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(sorter.parameters(), 1.0)
        optimizer.step()
        schedule.step()
    return sorter.eval()


@torch.no_grad()
def scores_of(sorter: Sorter, sentences: Sequence[Sentence]) -> NDArray[np.float64]:
    """Log-odds of each sentence."""
    return np.array([float(sorter([s])[0]) for s in sentences])


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("vocab", type=Path)
    parser.add_argument("corpora", type=Path)
    args = parser.parse_args()
    torch.set_num_threads(2)
    model, vocab = load_model(args.checkpoint).eval(), WordPieces(args.vocab)
    sets = {
        name: read_set(model, vocab, args.corpora / "claims" / FILES[name])
        for name in ("policlaim", "subj-train", "subj-dev", "subj-devtest")
    }
    sentences, labels = sets["policlaim"]
    found = np.zeros(len(labels))
    for known, held in StratifiedKFold(5, shuffle=True, random_state=0).split(found, labels):
        sorter = taught(model, [sentences[i] for i in known], labels[known], seed=0, balanced=False)
        found[held] = scores_of(sorter, [sentences[i] for i in held])
    print(f"policlaim: accuracy {accuracy_score(labels, found > 0):.3f}")
    sentences, labels = sets["subj-train"]
    sorters = [taught(model, sentences, labels, seed=seed, balanced=True) for seed in range(SEEDS)]
    for name in ("subj-dev", "subj-devtest"):
        held_out, gold = sets[name]
        total = np.sum([scores_of(sorter, held_out) for sorter in sorters], axis=0)
        print(f"{name}: macro-F1 {f1_score(gold, total > 0, average='macro'):.3f}")


if __name__ == "__main__":
    main()
