"""By which words a text tells how actors stand to each other: patterns over frames (see ``frames``), by language.

In a pattern ``{A}`` and ``{B}`` are lists of actors, A stands to B as the row's kind says; ``{S}`` is A where it opens its
clause, ``{M}`` two actors or more that stand so to each other. ``{B:group}`` asks for a kind of actor, ``{B:one}`` for just
one. ``{v}`` takes helping verbs and adverbs, ``{w}`` up to three words, ``{q}`` the same with a possessive, ``{gap}`` any words
without an actor, ``{any}`` any words of the sentence.
"""

from __future__ import annotations

from typing import NamedTuple

from dragoman.types import RelationKind


class Row(NamedTuple):
    """One pattern. ``stems``: one of them, in small letters, must stand in the frame for the pattern to be tried."""

    kind: RelationKind
    sign: int
    stems: tuple[str, ...]
    pattern: str


def _rows(kind: RelationKind, sign: int, *rows: tuple[str, str]) -> tuple[Row, ...]:
    return tuple(Row(kind, sign, tuple(stems.split()), pattern) for stems, pattern in rows)


_AID = r"(?:support|backing|assistance|aid|help|protection|solidarity|blessing|patronage)"
_BACK = r"(?:back|support|endors|champion|bankroll|financ|fund|arm|sponsor|prop|bolster|assist|aid|help|shield|defend)"
_BACKED = (
    r"(?:backed|supported|endorsed|sponsored|funded|financed|armed|trained|equipped|assisted|aided|propped up|protected|hosted)"
)
_GIVE = (
    r"(?:declar|voic|express|pledg|promis|reaffirm|reiterat|affirm|announc|offer|provid|g[ai]v|lend|lent|extend|throw|threw"
    r"|show|"
    r"renew|confirm)\w*"
)
_GOOD = (
    r"(?:warm|warming|close|closer|good|strong|stronger|friendly|cordial|stable|excellent|improving|improved|growing|deep"
    r"|deepening"
    r"|solid|brotherly|fraternal|strategic|special|two-way|burgeoning|thriving)"
)
_TIES = r"(?:relations|ties|relationship|links|bonds|connections?|cooperation|co-operation|partnership|coordination|contacts)"
_MEND = r"(?:strengthen|improv|boost|deepen|enhanc|develop|recover|expand|restor|cement|consolidat|upgrad|broaden|rebuild|mend)"
_BOND = (
    r"(?:alliance|accord|pact|rapprochement|partnership|friendship|treaty|entente|axis|defen[cs]e agreement|cooperation"
    r" agreement"
    r"|strategic agreement|alignment)"
)
_ENEMY = r"(?:enem(?:y|ies)|foes?|adversar(?:y|ies)|nemesis|archenem(?:y|ies)|arch-?foes?)"
_AGAINST = (
    r"(?:counter(?:ing|act|acting)?|combat(?:t?ing)?|contain(?:ing)?|curb(?:ing)?|confront(?:ing)?|pressur(?:e|ing)|weaken"
    r"(?:ing)?"
    r"|isolat(?:e|ing)|toppl(?:e|ing)|destabili[sz](?:e|ing)|undermin(?:e|ing)|oust(?:ing)?|overthrow(?:ing)?|defeat(?:ing)?"
    r"|roll(?:ing)? back|push(?:ing)? back (?:against|on)|stand(?:ing)? up to|resist(?:ing)?)"
)
_CONDEMN = (
    r"(?:oppos|condemn|denounc|critici[sz]|reject|slam|blast|rebuk|lambast|decr|deplor|defi|defy|castigat|revil|vilif|accus|"
    r"sanction|threaten|warn)"
)
_TALKS = r"(?:talks|negotiations?|dialogue|consultations|mediation)"
_UNION = r"(?:coordinat|co-ordinat|cooperat|co-operat|collaborat|partner|all(?:y|i)|align|unit)"
_NORMAL = r"(?:normali[sz]ation|normali[sz]ing|normali[sz]e|rapprochement)"

