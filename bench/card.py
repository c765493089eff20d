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

One small multilingual encoder, one pass, two heads: attributions (source, cue, content, and which belong together) and
mentions ({mentions}). It runs on ONNX Runtime, mostly in int8; nothing is fetched.

| | |
|---|---|
| encoder | {encoder}; {layers} layers x {hidden}; word embeddings frozen, in their 4-bit blocks |
| licence | {licence} |
| files | {files} |
| trained | {training} |

## Data

| set | for | licence |
|---|---|---|
{data}

No test split was trained on. PolNeAR dev chose the settings; the passages of `tests/data/attribution_languages.txt` only
measure.

## Scores

All by `python -m bench.measure`, with the weights shipped here. Attribution F1, exact spans and recall by kind of quotation are
those of the scorer that the project was given; on PolNeAR people agree with each other at .69. *First dump*: 7 articles of a
blog's archive with 132 claims marked by hand, through `read` and `export`; its gold helped to develop the rules of coding, so
it shows what they can do, not how they do on other pages.

{scores}

## Languages

English is what nearly all training text is in. Arabic, Russian, French, Turkish, Hebrew and Persian have some hundred
passages of ours; Spanish has none, and shows what carries over. Our test passages are few (14 to 20 a language, written by us):
read their figures as a smoke test, not as a benchmark.

## For what, and for what not

For finding, in news text, who is said to have said what, with the spans to check it by. Not for deciding what is true, not for
judging persons, and not as a record of what somebody said without a look at the text.

Known failures: attributions inside attributions are not marked separately; quotations that run over several paragraphs are
at times cut; the content of a cue without “that” may end too early; scare quotes are sometimes taken for speech; verbs of
attitude (“supports”, “opposes”) count as cues, as in PolNeAR; US political news of 2015–2016 shapes what the model expects;
headlines and tables are read poorly.
"""


def table(scores: Figures) -> str:
    """The figures as tables: one for each set, one for all languages."""
    parts = []
    by_language = {name.rsplit(" ", 1)[1]: f for name, f in scores.items() if name.startswith("own passages")}
    for name, figures in scores.items():
        if not name.startswith("own passages"):
            parts += [
                f"### {name}",
                "",
                "| measure | value |",
                "|---|---|",
                *(f"| {k} | {v:g} |" for k, v in figures.items()),
                "",
            ]
    if by_language:
        heads = list(next(iter(by_language.values())))
        parts += ["### Own passages, by language", "", f"| language | {' | '.join(heads)} |", "|---" * (len(heads) + 1) + "|"]
        parts += [
            f"| {language} | {' | '.join(f'{figures[h]:g}' for h in heads)} |"
            for language, figures in sorted(by_language.items())
        ]
    return "\n".join(parts)


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
        training=", ".join(f"{k} {v}" for k, v in manifest.training.items()),
        data="\n".join(f"| {s['name']} | {s['what']} | {s['licence']} |" for s in manifest.data),
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
