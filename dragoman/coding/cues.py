"""What words say about a claim: who kinds of sources are, what denies, doubts, hedges or relays.

Each entry is a stem pattern, matched case-insensitively from the start of a word; the lists are ours, by language. They judge
the few words of a source, a cue or the head of a content; finding those spans is the reader's work, not theirs.
"""

from __future__ import annotations

import re


def any_of(*stems: str) -> re.Pattern[str]:
    """A pattern that finds any of the stems, separated by |, at the start of a word (or behind a glued “and”)."""
    return re.compile(rf"(?<![^\W_])[وفו]?(?:{'|'.join(stems)})", re.IGNORECASE)


def whole(*words: str) -> re.Pattern[str]:
    """A pattern that finds any of the words, separated by |, whole."""
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(words)})(?![^\W_])", re.IGNORECASE)


# --- sources ---------------------------------------------------------------------------------------------------------

MEDIA = any_of(
    "media(?!t)|newspapers?|dail(?:y|ies)\\b|news (?:agency|agencies|site|outlet|channel|portal)|news\\b|"
    "press (?:agency|tv)|broadcaster|tv\\b|television|radio|outlets?\\b|magazine|weekly|gazette|journal\\b|tribune|"
    "times\\b|herald|the post\\b|blog",
    "الإعلام|إعلام|وسائل|صحيفة|صحف|الصحيفة|وكالة|الوكالة|قناة|القناة|تلفزيون|إذاعة|موقع|مجلة",
    "сми\\b|газет|агентств|телеканал|канал|издани|журнал|портал|радио",
    "journal|quotidien|agence|chaîne|hebdomadaire|média|presse|site d’information|site d'information",
    "gazete|ajans|televizyon|kanal|basın|medya|dergi",
    "עיתון|סוכנות|ערוץ|כלי התקשורת|תקשורת|אתר החדשות|העיתון",
    "روزنامه|خبرگزاری|شبکه|رسانه|تلویزیون|وبگاه|پایگاه خبری",
    "periódico|diario|agencia|cadena|medios|prensa|revista",
)
MEDIA_NAMES = re.compile(
    r"(?<![^\W_])(?:Reuters|Associated Press|AP|AFP|Agence France-Presse|[Aa]l[- ](?:Jazeera|Arabiya|Mayadeen|Manar|Monitor|"
    r"Akhbar|Hayat|Masdar)|BBC|CNN|Fox News|MSNBC|NBC|ABC News|CBS|Bloomberg|Buzz[Ff]eed|Politico|Axios|(?:The )?Guardian|"
    r"New York Times|Washington Post|Wall Street Journal|Financial Times|Foreign Policy|Haaretz|Jerusalem Post|Times of Israel|"
    r"D[Ee][Bb][Kk][Aa](?:file)?|Ynet|IRNA|ISNA|Fars|Tasnim|Press TV|PressTV|Mehr|SANA|SPA|WAS|WAM|KUNA|Anadolu|Hürriyet|"
    r"Hurriyet|(?:Daily )?Sabah|TASS|Interfax|RIA Novosti|Sputnik|RT|Kommersant|Izvestia|Vedomosti|Novaya Gazeta|Xinhua|"
    r"Global Times|Le Monde|Le Figaro|Der Spiegel|Bild|El País|South ?Front|Amaq|Middle East Eye|Asharq [Aa]l-Awsat|Elaph|"
    r"The Hill|ТАСС|Интерфакс\w*|РИА Новости|Коммерсант\w*|Известия|Ведомости|Рейтер|رويترز|سانا|إيرنا|"
    r"ایرنا|ایسنا|تسنیم|הארץ|ידיעות)(?![^\W_])"
)
MEDIA_SHAPE = re.compile(
    r"(?:[A-Z][\w’'.-]*\s){1,4}(?:Post|Times|Tribune|Journal|Herald|Gazette|Monitor|News|Today|Observer|Telegraph|Chronicle|"
    r"Dispatch|Courier|Mail|Star|Globe|Review|Daily|Weekly|Agency|TV|Radio|Press|Ledger|Bulletin|Examiner|Wire)\b(?!\s+[A-Z])"
)
"""Names that look like an outlet’s, in scripts with capitals."""
UNNAMED = any_of(
    "sources?\\b|officials?\\b|diplomats?\\b|analysts?\\b|observers?\\b|experts?\\b|commentators?\\b|critics?\\b|"
    "witness(?:es)?\\b|residents?\\b|insiders?\\b|people\\b|persons?\\b|somebody|someone|some\\b|many\\b|most\\b|"
    "those\\b|others?\\b|several\\b|one of\\b|activists?\\b|supporters?\\b|opponents?\\b|rebels\\b|lawmakers?\\b|"
    "politicians?\\b|researchers?\\b|reports?\\b|reportedly|allegedly|rumou?rs?|accounts?\\b|document|"
    "stud(?:y|ies)\\b|polls?\\b|figures\\b|statistics|man\\b|woman\\b|residents|locals|insider|aides?\\b|advisers?\\b",
    "مصدر|مصادر|المصدر|المصادر|مسؤول|مسؤولون|مسؤولين|المسؤول|محلل|محللون|مراقب|مراقبون|المراقبون|خبراء|شهود|ناشط|"
    "دبلوماسي|تقارير|أنباء",
    "источник|чиновник|дипломат|аналитик|эксперт|наблюдател|очевид|собеседник|активист|сообщени",
    "source|responsable|diplomate|analyste|observateur|expert|témoin|habitant|opposant|militant",
    "kaynak|yetkili|diplomat|analist|uzman|gözlemci|tanık|görgü",
    "מקור|גורם|גורמים|בכיר|דיפלומט|פרשן|אנליסט|מומח|עד ראייה|עדי ראייה|פעיל",
    "منبع|منابع|مقام|مقامات|دیپلمات|تحلیلگر|کارشناس|ناظر|شاهد|فعال",
    "fuente|funcionario|diplomático|analista|observador|experto|testigo|activista",
)
OFFICIAL_VOICE = any_of(
    "spokes(?:man|woman|person|people)|press secretary|press service|statement",
    "المتحدث|متحدث|الناطق|ناطق|بيان|пресс-|официальный представитель|представител|заявлени|porte-parole|communiqué|"
    "sözcü|açıklama",
    "דובר|הודעת|سخنگو|بیانیه|portavoz|comunicado",
)
GOVERNMENT = any_of(
    "government|ministr|army\\b|armed forces|military|white house|pentagon|kremlin|state department|parliament|"
    "senate|congress\\b|knesset|embassy|foreign office|presiden(?:cy|tial)|administration|cabinet|air force|navy|"
    "police|intelligence|federal|treasury|court\\b|national security|authorit(?:y|ies)|defen[cs]e department|"
    "central bank|state\\b|regime|downing street|élysée|elysee|house of",
    "الحكومة|حكومة|وزارة|الوزارة|الجيش|جيش|الرئاسة|البيت الأبيض|البنتاغون|الكرملين|البرلمان|مجلس|السلطات|الشرطة|"
    "الخارجية|الدفاع",
    "правительств|министерств|мид\\b|минобороны|кремл|белый дом|пентагон|госдум|армия|армии|власти|полици|госдеп|"
    "ведомств|служб",
    "gouvernement|ministère|armée|maison[- ]blanche|élysée|parlement|autorités|police|quai d’orsay|présidence",
    "hükümet|bakanlığ|ordu|cumhurbaşkanlığı|beyaz saray|kremlin|meclis|polis|makam",
    'ממשל|משרד|צבא|צה["״]ל|הבית הלבן|כנסת|משטר|רשויות',
    "دولت|وزارت|ارتش|کاخ سفید|کرملین|مجلس|مقام|پلیس|سپاه",
    "gobierno|ministerio|ejército|casa blanca|parlamento|autoridades|policía",
)
OFFICE = any_of(
    "president|prime minister|premier|minister|king\\b|emir\\b|crown prince|prince\\b|secretary|leader|chief|"
    "commander|general\\b|ambassador|envoy|chancellor|senator|lawmaker|spokes|adviser|analyst|professor|chairman|"
    "director|head of|deputy|sheikh|ayatollah|field marshal|author\\b|writer\\b",
    "المحلل|محلل|الباحث|باحث|الخبير|الرئيس|رئيس|وزير|الوزير|الملك|الأمير|أمير|القائد|قائد|السفير|المبعوث|الأمين|أمين|النائب|المرشد",
    "аналитик|эксперт|политолог|профессор|президент|премьер|министр|король|эмир|принц|глава|лидер|командующ|генерал|посол|канцлер|сенатор|депутат|секретар",
    "président|ministre|premier|roi\\b|émir|prince|chef|général|ambassadeur|secrétaire|cumhurbaşkanı|başkan|bakan|"
    "kral|general|büyükelçi|lider",
    "נשיא|ראש|שר\\b|השר|מלך|נסיך|רמטכ|מפקד|שגריר|רئیس|وزیر|پادشاه|فرمانده|سفیر|رهبر|دبیر|presidente|ministro|rey\\b|"
    "príncipe|jefe|general|embajador",
)
PRONOUNS_ONE = whole("he|she|him|her|his|он|она|il|elle|o|هو|هي|הוא|היא|او|وی|él|ella")
RELATIVES = whole("who|which|that|whose|который|которая|которые|qui|lequel|laquelle|الذي|التي|الذين|که|ki|quien|que")
PRONOUNS_MANY = whole("they|them|their|it|its|они|оно|ils|elles|onlar|هم|הם|הן|آنها|آن‌ها|ellos|ellas")
NAMELESS = whole(
    r"\w|an?|the|both|some|many|most|all|each|every|any|several|few|none|one|ones|another|others?|there|here|this|that|these|"
    r"those|sa(?:id|ys?)|(?:an?|the) (?:first|second|third|other|former|latter|one)|une?|les?|la|des|tous|plusieurs|certains|"
    r"все|оба|обе|некоторые|многие|один|одна|كل|بعض|كلا|أحد|כל|כמה|bazı|her|همه|برخی"
)
"""Words that name nobody by themselves, whoever they count or point at."""
SELF = whole(
    "i|we|me|us|my|our|the author|this author|this writer|this blog|я|мы|автор|je|nous|l’auteur|ben|biz|أنا|نحن|"
    "الكاتب|אני|אנחנו|من|ما|yo|nosotros|el autor",
)

