"""How well the encoder can be taught to sort sentences, on sets that do not feed shipped weights.

    python -m training.sentence_folds CHECKPOINT VOCAB CORPORA

The branch for sentences and a fresh score are taught and joined with their wording (hashed features), as
in the shipped claim head: PoliClaim by five folds (accuracy), SUBJ on its training part (macro-F1 on dev
and dev-test). The layers that attribution shares stay as they are, and are run once. How much the
wording counts is chosen on SUBJ's dev, for both sets, and so is SUBJ's cut. Needs scikit-learn.
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
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, f1_score
from sklearn.model_selection import StratifiedKFold
from torch import Tensor, nn

from onrecord.pipeline.base.tokenization import adapt_tokenizer
from onrecord.pipeline.encoder.component import encode_doc
from onrecord.pipeline.encoder.wordpieces import WordPieces
from training.batches import collate
from training.claim_heads import FILES, read_rows, vectors
from training.evaluate import load_model
from training.model import ILLEGAL, Attributor
from training.worth_teacher import unlabelled

EPOCHS, RATE, HEAD_RATE, BATCH = 4, 2e-4, 1e-3, 16
LONGEST = 180
"""Tokens of a sentence that are read."""
SEEDS = 3
"""Whose scores are averaged."""
SHARES = tuple(k / 10 for k in range(8))
"""Of the wording."""
CUTS = np.arange(-2, 2, 0.05)

Labels = NDArray[np.int64]
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sentence:
    """States below the branch, (pieces, hidden), and the place of each token's first piece."""

    states: Tensor
    first: Tensor


@dataclass(frozen=True, slots=True)
class Labelled:
    """A set's sentences with their labels and wording."""

    sentences: list[Sentence]
    labels: Labels
    texts: list[str]


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


def read_set(model: Attributor, vocab: WordPieces, path: Path) -> Labelled:
    """The sentences of a set below the branch; ones without a token are left out."""
    nlp = spacy.blank("en")
    adapt_tokenizer(nlp)
    encoder = model.encoder
    sentences, labels, texts = [], [], []
    for row in read_rows(path):
        text = str(row["text"]).strip()
        document = unlabelled(encode_doc(nlp.make_doc(text), vocab))
        if not len(document.encoded):
            continue
        batch = collate([(0, 0, min(len(document.encoded), LONGEST))], [document])
        with torch.no_grad():
            x = encoder.embedded(encoder.words(batch.pieces), batch.features)
            added = (1 - batch.mask)[:, None, None, :] * ILLEGAL
            for layer in encoder.layers[: model.config.sense_fork]:
                x = layer(x, added)
        sentences.append(Sentence(x[0], batch.first[0]))
        labels.append(int(bool(row["label"])))
        texts.append(text)
    return Labelled(sentences, np.array(labels), texts)


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
def scores_of(sorter: Sorter, sentences: Sequence[Sentence]) -> Scores:
    """Log-odds of each sentence."""
    return np.array([float(sorter([s])[0]) for s in sentences])


def wording(texts: Sequence[str], labels: Labels, held_out: Sequence[str], *, balanced: bool) -> Scores:
    """Log-odds by hashed features for sentences held out."""
    weight = "balanced" if balanced else None
    model = LogisticRegression(max_iter=2000, class_weight=weight).fit(vectors(texts), labels)
    found: Scores = model.decision_function(vectors(held_out))
    return found


def read(sorters: Sequence[Sorter], sentences: Sequence[Sentence]) -> Scores:
    """Mean log-odds of several sorters."""
    return np.asarray(np.mean([scores_of(sorter, sentences) for sorter in sorters], axis=0))


def join(share: float, worded: Scores, seen: Scores) -> Scores:
    """Both together."""
    return share * worded + (1 - share) * seen


def macro(labels: Labels, scores: Scores, cut: float) -> float:
    """Macro-F1 above a cut."""
    return float(f1_score(labels, scores > cut, average="macro"))


def subjectivity(model: Attributor, sets: dict[str, Labelled]) -> float:
    """Print SUBJ's figures; the share that its dev chose."""
    train = sets["subj-train"]
    sorters = [
        taught(model, train.sentences, train.labels, seed=seed, balanced=True) for seed in range(SEEDS)
    ]
    seen, worded = {}, {}
    for name in ("subj-dev", "subj-devtest"):
        seen[name] = read(sorters, sets[name].sentences)
        worded[name] = wording(train.texts, train.labels, sets[name].texts, balanced=True)
    dev = "subj-dev"
    share, cut = max(
        ((s, float(c)) for s in SHARES for c in CUTS),
        key=lambda o: macro(sets[dev].labels, join(o[0], worded[dev], seen[dev]), o[1]),
    )
    print(f"subj: share of the wording {share:.1f}, cut {cut:.2f}, by dev")
    for name in seen:
        labels = sets[name].labels
        alone = macro(labels, seen[name], 0.0), macro(labels, worded[name], 0.0)
        both = macro(labels, join(share, worded[name], seen[name]), cut)
        print(f"{name}: macro-F1 {both:.3f}; branch {alone[0]:.3f}, wording {alone[1]:.3f}", flush=True)
    return share


def claims(model: Attributor, data: Labelled, share: float) -> None:
    """Print PoliClaim's figures."""
    labels = data.labels
    seen, worded = np.zeros(len(labels)), np.zeros(len(labels))
    for known, held in StratifiedKFold(5, shuffle=True, random_state=0).split(seen, labels):
        chosen = [data.sentences[i] for i in known]
        sorters = [taught(model, chosen, labels[known], seed=seed, balanced=False) for seed in range(SEEDS)]
        seen[held] = read(sorters, [data.sentences[i] for i in held])
        texts = [data.texts[i] for i in known], [data.texts[i] for i in held]
        worded[held] = wording(texts[0], labels[known], texts[1], balanced=False)
    both, branch, words = (accuracy_score(labels, s > 0) for s in (join(share, worded, seen), seen, worded))
    print(f"policlaim: accuracy {both:.3f}; branch {branch:.3f}, wording {words:.3f}")


def main() -> None:
    """Print the scores."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("vocab", type=Path)
    parser.add_argument("corpora", type=Path)
    args = parser.parse_args()
    torch.set_num_threads(2)
    model, vocab = load_model(args.checkpoint).eval(), WordPieces(args.vocab)
    names = ("policlaim", "subj-train", "subj-dev", "subj-devtest")
    sets = {name: read_set(model, vocab, args.corpora / "claims" / FILES[name]) for name in names}
    claims(model, sets["policlaim"], subjectivity(model, sets))


if __name__ == "__main__":
    main()