ENGLISH = (
    *_rows(
        "supports", 1,
        ("back support endors champion bankroll financ fund arm sponsor prop bolster assist aid help shield defend",
         rf"{{S}}{{v}} {_BACK}(?:s|es|ed|e|ped|ing|ping)?(?: up)? {{w}}{{B}}"),
        ("by", rf"{{B}}(?:,? who|,? which|,? that|,)?{{v}} {_BACKED}(?: \w+){{0,2}} by {{A}}"),
        ("backed supported sponsored funded financed armed trained",
         rf"{{A}}[- ](?:and [\w-]+-)?{_BACKED} {{w}}{{B}}"),
        ("support backing assistance aid help protection blessing patronage",
         rf"{{B}}{{v}} (?:has|have|had|enjoys?|enjoyed|gets?|got|receiv\w+|wins?|won|secured) {{w}}{_AID} (?:of|from|by)"
         rf" {{A}}"),
        ("support backing assistance aid help protection blessing patronage",
         rf"{{B}}{{gap}}(?:thanks to|with|due to|owing to|because of|by) {{w}}{_AID} (?:of|from) {{A}}"),
        ("support backing assistance aid help protection blessing patronage",
         rf"(?:^|[,;] )(?:with|thanks to|due to)?\s?{{w}}{_AID} from {{A}}(?={{any}}, {{B}}{{v}} (?:has|have|had|is|are|can"
         rf"|will|may) )"),
        ("support backing assistance aid help protection",
         rf"{{A}}'s {{w}}{_AID} (?:of|for|to) {{w}}{{B}}"),
        ("support backing assistance aid help protection",
         rf"{_AID} (?:of|from|by) {{A}} (?:for|to) {{w}}{{B}}"),
        ("support backing assistance aid help solidarity",
         rf"{{S}}{{v}} {_GIVE} {{q}}{_AID} (?:for|to|with|behind) {{w}}{{B}}"),
        ("pledg promis commit vow agree",
         rf"{{S}}{{v}} (?:pledg|promis|commit|vow|agree)\w*{{gap}}to {_BACK}e? {{w}}{{B}}"),
        ("stand stood side", r"{S}{v} (?:st[ao]nds?|standing|stood|sid(?:es?|ed|ing)) (?:\w+ )?(?:with|by|behind) {w}{B}"),
        ("commit", r"{S},?(?: who)?{v} committed to {w}{B}'s? (?:survival|security|defen[cs]e|stability|victory)"),
        ("camp", r"{A}{v} in {B}(?:'s)? camp\b"),
        ("pro-", r"pro-{B:one} {w}{A:one}"),
        ("loyal", r"{A}{gap}loyal to {B}"),
        ("side of", r"{A}{gap}(?:takes?|took|taking|on) the side of {B}"),
        ("defen", r"{S}{v} (?:take|took|taking|come|came)s? (?:publicly )?(?:the|to the) defen[cs]e of {w}{B}"),
    ),
    *_rows(
        "supports", -1,
        ("abandon ditch desert betray", r"{S}{v} (?:abandon|ditch|desert|betray)(?:s|ed|ing) {w}{B}"),
        ("abandon ditch desert betray", r"{B},?{v} (?:abandoned|ditched|deserted|betrayed) by {A}"),
        ("withdr", rf"{{S}}{{v}} withdr[ae]w\w* {{q}}{_AID} (?:from|for|to) {{w}}{{B}}"),
    ),
    *_rows(
        "opposes", -1,
        ("oppos condemn denounc critici reject slam blast rebuk lambast decr deplor defi defy castigat revil vilif accus "
         "sanction threaten warn", rf"{{S}}{{v}} {_CONDEMN}(?:s|es|ed|e|ing|ned|ies|ied)? {{w}}{{B}}"),
        ("counter combat contain curb confront pressur weaken isolat toppl destabili undermin oust overthrow defeat roll push "
         "stand resist",
         rf"{{A}}{{gap}}(?:to|toward|towards|at|of|in|against|for|effectively) {_AGAINST} {{w}}{{B}}"),
        ("anti-", r"anti-{B:one} {w}{A:one}"),
        ("anti-", r"{S}{v} (?:\w+ )?anti-{B}"),
        ("opposed", r"{A}(?: and (?:all |the )?other \w+)?,?{v} opposed to {w}{B}"),
        ("oppos hostil objection", r"{A}'s {w}(?:opposition|hostility|objections?|resistance) to {w}{B}"),
        ("sanction", r"{B}{v} (?:subject to|under|hit by|facing) {A}(?:'s)? {w}sanctions"),
        ("sanction", r"{A}(?:'s)? {w}sanctions (?:on|against) {w}{B}"),
        ("sanction", r"{S}{v} (?:impos|slapp|put|levi|announc|tighten)\w* {w}sanctions (?:on|against) {w}{B}"),
        ("opposite", r"{S}{gap}opposite to (?:those of )?{B}"),
        ("rival", r"{A}{gap}rivals? (?:to|of) {B}"),
        ("rival", r"{A}'s {w}rivals?,? {B}"),
        ("against", r"{S}{v} (?:turn|campaign|protest|rall|mobili[sz]|demonstrat|lobb|stand|stood|vot)\w* against {w}{B}"),
        ("reject", r"{S}{v} rejected {w}{B}'s"),
    ),
    *_rows(
        "opposes", -1,
        ("rival", r"rivals {M}"),
        ("rival", r"{M}{v} {w}rivals"),
        ("rival tension dispute", r"(?:rivalry|tensions?|disputes?|feud|rift|differences|disagreements?) between {w}{M}"),
    ),
    *_rows(
        "hostile", -1,
        ("consider see view regard",
         rf"{{S}}{{v}} (?:consider|see|view|regard)(?:s|ed|ing|n)? {{B}} (?:to be |as )?{{w}}(?:threat|{_ENEMY}|danger"
         rf"|menace)"),
        ("war odds loggerheads conflict dispute feud standoff",
         r"{S}{v} (?:\w+ )?(?:at war|at odds|at loggerheads|in (?:an? )?(?:\w+ )?(?:conflict|dispute|feud|standoff"
         r"|confrontation)) with {w}{B}"),
        ("fight fought clash battl",
         r"{S}{v} (?:fight|fought|clash|battl|wag\w+ war)(?:s|es|ed|ing|e)? (?:with |against |on )?{w}{B}"),
        ("enem foe adversar nemesis", rf"{{A}}{{gap}}{_ENEMY} of {{w}}{{B}}"),
        ("enem foe adversar nemesis", rf"{{A}}'s {{w}}{_ENEMY},? {{B}}"),
        ("hostile", r"{A}{gap}hostile to(?:wards?)? {w}{B}"),
        ("war", r"{A}'s {w}(?:war|campaign|aggression|offensive|assault|blockade|attacks?) (?:on|against|of) {w}{B}"),
    ),
    *_rows(
        "hostile", -1,
        ("enem foe adversar", rf"{{M}}{{v}} {{w}}{_ENEMY}"),
        ("war odds loggerheads conflict", r"{M}{v} (?:at war|at odds|at loggerheads|in (?:open )?conflict)\b"),
        ("war fighting clashes battle", r"(?:war|fighting|clashes|battles?|hostilities) between {w}{M}"),
    ),
    *_rows(
        "allied", 1,
        ("ally allies partner friend", r"{A}(?:,|{v}) (?:an? |the |one of )?{w}(?:ally|allies|partners?|friends?) of {w}{B}"),
        ("ally allies partner friend", r"{B}'s {w}(?:ally|allies|partners?|friends?),? {A}"),
        ("ally allies partner friend", r"{A}{v} (?:as )?(?:an? |the )?{B}(?:'s)? {w}(?:ally|partner|friend)\b"),
        ("ally partner friend", r"{A:one} ?[,–-] {B:own} {w}(?:ally|friend|partner)\b"),
        ("ally allies", r"{B} (?:ally|allies) {A}"),
        ("allied aligned affiliated", r"{B}[- ](?:allied|aligned|affiliated) {w}{A}"),
        ("allied aligned affiliated", r"{A},?{v} (?:\w+ )?(?:allied|aligned|affiliated) (?:with|to) {w}{B}"),
        ("allianc accord pact rapproch partner friend treaty entente agreement alignment",
         rf"{{A}}(?:'s)? {{w}}{_BOND} with {{w}}{{B}}"),
        ("relation ties link bond connect cooperat co-operat partner coordinat contact",
         rf"{{S}}{{v}} (?:has|have|had|having|enjoys?|enjoyed|maintains?|maintained|keeps?|kept) {{q}}{_GOOD} {{w}}{_TIES}"
         rf" with {{w}}{{B}}"),
        ("relation ties link bond cooperat co-operat partner coordinat",
         rf"{{S}}{{v}} (?:\w+ ){{0,3}}{_MEND}\w* {{q}}{_TIES} with {{w}}{{B}}"),
        ("relation ties link bond cooperat co-operat partner coordinat",
         rf"\b{_MEND}\w* {{A}}(?:'s)? {{w}}{_TIES} with {{w}}{{B}}"),
        ("relation ties link",
         rf"{{A}}(?:'s)? {_TIES} with {{w}}{{B}}{{gap}}(?:improv|on the rise|warm|strengthen|flourish|thriv|grow)"),
        ("with", rf"{{S}}{{v}} {_UNION}\w* with {{w}}{{B}}"),
        ("forces", r"{S}{v} join(?:s|ed|ing)? forces with {w}{B}"),
        ("closer nearer",
         r"{S}{v} (?:edg|inch|mov|drift|draw|dr[ae]w|gr[eo]w|pull|com|c[ao]m|lean|get)\w* (?:ever )?(?:closer|nearer) to"
         r" {w}{B}"),
        ("signed inked concluded sealed",
         r"{S}{v} (?:signed|inked|concluded|sealed) {w}(?:treaty|pact|alliance|accord|agreement) with {w}{B}"),
    ),
    *_rows(
        "allied", 1,
        ("ally allies partner friend", r"{M}{v} {w}(?:allies|partners|friends)\b"),
        ("allies partners", r"(?:allies|partners) {M}"),
        ("relation ties link bond cooperat co-operat partner coordinat friend",
         rf"\b{_GOOD} {{w}}{_TIES} (?:between|among|of) {{w}}{{M}}"),
        ("relation ties link bond cooperat co-operat partner coordinat friend",
         rf"\b{_MEND}\w* {{w}}{_TIES} (?:between|among|of) {{w}}{{M}}"),
        ("allianc accord pact rapproch partner friend treaty entente agreement", rf"{_BOND} (?:between|among|of) {{w}}{{M}}"),
        ("signed inked concluded sealed",
         r"{M}{v} (?:signed|inked|concluded|sealed) {gap}(?:treaty|pact|alliance|accord|cooperation agreement|partnership)"),
        ("rapproch", r"{M}(?:'s)? {w}rapprochement"),
    ),
    *_rows(
        "member_of", 1,
        ("member part belong",
         r"{A}(?:,|{v}) (?:(?:also |still )?(?:an? |the )?(?:\w+ )?(?:members?|part) of|belongs? to) {w}{B:group}"),
        ("join", r"{S}{v} (?:join|rejoin)(?:s|ed|ing)? {w}{B:group}"),
        ("troops forces fighters men army", r"{B:group}(?: \(?{X}?\)?)? (?:troops|forces|fighters|men|units) of {A:person}"),
        ("led headed commanded", r"{B:group},?{v} (?:led|headed|commanded|founded) by {w}{A:person}"),
        ("lead head command chair", r"{A:person},?(?: who)?{v} (?:lead|head|command|chair)(?:s|ed|ing)? {w}{B:group}"),
    ),
    *_rows(
        "member_of", -1,
        ("pull withdr left leav quit exit",
         r"{S}{v} (?:pull(?:s|ed|ing) out of|withdr[ae]w(?:n|s|ing)? from|left|leav(?:es|e|ing)|quit(?:s|ting)?|exit(?:s|ed"
         r"|ing)?) {w}{B:group}"),
        ("pull withdr",
         r"{S}{v} (?:pull(?:s|ed|ing) out of|withdr[ae]w(?:n|s|ing)? from) {any}\bto (?:form|create|set up|build|join)"
         r" {any}{B:bloc}"),
    ),
    *_rows(
        "negotiates", 0,
        ("talks negotiat dialogue consultation mediation", rf"{_TALKS} (?:\w+ ){{0,2}}(?:between|among) {{w}}{{M}}"),
        ("negotiat", r"{S}{v} negotiat(?:es?|ed|ing) (?:\w+ ){0,4}with {w}{B}"),
        ("talks negotiat dialogue consultation",
         rf"{{A}}{{gap}}\b(?:h[eo]ld\w*|open\w*|start\w*|began|begun|launch\w*|resum\w*|enter\w*|conduct\w*|in|engaged in)"
         rf" {{w}}{_TALKS} with {{w}}{{B}}"),
        ("negotiat",
         r"{M}{v} (?:negotiating|negotiated|negotiate|in (?:\w+ )?talks|holding (?:\w+ )?talks|held (?:\w+ )?talks)\b"),
        ("mediat", r"{A}{v} mediat(?:es?|ed|ing) between {w}{B}"),
        ("meditat mediat", r"mediat(?:es?|ed|ing) between {w}{M}"),
    ),
    *_rows(
        "negotiates", 1,
        ("normali", rf"{{A}}{{gap}}{_NORMAL} {{w}}with {{w}}{{B}}"),
        ("normali", rf"{_NORMAL} (?:\w+ )?between {{w}}{{M}}"),
        ("restor rebuild mend resum",
         rf"{{S}}{{v}} (?:work|seek|sought|tr[yi]|aim|want)\w* to (?:restore|rebuild|mend|resume) {{q}}{_TIES} with"
         rf" {{w}}{{B}}"),
    ),
)  # fmt: skip

