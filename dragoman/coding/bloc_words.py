"""By which words a text names blocs and tells their members: patterns over frames (see ``frames``), all languages together.

Macros are those of ``relation_words``; ``{L}`` is a list of at least two actors, ``{C}`` names joined by dashes, ``{H}`` a word
for a bloc, ``{N}`` the words before it that belong to its name.
"""

from __future__ import annotations

HEADS = (
    r"(?:axis|axes|blocs?|blocks?|coalition|alliance|camp|front|quartet|quartette|trio|troika|triad|triangle|quad|quintet|pact"
    r"|entente|umbrella|power ?base|format|grouping|partnership|tandem|duo|club|bandwagon|nexus|partnership"
    r"|axe|triangle|pacte|ось|оси|осью|блок[аеу]?|коалици\w+|альянс\w*|тройк\w+|четв[её]рк\w+|треугольник\w*"
    r"|ekseni|ittifakı|bloku|koalisyonu|محور|المحور|تحالف|التحالف|حلف|الحلف|معسكر|المعسكر|جبهة|الجبهة|الرباعية|رباعي|الثلاثي"
    r"|ثلاثي"
    r"|ائتلاف|ציר|הציר|ברית|קואליציה|קואליציית)"
)
OPEN_HEADS = (
    r"(?:axis|bloc|block|coalition|alliance|camp|front|club|grouping|pact|countries|states|nations|powers|forces"
    r"|groups|parties|all others?)"
)
"""Words for a bloc of which only the enemy may be told."""
MEMBERS = r"(?:members?|participants?|member[- ]states?|member countries|partners|signatories)"
FUTURE = r"(?:proposed|prospective|potential|would-be|possible|planned|future|envisaged|candidate)"
HOLDS = (
    r"(?:of|between|among|comprising|consisting of|composed of|made up of|formed by|formed of|including|"
    r"(?:(?:which|that|{X}),? )?(?:includes?|groups|unites|brings together)|grouping|uniting|bringing together|bundling"
    r"|primarily|notably|especially|namely|such as"
    r"|with|:|–|\(|entre|composée? de|réunissant|qui regroupe|из|между|в составе|включая|بين|يضم|تضم|المكون من|المكونة من|من"
    r"|של|בין)"
)

COMPOUND = (
    r"(?P<name>(?P<M>{C})(?:'s)? (?:\w+ )?{H}\b)",
    r"(?P<name>\b{H} (?:of )?(?P<M>{C}))",
)
LISTED = (r"(?P<name>(?:{N})?(?:{X} )?(?<!in )(?<!refugee )\b{H})\b,? ?(?:itself )?{HOLDS}? ?(?P<M>{L})\)?",)
OF_KNOWN = (
    r"(?P<B>{K})(?:'s)?(?: \w+)? ?\((?P<M>{L})\)",
    r"(?P<B>{K})(?:'s)?(?: (?:coalition|alliance|mechanism|format|group|bloc|axis|talks|process))?,? ?\(?{HOLDS} (?P<M>{L})",
    r"(?P<B>{K}), (?:primarily|notably|especially|namely|chiefly) (?P<M>{L1})",
    r"(?:in addition to (?P<M0>{L}), )?(?:the )?(?P<proposed>{FUTURE} )?(?P<B>{K})(?:'s)? (?P<future>{FUTURE} )?{MEMBERS} "
    r"(?:are|include|includes|including|such as|:) (?P<M>{L})",
    r"(?P<M>{L})[;,:]? {any60}\b(?:part|members?|participants?) (?:of|in) {any60}(?P<B>{K})",
    r"(?P<M>{L}){v} (?:form|make up|constitute|founded|created|established|belong to|joined) {w}(?P<B>{K})",
    r"(?P<M>{C}) (?P<B>{K})",
)
AGAINST = (
    r"(?:(?P<M>{L1}) and (?:all )?(?:the )?others? )?(?P<name>(?:{N})?\b{OPEN}) (?:\w+ )?(?:opposed to|against|hostile to"
    r"|ranged against|directed against|contre|против|ضد) (?P<B>{L1})",
    r"(?P<name>anti-(?P<B>{X}) (?:\w+ )?{OPEN}\b)(?:,? ?{HOLDS} (?P<M>{L}))?",
    r"(?P<name>ضد (?P<B>{X}))(?!.)",
)
LED = (r"(?P<name>(?P<M0>{X})-led (?:[\w-]+ )?{H})\b(?:,? ?{HOLDS} (?P<M>{L}))?",)
CAMP = (r"(?:(?P<M>{L1}){v} (?:in|part of|member of|firmly in) )?(?P<name>(?P<B>{X})(?:'s)? camp\b)",)
EXERCISE = (
    r"(?P<M0>{L1}){v} (?:host|hold|held|conduct|launch|stag|carr(?:y|ied) out|organi[sz])\w* "
    r"(?P<name>(?:the |a |an )?(?:[\w'\ue000-\uf8ff-]+ ){1,8}?(?:exercises?|drills?|man(?:oeuvres|euvers)|war ?games?))"
    r"{any60},? (?:with|alongside|joined by|together with)(?: the participation of| forces from)? (?P<M>{L})",
)
TO_COUNTER = (
    r"^[^.;]{0,70}?\b(?:against|opposed to|to (?:counter|combat|contain|confront|fight|oppose|resist|deter|isolate)"
    r"|(?:countering|combating|containing|confronting|fighting|deterring)) (?:the )?(?P<B>{X})"
)
MAY_BE = r"^,? (?:could|would|might|may)\b"