# --- cues ------------------------------------------------------------------------------------------------------------

DENIAL = any_of(
    "den(?:y|ies|ied|ying|ial)|reject|refut|dismiss|disput|rebuff|repudiat|contradict|disavow|rule[ds]? out|"
    "ruling out|debunk|not true|false",
    "نف(?:ى|ت|وا|ي)|ينف|تنف|رفض|يرفض|ترفض|دحض|كذّ?ب|استبعد|опроверг|отрица|отверг|отклон|исключи|démen|nie\\b|nié|"
    "rejet|réfut|conteste|récus",
    "yalanla|reddet|inkâr|inkar|הכחיש|מכחיש|דח(?:ה|תה|ו)\\b|שלל|تکذیب|رد کرد|انکار|نفی|desmint|desmient|"
    "neg(?:ó|aron|ado)|rechaz",
)
DOUBT = any_of(
    "doubt|question(?:s|ed|ing)?\\b|skeptic|sceptic|unconvinced|challenge|not believe|n['’]t believe|n['’]t think|"
    "not think|disagree",
    "شكك|يشكك|تشكك|شكوك|усомни|сомнева|сомнени|mett(?:re|ent|ait) en doute|dout|şüphe|kuşku|ספק|מפקפק|تردید|شک\\b|duda",
)
WITHHELD = any_of(
    "declin|refus|would not (?:say|comment)|не стал|отказал|رفض التعليق|امتنع|refusé de|s’est refusé",
)
"""Cues of one who does not say: the content is not denied."""
SPECULATION = any_of(
    "specul|rumou?r|wonder|conjectur|muse[ds]?\\b|guess|imagin|hypothesi|fantasi|suppos|hint|whisper",
    "تكهن|يتكهن|شائعات|إشاعات|تكهنات|предполож|слух|гадa|спекул|spécul|rumeur|suppos|söylenti|tahmin yürüt|ספקול|"
    "שמוע|משער|گمانه|شایع|especul|rumor",
)
HEDGE = any_of(
    "believ|think|thought|suspect|expect|seem|appear|suggest|hop(?:e|es|ed|ing)\\b|fear|predict|forecast|estimat|"
    "assum|consider|feel|felt|reportedly|alleged|apparent|likely|unlikely|probabl|presum|perceiv|view|anticipat|"
    "argu(?:e|es|ed|ing) that .* could|warn|threat|worr|concern|indicat|evident|perhaps|possibl|reports? of|heard",
    "يعتقد|تعتقد|اعتقد|يرى|يرون|ترى|يظن|يبدو|يتوقع|توقع|رجّ?ح|يرجح|يخشى|تخشى|يأمل|تأمل|أعرب عن أمل|حذّ?ر|يحذر|تحذر|"
    "اعتبر|محتمل|يفترض|قدّر",
    "считает|считают|полага|дума|вероятн|ожида|наде|опаса|предупре|прогноз|видимо|по-видимому|кажется|предполага|"
    "якобы|по мнению|допуст",
    "croi(?:t|ent)|pens|estim|semble|paraît|espèr|craint|craign|prévo|s’attend|avertit|averti|aurait|probable|suppose|juge",
    "inan|düşün|sanıyor|bekl|umuyor|umut|kork|endişe|uyar|tahmin|muhtemel|görünüyor|iddia",
    "מאמין|סבור|חושש|מעריכ|מעריך|צופה|מקווה|כנראה|ככל הנראה|הזהיר|מזהיר|לכאורה|חושב",
    "معتقد|گمان|امیدوار|ابراز امیدواری|نگران|پیش‌بینی|هشدار|احتمال|به نظر|ظاهرا|انتظار",
    "cree|piens|opina|estim|parece|espera|teme|prev|advirti|advierte|supuest|presunt|probable|al parecer",
)

