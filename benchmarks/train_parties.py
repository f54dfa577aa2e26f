"""Train the component that finds parties the gazetteer lacks: `python benchmarks/train_parties.py`.

Made-up sentences only (party_letters.py), one seed, one core, a few minutes. Writes
extractors/data/parties.bin and prints precision, recall and F1 on sentences whose
heads, fields and verbs were kept away from training.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path
from zlib import compress

import numpy
from party_letters import Sentence, sentences
from spacy.language import Language
from spacy.training import Example
from spacy.util import fix_random_seed, minibatch

from extractors import words

SEED = 1945
SENTENCES, HELD, EPOCHS = 8000, 400, 5
TARGET = Path(words.__file__).parent / "data" / words.MODEL


def main() -> int:
    fix_random_seed(SEED)
    numpy.random.seed(SEED)
    nlp = words.blank()
    training = examples(nlp, sentences(SEED, SENTENCES))
    held = examples(nlp, sentences(SEED + 1, HELD, unseen=True))
    train(nlp, training, held)
    stored = compress(nlp.to_bytes(exclude=["tokenizer", "vocab"]), 9)
    TARGET.write_bytes(stored)
    print(f"{TARGET.name}: {len(stored) / 1024:.0f} KB")
    return 0


def examples(nlp: Language, made: Iterator[Sentence]) -> list[Example]:
    return [
        Example.from_dict(nlp.make_doc(one.text), {"entities": list(one.parties)}) for one in made
    ]


def train(nlp: Language, training: list[Example], held: list[Example]) -> None:
    optimizer = nlp.initialize(lambda: training[:200])
    shuffled = random.Random(SEED)
    for epoch in range(EPOCHS):
        shuffled.shuffle(training)
        losses: dict[str, float] = {}
        for batch in minibatch(training, size=32):
            nlp.update(batch, sgd=optimizer, drop=0.25, losses=losses)
        scores = nlp.evaluate([Example(nlp.make_doc(e.text), e.reference) for e in held])
        told = [scores[name] for name in ("ents_p", "ents_r", "ents_f")]
        print(epoch + 1, f"loss {losses['ner']:.0f}", *(f"{value:.3f}" for value in told))


if __name__ == "__main__":
    sys.exit(main())
