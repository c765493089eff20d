"""Write the model card from the manifest: ``python -m bench.card [--measure]``.

With ``--measure`` the figures are measured first and kept in the manifest, so that card and weights travel together.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import msgspec

from bench.gold import ROOT
from bench.measure import Figures, measure
from dragoman.reader.files import MANIFEST, SHIPPED, Manifest, load_manifest

CARD = ROOT / "docs" / "model-card.md"

TEMPLATE = """# Model card: {name} {version}

*Written by `python -m bench.card` from `dragoman/reader/weights/manifest.json`; do not edit.*

One small multilingual encoder, one pass, six heads: attributions (source, cue, content, and which belong together), mentions
({mentions}), triggers of events (the sixteen types of PLOVER) with their arguments (actor, recipient, place, time), the
status of an event ({statuses}), the stance of one actor toward another (for, against, none), and the PLOVER type of what one
given span does to another. It runs on ONNX Runtime, mostly in int8; nothing is fetched.

| | |
|---|---|
| encoder | {encoder}; {layers} layers x {hidden}; word embeddings frozen, in their 4-bit blocks |
| licence | {licence} |
| files | {files} |
| trained | seed {seed}; stages: {stages} |

## Data

| set | for | texts | licence |
|---|---|---|---|
{data}

The manifest holds a hash of the texts of each set. No test split was trained on, nor a codebook's examples: `python -m
bench.overlap` compares every training sentence with all held-out files that are there (the published splits of PolNeAR share
some wire copy; nothing else is found). PolNeAR dev chose the settings of the attribution head; `tests/data` only measures.
Our own event and pair passages were written by language models under `train/guidelines.md`, not by journalists.

## Scores

All by `python -m bench.measure`, with the weights shipped here.

- *PolNeAR dev*: attribution F1, exact spans, and recall by kind of quotation, of the scorer that the project was given;
  people agree with each other at .69. `ATTRIBUTION, … words` are the F1 of articles of that length.
- *pairs PLV*: a fifth of the train split, kept out of training, by the pair scorer; `codebook records`: sentences of PLOVER's
  gold standard with both sides marked, never trained on.
- *WikiEvents, RAMS dev*: events whose type maps to just one of PLOVER (`train/sets.py`); types that these sets do not know
  cannot be judged there.
- *stance DSE dev*: five labels; sentences of dev were left out of training.
- *mentions*: exact spans; re3d over the types that it shares with us.
- *First dump*: 7 articles of a blog's archive with claims and events marked by hand. Its gold helped to develop the rules of
  coding claims, so that figure shows what they can do, not how they do on other pages. The event figures are of the reader
  alone.

{scores}

## Languages

English is what nearly all real text is in. Arabic and Russian have some hundred passages of ours for attributions and for
events, and public sets for mentions; French, Turkish, Hebrew and Persian some dozens; Spanish none, and shows what carries
over. Our test passages are few and written by us, as those that are trained on: read their figures as a smoke test, not as a
benchmark.

## For what, and for what not

For finding, in news text, who is said to have said what, and who is said to have done what to whom, with the spans to check
it by. Not for deciding what is true, not for judging persons, and not as a record of what somebody said or did without a look
at the text.

Known failures: attributions inside attributions are not marked separately; quotations that run over several paragraphs are at
times cut; the content of a cue without “that” may end too early; scare quotes are sometimes taken for speech; verbs of
attitude (“supports”, “opposes”) count as cues, as in PolNeAR; US political news of 2015–2016 shapes what the model expects;
headlines and tables are read poorly. Types that depend on convention (an embargo is SANCTION or COERCE, an apology CONCEDE or
SUPPORT) are confused. Arguments that stand in another sentence are mostly missed. Stances between actors that are merely
named together are sometimes made up, and irony is taken at its word. What a set of news wire calls a mention, and whether its
article and title belong to it, differs between sets; here they mostly do not, except where text reads like an official
statement on conflict.
"""


LANGUAGES = ("own passages", "own events")


def table(scores: Figures) -> str:
    """The figures as tables: one for each set, one for all languages of our own passages."""
    parts = []
    for name, figures in scores.items():
        if not name.startswith(LANGUAGES):
            rows = (f"| {k} | {v:g} |" for k, v in figures.items())
            parts += [f"### {name}", "", "| measure | value |", "|---|---|", *rows, ""]
    for kind in LANGUAGES:
        by_language = {name.rsplit(" ", 1)[1]: f for name, f in scores.items() if name.startswith(kind)}
        if by_language:
            heads = list(next(iter(by_language.values())))
            parts += [f"### {kind}, by language", "", f"| language | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
            parts += [
                f"| {language} | {' | '.join(f'{figures[h]:g}' for h in heads)} |"
                for language, figures in sorted(by_language.items())
            ]
            parts.append("")
    return "\n".join(parts).rstrip()


def card(manifest: Manifest, folder: Path) -> str:
    """The text of the card."""
    return TEMPLATE.format(
        name=manifest.name,
        version=manifest.version,
        mentions=", ".join(x[2:] for x in manifest.mentions if x.startswith("B-")),
        encoder=manifest.encoder,
        layers=manifest.layers,
        hidden=manifest.hidden,
        licence=manifest.licence,
        files=", ".join(f"{name} {(folder / name).stat().st_size / 1e6:.1f} MB" for name in manifest.sha256),
        statuses=", ".join(manifest.statuses),
        seed=manifest.training["seed"],
        stages="; ".join(f"{stage['name']}, {stage['epochs']} epochs" for stage in manifest.training["stage"]),
        data="\n".join(f"| {s['name']} | {s['what']} | {s['texts']} | {s['licence']} |" for s in manifest.data),
        scores=table(manifest.scores),
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--measure", action="store_true", help="measure first, and keep the figures in the manifest")
    options = parser.parse_args()
    manifest = load_manifest(SHIPPED)
    if options.measure:
        manifest = msgspec.structs.replace(manifest, scores=measure(SHIPPED))
        text = json.dumps(msgspec.to_builtins(manifest), ensure_ascii=False, indent=1)
        (SHIPPED / MANIFEST).write_text(text + "\n", encoding="utf-8")
    CARD.parent.mkdir(exist_ok=True)
    CARD.write_text(card(manifest, SHIPPED), encoding="utf-8")


if __name__ == "__main__":
    main()