IMPERSONAL = any_of(
    "reportedly|allegedly|apparently|supposedly|seem|appear|is (?:said|expected|believed|thought|reported|known)|"
    "are (?:said|expected|believed|thought|reported)|rumou?r|якобы|по сообщениям|по слухам|يُقال|يقال|ذُكر|"
    "söyleniyor|iddialara göre|dit-on|selon des informations|se dice|לפי דיווחים|گفته می‌شود",
)
"""Cues that need no source: nobody in particular says so."""

SEEMING = any_of("seem|appear|looks? (?:like|as)|يبدو|кажется|semble|paraît|görünüyor|נראה|به نظر|parece")
RAISED = re.compile(r"(?:to|like|set to)\s", re.IGNORECASE)
HEARSAY = any_of("reported|alleged|supposed|rumou?r|якобы|لكن يقال|يقال")
"""Marks of the author's that point to others who are not named."""
EXPLETIVE = whole("it|il|есть|это")

# --- contents --------------------------------------------------------------------------------------------------------

NEGATION = whole(
    "not|no|never|nor|neither|nobody|nothing|none|cannot|\\w+n['’]t|without|unable|unlikely|لا|لم|لن|ليس|ليست|غير|ما|"
    "دون|ولا|ولم|ولن|не|нет|ни|никогда|нельзя|никто|ne|n['’]\\w+|jamais|aucun|aucune|ni|değil|yok|hiçbir|asla|"
    "\\w+(?:me|ma)(?:yacak|yecek|dı|di|mış|miş|z|yor)\\w*|לא|אין|אינו|אינה|אינם|מעולם|نه|نیست|هیچ|هرگز|"
    "ن(?:می|خواه|داشت|شد|کرد|بود)\\S*|nunca|ningún|ninguna|jamás|tampoco",
)
CLAUSE = whole(
    "that|which|who|whom|because|if|although|though|while|unless|until|where|when|whose|but|so that|and|что|который|"
    "которая|которые|которого|если|потому|когда|чтобы|но|أن|الذي|التي|الذين|إذا|لأن|حتى|لكن|qui|que|dont|si|parce|"
    "lorsque|mais|ki|çünkü|eğer|ancak|ש\\S+|אם|כי|אבל|که|اگر|زیرا|اما|porque|cuando|pero",
)
POSSIBLE = whole(
    "may|might|could|perhaps|possibly|maybe|قد [يت]\\w+|ربما|لعل|يمكن أن|может|могут|возможно|мог(?:ла|ли)? бы|"
    "peut-être|pourrai(?:t|ent)|belki|\\w+(?:e|a)bilir\\w*|אולי|עשוי(?:ה|ים|ות)?|עלול(?:ה|ים|ות)?|شاید|ممکن|quizá|"
    "quizás|tal vez|podría|podrían",
)
LIKELY = whole(
    "likely|unlikely|probably|presumably|apparently|seemingly|evidently|reportedly|allegedly|supposedly|seems?|"
    "seemed|appears?|appeared|if|من المرجح|على الأرجح|يبدو|من المتوقع|вероятно|скорее всего|видимо|по-видимому|"
    "кажется|похоже|probablement|sans doute|apparemment|semble|semblent|muhtemelen|görünüşe göre|כנראה|ככל הנראה|"
    "احتمالا|ظاهرا|به نظر می‌رسد|probablemente|al parecer|parece",
)
COMPLEMENTIZER = re.compile(r"(?:that|إنّ?|أنّ?|بأنّ?|что|о том, что|que|qu['’]|ki|که|כי)\s+|qu['’]", re.IGNORECASE)

