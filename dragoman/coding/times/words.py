"""The words of time in seven languages. Patterns; of a list that ``;`` divides, the n-th stands for the n-th month, day …

In Arabic and Persian the letters that writers use for one another match each other.
"""

from __future__ import annotations

import msgspec


class Words(msgspec.Struct, frozen=True, kw_only=True):
    """How a language speaks of time. ``last``, ``this`` and ``next`` may stand before or behind their noun."""

    months: str
    weekdays: str
    """Monday first."""
    seasons: str
    """Winter first."""
    units: str
    """Hour, day, week, month, quarter, year, decade; minutes count as hours."""
    numbers: str
    """From one."""
    few: str
    days: dict[int, str]
    """Days from today."""
    last: str
    this: str
    next: str
    rolling: str = r"(?!)"
    """Those of ``last`` that count back from today (*the past week*), not to the unit before this one (*last week*)."""
    final: str = r"(?!)"
    """Those of ``last`` that name the end of something else before one of ``part_of`` (*the last week of the war*)."""
    part_of: str = r"(?!)"
    recent: str = r"(?!)"
    """Says of several units that they have just passed."""
    duals: str = ""
    """Two of each unit, where one word says it."""
    ago_before: str = r"(?!)"
    ago_behind: str = r"(?!)"
    ahead_before: str = r"(?!)"
    ahead_behind: str = r"(?!)"
    during: str
    since: str
    until: str
    between: str
    both: str
    """Joins the two ends of an interval."""
    early: str
    mid: str
    late: str
    every: str
    often: str
    """Whole expressions of what recurs."""
    clock: str
    """Behind or instead of a time of the day."""
    parts_of_day: str
    quarter: str
    """Which quarter of a year, as ordinals."""
    half: str
    decade: str
    """With a group ``decade`` of two or four digits."""
    tens: str = ""
    """Names of decades: the twenties first."""
    century: str = r"(?!)"
    """With a group ``century``."""
    noun: str = r"(?!)"
    """What may stand between *since*, *late* … and the date."""
    of: str
    """Between day, month and year."""
    ordinal: str = ""
    doubtful: str = r"(?!)"
    """Months that are other words, too: they need one of ``before_month`` before them."""
    before_month: str = r"(?!)"
    future: str
    said: str
    prefixes: str = ""
    """Letters that are written on to the next word."""
    counted: str = r"(?!)"
    """What follows a number of four digits that is no year."""
    trailing: bool = False
    """Whether ``early``, ``late``, ``since`` … stand behind what they belong to."""
    capital: bool = False
    """Whether months are written with a capital letter."""
    solar: str = ""
    """Months of the Iranian calendar."""