ARABIC = (
    *_rows(
        "supports", 1,
        ("دعم ساند ؤيد", r"(?:تدعم|يدعم|دعمت|دعم|تساند|يساند|ساندت|تؤيد|يؤيد|أيدت|أيد) {A} {B}"),
        ("دعم ساند ؤيد", r"{A} (?:تدعم|يدعم|دعمت|تساند|يساند|تؤيد|يؤيد|أيدت) {w}{B}"),
        ("مدعوم", r"{B} (?:المدعوم|المدعومة|المدعومين|مدعومة|مدعوما) (?:من|أمريكيا من)? ?{A}"),
        ("موالي", r"{A} (?:الموالية|الموالي|الموالون|موالية) {B}"),
        ("بدعم", r"{B}{gap}بدعم (?:\w+ )?(?:من )?{A}"),
    ),
    *_rows(
        "opposes", -1,
        ("عارض دان ندد رفض اتهم", r"(?:تعارض|يعارض|عارضت|أدانت|أدان|نددت|ندد|رفضت|اتهمت|اتهم) {A} {B}"),
        ("عارض دان ندد رفض اتهم", r"{A} (?:تعارض|يعارض|تدين|يدين|تندد|ترفض|تتهم|يتهم) {w}{B}"),
        ("مناهض معادي", r"{A} (?:المناهضة|المناهض|المعادية|المعادي|معادية|مناهضة) {B}"),
    ),
    *_rows("hostile", -1, ("عدو", r"{A}،? (?:العدو|عدو|عدوة) (?:اللدود )?{B}"), ("حرب", r"حرب {A} على {B}")),
    *_rows(
        "allied", 1,
        ("حليف", r"{A}،? (?:حليف|حليفة|الحليف|الحليفة) (?:الرئيسي |الرئيسية |الأبرز )?{B}"),
        ("حلفاء", r"{B} (?:وحلفاؤها|وحلفائها) {A}"),
        ("تحالف", r"(?:التحالف|تحالف|الشراكة|التعاون|التفاهم) (?:الاستراتيجي )?بين {M}"),
        ("متحالف", r"{A} (?:المتحالفة|المتحالف|متحالفة) مع {B}"),
    ),
    *_rows("member_of", 1, ("عضو", r"{A}،? (?:العضو|عضو) في {B:group}"), ("نضم", r"(?:انضمت|انضم|تنضم) {A} إلى {B:group}")),
    *_rows("member_of", -1, ("نسحب", r"(?:انسحبت|انسحب|تنسحب) {A} من {B:group}")),
    *_rows(
        "negotiates", 0,
        ("مفاوضات محادثات مباحثات", r"(?:المفاوضات|مفاوضات|المحادثات|محادثات|المباحثات|مباحثات|الحوار) (?:\w+ )?بين {M}"),
        ("مفاوضات محادثات", r"{A}{gap}(?:مفاوضات|محادثات|مباحثات) (?:\w+ )?مع {B}"),
    ),
)  # fmt: skip
RUSSIAN = (
    *_rows(
        "supports", 1,
        ("поддерж", r"{S}{v} поддерж(?:ивает|ивают|ала|али|ал|ит|ат) {w}{B}"),
        ("поддерж", r"{B},? поддерж(?:иваемы|анн)\w+ {A}"),
        ("поддерж", r"{B}{gap}при поддержке {w}{A}"),
    ),
    *_rows(
        "opposes", -1,
        ("осуд критик отверг обвин", r"{S}{v} (?:осу\w+|критику\w+|раскритиковал\w*|отверг\w*|обвин\w+) {w}{B}"),
        ("против", r"{S}{v} (?:выступ\w+|направлен\w*) против {w}{B}"),
    ),
    *_rows("hostile", -1, ("враг", r"{A}{gap}враг\w* {B}"), ("вою", r"{S}{v} вою\w+ (?:с|против) {B}")),
    *_rows(
        "allied", 1,
        ("союзн партн", r"{A}(?:,| –| -|{v}) (?:\w+ )?(?:союзни|партн[её]р)\w* {B}"),
        ("союзн партн", r"(?:союзни|партн[её]р)\w* {B} {A}"),
        ("союз альянс", r"(?:союз|альянс|партн[её]рств|сотрудничеств)\w* (?:между )?{M}"),
    ),
    *_rows("member_of", 1, ("член", r"{A}(?:,|{v}) (?:член|участни)\w* {B:group}"), ("вступ", r"{S}{v} вступ\w+ в {B:group}")),
    *_rows(
        "negotiates", 0,
        ("переговор", r"переговор\w* (?:между|делегаций)? ?{M}"),
        ("переговор", r"{A}{gap}переговор\w* с {w}{B}"),
    ),
)  # fmt: skip
FRENCH = (
    *_rows(
        "supports", 1,
        ("sout appui", r"{S}{v} (?:soutien(?:t|nent)|soutenai(?:t|ent)|a soutenu|ont soutenu|appui(?:e|ent)) {w}{B}"),
        ("soutenu appuy", r"{B},? (?:soutenue?s?|appuyée?s?) par {w}{A}"),
        ("pro-", r"{A} (?:\w+ )?pro-{B}"),
        ("soutien", r"{B}{gap}avec le soutien d(?:e|u|es) {w}{A}"),
    ),
    *_rows(
        "opposes", -1,
        ("condamn dénonc critiqu oppos accus", r"{S}{v} (?:condamn|dénonc|critiqu|rejett|accus)\w+ {w}{B}"),
        ("oppos", r"{S}{v} (?:s'oppos\w+|opposée?s?) (?:à|aux?) {w}{B}"),
        ("anti-", r"{A} (?:\w+ )?anti-{B}"),
    ),
    *_rows(
        "hostile", -1,
        ("ennemi", r"{A},? (?:l'|un )?ennemie? (?:juré )?d(?:e|u|es) {w}{B}"),
        ("guerre", r"{S}{v} en guerre (?:contre|avec) {w}{B}"),
    ),
    *_rows(
        "allied", 1,
        ("alli", r"{A}(?:,|{v}) (?:un |une |l'|le |la )?(?:\w+ )?alliée?s? d(?:e|u|es) {w}{B}"),
        ("allian accord partenariat", r"(?:alliance|pacte|partenariat|rapprochement) entre {w}{M}"),
    ),
    *_rows("member_of", 1, ("membre", r"{A}(?:,|{v}) (?:un )?membres? d(?:e|u|es) {w}{B:group}")),
    *_rows(
        "negotiates", 0,
        ("négociation pourparler discussion", r"(?:négociations|pourparlers|discussions) entre {w}{M}"),
        ("négoci", r"{S}{v} négoci\w+ (?:\w+ ){0,3}avec {w}{B}"),
    ),
)  # fmt: skip
TURKISH = (
    *_rows(
        "supports", 1,
        ("destek", r"{A}(?:'\w+)? destekli {w}{B}"),
        ("destekl", r"{S},? {w}{B}(?:'\w+)? destekl(?:iyor|edi|emekte)\w*"),
        ("yanlısı", r"{B} yanlısı {w}{A}"),
    ),
    *_rows(
        "opposes", -1,
        ("karşıtı", r"{B} karşıtı {w}{A}"),
        ("kınadı karşı", r"{S},? {w}{B}(?:'\w+)? (?:kınadı|karşı çıktı|eleştirdi|suçladı)"),
    ),
    *_rows(
        "allied", 1,
        ("müttefik", r"{B}(?:'\w+)? (?:\w+ )?müttefiki (?:olan )?{A}"),
        ("ittifak iş birliği", r"{M}(?:'\w+)? arasında(?:ki)? (?:\w+ )?(?:ittifak|iş birliği|anlaşma)"),
    ),
    *_rows("negotiates", 0, ("müzakere görüşme", r"{M}(?:'\w+)? arasında(?:ki)? (?:\w+ )?(?:müzakere|görüşme)\w*")),
)  # fmt: skip
PERSIAN = (
    *_rows("supports", 1, ("حمایت", r"{A}،? از {w}{B} (?:\w+ ){0,2}حمایت"), ("حمایت", r"{B} (?:تحت|مورد) حمایت {A}")),
    *_rows("opposes", -1, ("محکوم", r"{A}،? {w}{B} را محکوم"), ("ضد", r"{A}{gap}ضد {B}")),
    *_rows("allied", 1, ("متحد", r"{A}،? (?:\w+ )?متحد(?:ان)? {B}")),
    *_rows("negotiates", 0, ("مذاکر", r"(?:مذاکرات|مذاکره|گفتگوهای?) (?:\w+ )?(?:میان|بین) {M}")),
)  # fmt: skip
HEBREW = (
    *_rows(
        "supports", 1,
        ("תומכ תמכ", r"{S}{v} (?:תומכת|תומך|תומכים|תמכה|תמך) {B}"),
        ("נתמכ", r"{B} (?:הנתמכת|הנתמך|הנתמכים|נתמכת) (?:על ידי|בידי) {A}"),
        ("פרו-", r"{A} (?:ה)?פרו-{B}"),
    ),
    *_rows("opposes", -1, ("מתנגד גינ", r"{S}{v} (?:מתנגדת|מתנגד|גינתה|גינה) (?:את )?{B}"), ("אנטי-", r"{A} (?:ה)?אנטי-{B}")),
    *_rows("allied", 1, ("ברית", r"{A},? (?:בעל|בת|בעלת) (?:ה)?ברית\w* (?:של )?{B}")),
    *_rows("negotiates", 0, ("משא ומתן שיחות", r"(?:שיחות|משא ומתן|המשא ומתן) (?:\w+ )?בין {M}")),
)  # fmt: skip