# --- relays ----------------------------------------------------------------------------------------------------------

CITING = any_of(
    "citing|quoting|according to|as reported by|as quoted by|as cited by|cited by|quoted by|reported by|referring to",
    "نقلا عن|نقلاً عن|بحسب|وفق(?:ا|اً)? ل|حسب|со ссылкой на|ссылаясь на|по данным|по словам|citant|selon|d’après|"
    "cité par|göre|dayandırarak|atıfta",
    "בשם|מפי|על פי|לפי|בהתבסס על|به نقل از|به گفته|به گزارش|citando a|según|de acuerdo con",
)
SAID = whole(
    "said|says|told|added|stated|declared|announced|explained|warned|tweeted|wrote|قال|قالت|صرح|صرحت|أعلن|أعلنت|أضاف|أضافت|"
    "сказала?|заявила?|сообщила?|отметила?|подчеркнула?|добавила?|a dit|a déclaré|a affirmé|a ajouté|dedi|söyledi|belirtti|"
    "אמרה?|מסרה?|הוסיפה?|گفت|افزود|اعلام کرد|dijo|declaró|afirmó"
)
"""Verbs by which somebody is quoted."""
QUOTED_BY = any_of("(?:cited|quoted) by|نقلت عنه|цитиру|cité par|citado por")
TOLD = any_of(
    "told|tells|telling|in an interview with|in comments to|in remarks to|speaking to|interview(?:ed)? (?:by|with)|"
    "лично сказал|заявил агентству|сообщил изданию|لصحيفة|لوكالة|لقناة|à l’agence|au journal|ajansına|gazetesine|"
    "به خبرگزاری|a la agencia",
)