ENGLISH = Words(
    capital=True,
    noun="the|the year",
    months="january|jan;february|feb;march|mar;april|apr;may;june|jun;july|jul;august|aug;september|sept|sep;october|oct;"
    "november|nov;december|dec",
    weekdays="monday;tuesday;wednesday;thursday;friday;saturday;sunday",
    seasons="winter;spring;summer;autumn|fall",
    units="hours?|minutes?|seconds?;days?|night|nights;weeks?;months?;quarters?;years?;decades?",
    numbers="one|an?;two|a couple of|couple of;three;four;five;six;seven;eight;nine;ten;eleven;twelve;thirteen;fourteen;"
    "fifteen;sixteen;seventeen;eighteen;nineteen;twenty",
    few="several|a few|few|many|a number of|dozens of|some",
    days={
        -2: "the day before yesterday",
        -1: "yesterday|last night",
        0: "today|tonight|this (?:morning|afternoon|evening)|earlier in the day|overnight",
        1: "tomorrow",
        2: "the day after tomorrow",
    },
    last="last|past|previous|the last|the past|the previous|the preceding",
    rolling="past|the last|the past",
    final="last|the last",
    part_of="of",
    this="this|the current|current",
    next="next|coming|the next|the coming|this coming|upcoming|the upcoming|the following",
    recent="recent",
    ago_behind="ago",
    ahead_before="in|within|in the space of",
    ahead_behind="from now|hence",
    during="for|over|during|lasting|lasted|throughout|after",
    since="since|starting|ever since|as of|starting (?:in|on|from)|beginning (?:in|on)",
    until="until|till|by|through|before|up to",
    between="between|from",
    both="and|to|until|till|through|[-–—]",
    early="early(?: in)?|earlier|(?:the )?beginning of|(?:the )?start of|at the outset of",
    mid="mid|middle of|the middle of|halfway through",
    late="late(?: in)?|later|(?:the )?end of|(?:the )?close of",
    every="every|each",
    often="daily|weekly|monthly|quarterly|yearly|annually|biennially|once a (?:day|week|month|year)|twice a (?:day|"
    "week|month|year)|"
    "(?:mon|tues|wednes|thurs|fri|satur|sun)days",
    clock="[ap]\\.m\\.|[ap]m|o['’]clock|hours|gmt|utc|local time|noon|midnight|midday",
    parts_of_day="morning|afternoon|evening|night",
    quarter="first|1st;second|2nd;third|3rd;fourth|4th|last",
    half="half",
    decade=r"(?:the )?['’]?(?P<decade>\d{4}|\d0)['’]?s",
    tens="(?:the )?twenties;(?:the )?thirties;(?:the )?forties;(?:the )?fifties;(?:the )?sixties;(?:the )?seventies;"
    "(?:the )?eighties;(?:the )?nineties",
    century=r"(?:the )?(?P<century>\d{1,2})(?:st|nd|rd|th)[ -]century",
    of="of|in|,|,? of",
    ordinal="st|nd|rd|th",
    doubtful="may|mar|march|jan|jun|dec|sep|august",
    before_month="in|since|by|until|till|last|this|next|early|late|mid|of|from|to|and|between|during|through|before|"
    "after|for|the|on|"
    "every|each|that|earlier|later",
    future="will|shall|won['’]t|is to|are to|scheduled|due to|due on|plans? to|planned for|planning to|expected|"
    "set to|set for|upcoming|"
    "going to|to be held|slated|deadline|next",
    said="said|says|told|announced|stated|reported|added|declared",
    counted="people|soldiers|troops|men|women|civilians|dollars|euros|refugees|fighters|militants|families|killed|"
    "dead|wounded|"
    "feet|metres|meters|miles|kilometres|kilometers|km|tons|tonnes|others|million|billion|percent|jobs|members|prisoners|"
    "detainees|houses|barrels|rockets|missiles|protesters|workers|students|votes|of them",
)
ARABIC = Words(
    noun="عام|العام|سنة|شهر|يوم",
    months="يناير|كانون الثاني|كانون ثاني|جانفي;فبراير|شباط|فيفري;مارس|آذار;أبريل|نيسان|أفريل;مايو|أيار|ماي;يونيو|"
    "يونيه|حزيران|جوان;"
    "يوليو|يوليه|تموز|جويلية;أغسطس|آب|أوت|غشت;سبتمبر|أيلول|شتنبر;أكتوبر|تشرين الأول|تشرين أول;نوفمبر|تشرين الثاني|"
    "تشرين ثاني|نونبر;"
    "ديسمبر|كانون الأول|كانون أول|دجنبر",
    weekdays="الاثنين|الإثنين;الثلاثاء;الأربعاء;الخميس;الجمعة;السبت;الأحد",
    seasons="شتاء|الشتاء;ربيع|الربيع;صيف|الصيف;خريف|الخريف",
    units="ساعة|ساعات|الساعات|الساعة|دقيقة|دقائق;يوم|يوما|أيام|الأيام|اليوم;أسبوع|أسبوعا|أسابيع|الأسبوع|الأسابيع;شهر|"
    "شهرا|أشهر|شهور|الشهر|الأشهر;"
    "فصل|ربع;عام|عاما|أعوام|العام|الأعوام|سنة|سنوات|السنة|السنوات|سنين;عقد|عقدا|عقود|العقد|العقود",
    duals="ساعتين|ساعتان;يومين|يومان|اليومين;أسبوعين|أسبوعان|الأسبوعين;شهرين|شهران|الشهرين;فصلين;عامين|عامان|العامين|"
    "سنتين|سنتان|السنتين;عقدين|العقدين",
    numbers="واحد|واحدة;اثنين|اثنتين;ثلاثة|ثلاث|الثلاثة|الثلاث;أربعة|أربع|الأربعة|الأربع;خمسة|خمس|الخمسة|الخمس;ستة|ست|"
    "الستة|الست;سبعة|سبع;ثمانية|ثماني|ثمان;"
    "تسعة|تسع;عشرة|عشر;أحد عشر|إحدى عشرة;اثني عشر|اثنا عشر",
    few="عدة|بضعة|بضع|أيام قليلة",
    days={
        -2: "أول أمس|أول من أمس",
        -1: "أمس|البارحة|الليلة الماضية",
        0: "اليوم|الليلة|صباح اليوم|مساء اليوم|هذا اليوم",
        1: "غدا|الغد|يوم غد",
        2: "بعد غد",
    },
    last="الماضي|الماضية|الماضيين|الماضيتين|المنصرم|المنصرمة|السابق|الفائت|الفائتة|الأخير|الأخيرة|الأخيرين",
    rolling="الأخير|الأخيرة|الأخيرين",
    final="الأخير|الأخيرة|الأخيرين",
    part_of="من",
    this="هذا|هذه|الجاري|الجارية|الحالي|الحالية",
    next="المقبل|المقبلة|المقبلين|القادم|القادمة|القادمين|التالي|التالية",
    ago_before="قبل|منذ",
    ahead_before="خلال|في غضون",
    during="لمدة|طوال|طيلة|على مدى|مدة|استمرت|على مدار",
    since="منذ|اعتبارا من|ابتداء من|بدءا من",
    until="حتى|لغاية|إلى غاية",
    between="بين|ما بين|من",
    both="و|إلى|حتى|[-–—]",
    early="أوائل|مطلع|بداية|بدايات|مستهل|وقت سابق من|في وقت سابق",
    mid="منتصف|أواسط|وسط",
    late="أواخر|نهاية|نهايات|ختام|وقت لاحق من",
    every="كل",
    often="يوميا|أسبوعيا|شهريا|سنويا",
    clock="صباحا|مساء|ظهرا|بتوقيت غرينتش|بالتوقيت المحلي|منتصف الليل",
    parts_of_day="صباح|مساء|ليل|ليلة|فجر|ظهر|عصر",
    quarter="الأول;الثاني;الثالث;الرابع|الأخير",
    half="النصف",
    decade=r"(?:ال)?عقد (?P<decade>\d{4})",
    tens="(?:ال)?عشرينيات;(?:ال)?ثلاثينيات;(?:ال)?أربعينيات;(?:ال)?خمسينيات;(?:ال)?ستينيات;(?:ال)?سبعينيات;"
    "(?:ال)?ثمانينيات;(?:ال)?تسعينيات",
    of="من|عام|سنة|من عام|من العام|،|لعام|في",
    doubtful="مارس|آب|ماي|أوت|جوان",
    before_month="شهر|في|منذ|خلال|حتى|أوائل|أواخر|منتصف|مطلع|نهاية|بداية|من|بين|إلى|قبل|بعد|و",
    future="سوف|سيتم|ستتم|سيعقد|ستعقد|سينعقد|ستنعقد|سيجري|ستجري|سيزور|ستزور|سيلتقي|ستلتقي|سيبدأ|ستبدأ|سيكون|ستكون|"
    "سيقوم|ستقوم|"
    "سيستضيف|ستستضيف|سيجتمع|ستجتمع|المقرر|المتوقع|المزمع|يعتزم|تعتزم|مقرر|ينتظر",
    said="قال|قالت|أعلن|أعلنت|صرح|أفاد|أفادت|ذكر|ذكرت|أكد|أكدت",
    prefixes="وفبلك",
    counted="شخص|شخصا|جندي|جنديا|مقاتل|مقاتلا|دولار|قتيل|مدني|لاجئ|أسرة|عائلة|كيلومتر|متر|مليون|طن|برميل",
)
RUSSIAN = Words(
    noun="конца|начала|середины",
    months="январ[ьяе]|янв;феврал[ьяе]|фев;март[ае]?;апрел[ьяе]|апр;ма[йяе];июн[ьяе];июл[ьяе];август[ае]?|авг;"
    "сентябр[ьяе]|сент;"
    "октябр[ьяе]|окт;ноябр[ьяе]|нояб;декабр[ьяе]|дек",
    weekdays="понедельник[ау]?;вторник[ау]?;сред[ауые];четверг[ау]?;пятниц[ауые];суббот[ауые];воскресень[ея]",
    seasons="зим(?:а|ой|ы|у);весн(?:а|ой|ы|у);лет(?:о|ом|а);осен(?:ь|ью|и)",
    units="час(?:а|ов|ы)?|минут[ауы]?;день|дня|дней|дни|сутки|суток;недел[яьиюе]|недель;месяц(?:а|ев|ы|е)?;квартал[аеы]?;"
    "год(?:а|у|ы|ом)?|лет;десятилети[еяй]",
    numbers="один|одну|одного;два|две|двух;три|трех|трёх;четыре|четырех|четырёх;пять|пяти;шесть|шести;семь|семи;"
    "восемь|восьми;девять|девяти;"
    "десять|десяти;одиннадцать;двенадцать",
    few="несколько|нескольких|пару",
    days={-2: "позавчера", -1: "вчера|накануне", 0: "сегодня", 1: "завтра", 2: "послезавтра"},
    last="прошл(?:ый|ая|ое|ого|ой|ом|ую|ые|ых)|минувш(?:ий|ая|ее|его|ей|ем|ую|ие|их)|последн(?:ий|яя|ее|его|ей|ем|юю|ие|их)|"
    "предыдущ(?:ий|ая|ее|его|ей|ем|ую)",
    rolling="последн(?:ий|яя|ее|его|ей|ем|юю)",
    this="эт(?:от|а|о|ого|ой|ом|у|и|их)|нынешн(?:ий|яя|ее|его|ей|ем)|текущ(?:ий|ая|ее|его|ей|ем)",
    next="следующ(?:ий|ая|ее|его|ей|ем|ую|ие|их)|будущ(?:ий|ая|ее|его|ей|ем)|ближайш(?:ий|ие|их|ая|ую)|грядущ(?:ий|ая|ей|ем)",
    ago_behind="назад",
    ahead_before="через|в течение",
    during="на протяжении|в продолжение|за",
    since="с|со|начиная с",
    until="до|по",
    between="между|с|со|от",
    both="и|по|до|[-–—]",
    early="в начале|начал[оае]|ранее в",
    mid="в середине|середин[ауые]",
    late="в конце|кон(?:ец|ца|цу|це)|позднее в",
    every="кажд(?:ый|ая|ое|ую|ые)",
    often="ежедневно|еженедельно|ежемесячно|ежегодно",
    clock="часов утра|часов вечера|по московскому времени|мск|по гринвичу|полночь|полдень",
    parts_of_day="утром|днем|днём|вечером|ночью",
    quarter="перв(?:ый|ого|ом);втор(?:ой|ого|ом);трет(?:ий|ьего|ьем);четверт(?:ый|ого|ом)|четвёрт(?:ый|ого|ом)",
    half="полугоди[еяи]|половин[ауые]",
    decade=r"(?P<decade>\d{4}|\d0)-(?:х|е|ые|ых)(?: год(?:ах|ов|ы))?",
    century=r"(?P<century>[XVI]{1,5}) век[ае]?",
    of="года|,",
    ordinal="-го|-е",
    doubtful="ма[йяе]",
    before_month="в|с|до|по|к|на|и|начале|конце|середине|начала|конца",
    future="будет|будут|намерен\\w*|планиру\\w+|ожидается|состоится|пройдет|пройдёт|запланирован\\w*|предстоит|собирается",
    said="сказал|сказала|заявил|заявила|сообщил|сообщила|сообщили|отметил",
    counted="человек|солдат|военных|долларов|рублей|беженцев|боевиков|км|метров|тонн",
)
FRENCH = Words(
    noun="l['’]année|le mois de",
    months="janvier|janv;février|fevrier|févr;mars;avril;mai;juin;juillet|juil;août|aout;septembre|sept;octobre|oct;"
    "novembre|nov;"
    "décembre|decembre|déc",
    weekdays="lundi;mardi;mercredi;jeudi;vendredi;samedi;dimanche",
    seasons="l['’]hiver|hiver;(?:le )?printemps;l['’]été|été;l['’]automne|automne",
    units="heures?|minutes?;jours?|journée;semaines?;mois;trimestres?;ans?|années?;décennies?",
    numbers="une?;deux;trois;quatre;cinq;six;sept;huit;neuf;dix;onze;douze;treize;quatorze;quinze;seize",
    few="quelques|plusieurs|des",
    days={
        -2: "avant-hier",
        -1: "hier(?: soir| matin)?",
        0: "aujourd['’]hui|ce (?:matin|soir)|cet après-midi|cette nuit",
        1: "demain",
        2: "après-demain",
    },
    last="derni(?:er|ère|ers|ères)|les derni(?:ers|ères)|passée?|précédente?|écoulée?s?",
    this="cette|ces|cet|ce|en cours",
    next="prochaine?s?|les prochain(?:e)?s|suivante?|à venir|qui vient",
    ago_before="il y a|voici|voilà",
    ahead_before="dans|d['’]ici|en",
    ahead_behind="plus tard",
    during="pendant|durant|depuis|au cours de",
    since="depuis|à partir de|à compter du|depuis le|à partir du",
    until="jusqu['’](?:en|au|à)|d['’]ici|avant|d['’]ici à",
    between="entre|de|du|entre le",
    both="et|et le|à|au|jusqu['’]au|[-–—]",
    early="(?:le )?début(?: de| du| d['’])?|au début de|plus tôt",
    mid="(?:la )?mi-?|milieu(?: de| du)?",
    late="(?:la )?fin(?: de| du| d['’])?|à la fin de|plus tard",
    every="chaque|tous les|toutes les",
    often="quotidiennement|mensuellement|annuellement|chaque jour",
    clock="heures|gmt|midi|minuit",
    parts_of_day="matin|soir|après-midi",
    quarter="premier|1er;deuxième|second|2e;troisième|3e;quatrième|4e|dernier",
    half="semestre",
    decade=r"(?:les )?années (?P<decade>\d{4}|\d0)",
    century=r"(?P<century>[XVI]{1,5})e siècle",
    of="de|,",
    ordinal="er|ᵉʳ",
    doubtful="mars|mai|été|sept|oct|nov",
    before_month="en|de|le|du|au|depuis|fin|début|mi|mois de|et|à|jusqu['’]en|dès|d['’]ici",
    future="\\w+(?:era|eront|ira|iront|ra|ront)|devrait|devraient|doit|prévue?s?|va|vont",
    said="a dit|a déclaré|a annoncé|a affirmé|ont annoncé",
    counted="personnes|soldats|hommes|civils|euros|dollars|réfugiés|combattants|morts|km|mètres|tonnes",
)
TURKISH = Words(
    trailing=True,
    capital=True,
    months="ocak;şubat|subat;mart;nisan;mayıs|mayis;haziran;temmuz;ağustos|agustos;eylül|eylul;ekim;kasım|kasim;aralık|aralik",
    weekdays="pazartesi;salı;çarşamba;perşembe;cuma;cumartesi;pazar",
    seasons="kış;ilkbahar|bahar;yaz;sonbahar|güz",
    units="saat|saatte|dakika;gün|günde|günü;hafta|haftada|haftaki;ay|ayda|ayın;çeyrek;yıl|yılda|yılın|sene;on yıl",
    numbers="bir;iki;üç;dört;beş;altı;yedi;sekiz;dokuz;on;on bir;on iki",
    few="birkaç|bir kaç",
    days={-2: "evvelsi gün|önceki gün", -1: "dün", 0: "bugün|bu sabah|bu akşam|bu gece", 1: "yarın", 2: "öbür gün"},
    last="geçen|geçtiğimiz|son|önceki",
    rolling="son",
    this="bu|içinde bulunduğumuz",
    next="gelecek|önümüzdeki|bir sonraki",
    ago_behind="önce|evvel",
    ahead_behind="sonra|içinde",
    during="boyunca",
    since="itibaren|beri",
    until="kadar|dek",
    between="arasında",
    both="ve|ile|[-–—]",
    early="başında|başlarında|erken",
    mid="ortasında|ortalarında",
    late="sonunda|sonlarında|geç",
    every="her",
    often="günlük|haftalık|aylık|yıllık",
    clock="gece yarısı|tsi",
    parts_of_day="sabahı|akşamı|gecesi",
    quarter="ilk|birinci;ikinci;üçüncü;dördüncü|son",
    half="yarısı|yarısında",
    decade=r"(?P<decade>\d{4})['’]?(?:lar|ler|lı|li|lu)\w{0,6}",
    century=r"(?P<century>\d{1,2})\. yüzyıl",
    of=",",
    doubtful="ocak|mart|ekim|pazar|yaz|eylül",
    before_month="bu|geçen|gelecek|önümüzdeki|geçtiğimiz",
    future="(?!gelecek)\\w+(?:acak|ecek)\\w*|planlan\\w+|bekleniyor",
    said="dedi|söyledi|açıkladı|belirtti|bildirdi",
    counted="kişi|asker|dolar|lira|sivil|mülteci|terörist|km|metre|ton",
)
PERSIAN = Words(
    noun="سال|ماه|روز",
    months="ژانویه;فوریه;مارس;آوریل;مه|می;ژوئن;ژوئیه|جولای;اوت|آگوست;سپتامبر;اکتبر;نوامبر;دسامبر",
    solar="فروردین;اردیبهشت;خرداد;تیر;مرداد;شهریور;مهر;آبان;آذر;دی;بهمن;اسفند",
    weekdays="دوشنبه;سه[ ‌]?شنبه;چهارشنبه;پنج[ ‌]?شنبه;جمعه|آدینه;شنبه;یک[ ‌]?شنبه",
    seasons="زمستان;بهار;تابستان;پاییز",
    units="ساعت|دقیقه;روز|روزهای;هفته|هفته[ ‌]های;ماه|ماه[ ‌]های;فصل;سال|سال[ ‌]های;دهه",
    numbers="یک;دو;سه;چهار;پنج;شش;هفت;هشت;نه;ده;یازده;دوازده",
    few="چند|چندین",
    days={-2: "پریروز", -1: "دیروز|دیشب", 0: "امروز|امشب", 1: "فردا", 2: "پس[ ‌]فردا"},
    last="گذشته|قبل|پیشین|اخیر",
    rolling="اخیر",
    this="این|جاری|کنونی",
    next="آینده|بعد|آتی",
    ago_behind="پیش|قبل",
    ahead_before="طی|ظرف|تا",
    ahead_behind="دیگر|بعد",
    during="به مدت|برای|در طول",
    since="از|از سال|از زمان",
    until="تا|تا سال",
    between="بین|میان|از",
    both="و|تا|[-–—]",
    early="اوایل|ابتدای|آغاز|اوائل",
    mid="اواسط|میانه|نیمه",
    late="اواخر|پایان|انتهای",
    every="هر",
    often="روزانه|هفتگی|ماهانه|سالانه|همه[ ‌]ساله",
    clock="به وقت محلی|به وقت گرینویچ|بامداد",
    parts_of_day="صبح|عصر|شب",
    quarter="اول|نخست;دوم;سوم;چهارم",
    half="نیمه",
    decade=r"دهه (?P<decade>\d{4}|\d0)",
    of="سال|،|ماه",
    doubtful="مه|می|مهر|تیر|دی|آذر",
    before_month="ماه|در|از|تا|اوایل|اواخر|اواسط",
    future="خواهد|خواهند|قرار است",
    said="گفت|گفته|اعلام کرد|افزود",
    counted="نفر|سرباز|دلار|غیرنظامی|کیلومتر|متر|تن",
)
HEBREW = Words(
    noun="שנת|יום",
    months="ינואר;פברואר;מרץ|מרס|מארס;אפריל;מאי;יוני;יולי;אוגוסט;ספטמבר;אוקטובר;נובמבר;דצמבר",
    weekdays="(?:יום )?שני;(?:יום )?שלישי;(?:יום )?רביעי;(?:יום )?חמישי;(?:יום )?שישי;(?:יום )?שבת;(?:יום )?ראשון",
    seasons="חורף;אביב;קיץ;סתיו",
    units="שעה|שעות|דקות;יום|ימים|הימים;שבוע|שבועות|השבועות;חודש|חודשים|החודשים|חודשי;רבעון;שנה|שנים|השנים|שנות;עשור|עשורים",
    duals="שעתיים;יומיים;שבועיים;חודשיים;רבעונים;שנתיים;שני עשורים",
    numbers="אחד|אחת;שני|שתי;שלושה|שלוש|שלושת;ארבעה|ארבע|ארבעת;חמישה|חמש|חמשת;שישה|שש|ששת;שבעה|שבע;שמונה;תשעה|תשע;עשרה|עשר",
    few="כמה|מספר",
    days={-2: "שלשום", -1: "אתמול|אמש", 0: "היום|הערב|הלילה|הבוקר", 1: "מחר", 2: "מחרתיים"},
    last="שעבר|שעברה|האחרון|האחרונה|האחרונים|האחרונות|שחלף",
    rolling="האחרון|האחרונה|האחרונים|האחרונות",
    final="האחרון|האחרונה|האחרונים|האחרונות",
    part_of="של",
    this="הזה|הזאת|זה|הנוכחי|הנוכחית",
    next="הבא|הבאה|הבאים|הבאות|הקרוב|הקרובה|הקרובים",
    ago_before="לפני",
    ahead_before="בעוד|תוך|בתוך",
    during="במשך|לאורך",
    since="מאז|החל מ",
    until="עד",
    between="בין",
    both="ל|לבין|עד|[-–—]",
    early="תחילת|ראשית|מוקדם יותר",
    mid="אמצע",
    late="סוף|שלהי|מאוחר יותר",
    every="כל|מדי",
    often="יומיומי|מדי יום|מדי שנה",
    clock="בצהריים|חצות",
    parts_of_day="בבוקר|בערב|בלילה",
    quarter="הראשון;השני;השלישי;הרביעי",
    half="המחצית",
    decade=r"שנות ה-?(?P<decade>\d{4}|\d0)",
    of="ב|,|שנת",
    doubtful="(?:יום )?שני|(?:יום )?שלישי|(?:יום )?רביעי|(?:יום )?חמישי|(?:יום )?ראשון|מאי",
    before_month="יום|ביום|מיום|עד|בחודש",
    future="צפוי|צפויה|צפויים|אמור|אמורה|עתיד|מתוכנן|תתקיים|יתקיים",
    said="אמר|אמרה|הודיע|הודיעה|מסר|מסרה",
    prefixes="ובלמהשכ",
    counted="איש|בני אדם|חיילים|דולר|שקל|אזרחים|פליטים",
)
LANGUAGES = {
    "en": ENGLISH,
    "ar": ARABIC,
    "ru": RUSSIAN,
    "fr": FRENCH,
    "tr": TURKISH,
    "fa": PERSIAN,
    "he": HEBREW,
}