BY_LANGUAGE = {
    "en": ENGLISH,
    "ar": ARABIC,
    "ru": RUSSIAN,
    "fr": FRENCH,
    "tr": TURKISH,
    "fa": PERSIAN,
    "he": HEBREW,
}
NEGATIONS = (
    r"\b(?:not|never|no longer|neither|nor|without|refus\w+ to|declin\w+ to|stopp?ed|ceas\w+)\b|n't\b|\bне\b|\bне является\b"
    r"|\bne (?:\w+ )?pas\b|\bn'\w+ pas\b|(?<!\w)(?:لا|لم|لن|ليس|ليست)(?!\w)|\bdeğil\b|(?<!\w)(?:לא|אינה|אינו)(?!\w)|نمی"
)
CONDITIONS = r"\b(?:if|would|could|might|may|should|were to|whether|unless)\b|\bесли\b|\bбы\b|\bsi\b|(?<!\w)(?:إذا|لو|قد)(?!\w)"
FORECASTS = r"\b(?:will|is likely|are likely|expected to|set to|about to|going to)\b|\bбудет\b|(?<!\w)(?:سوف|ست)"
PASTS = (
    r"\b(?:used to|former|formerly|once|previously|in the past|during the \w+ era|had been|during \w+'s time)\b"
    r"|\bбывш\w+|\bancien\w*|(?<!\w)السابق"
)
PROPOSALS = (
    r"\b(?:propos\w+|plan(?:s|ned|ning)? to|seek\w* to|aspir\w+|candidate|want\w*)\b|(?<!\w)(?:مقترح|المقترح)|\bпредлож\w+"
)
