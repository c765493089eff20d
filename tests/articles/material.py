# ruff: noqa: E501 - sample texts are one paragraph a string
"""Short invented news texts from which the tests build dumps. Nobody real is quoted."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Story:
    """What a dump says of one article, and what should come out."""

    title: str
    paragraphs: tuple[str, ...]
    author: str | None = None
    outlet: str | None = None
    date: str | None = None
    """ISO"""
    stated: str | None = None
    """The date as the page writes it."""
    language: str = "en"
    heading: str | None = None
    extra: tuple[str, ...] = field(default=())


ENGLISH = (
    Story(
        "Ministers Reopen Border Crossing After Two Years of Talks",
        (
            "The two governments reopened the northern border crossing on Monday, ending a closure that had cut trade between the "
            "provinces for almost two years, the transport ministry said in a statement.",
            "Lorries carrying cement and flour had queued since dawn. A customs officer said that the first forty had passed before noon.",
            "Traders in the valley welcomed the move but warned that fees at the crossing were still higher than before the closure.",
        ),
        author="Jane Rowe",
        outlet="Valley Courier",
        date="2019-04-03",
        stated="April 3, 2019",
        heading="A slow start",
    ),
    Story(
        "Port Workers Suspend Strike as Mediators Return to the Capital",
        (
            "Port workers suspended their strike on Wednesday evening after mediators returned to the capital with a new offer on pay, "
            "union officials told local radio.",
            "The strike had held up grain shipments for eleven days. Ship brokers said that it would take a week to clear the queue.",
            "A spokesman for the port authority declined to comment on the offer, which has not been published.",
        ),
        author="Omar Haddad",
        outlet="Harbour Post",
        date="2019-04-11",
        stated="April 11, 2019",
        heading="What the union wants",
    ),
    Story(
        "Observers Report Calm Along the Ceasefire Line in the East",
        (
            "International observers reported a calm night along the ceasefire line in the east, the third in a row, according to the "
            "daily report of the mission.",
            "The mission counted four explosions, down from sixty a week earlier. It did not say who had fired.",
            "Residents of two villages near the line said that shops had opened again, although schools remained closed.",
        ),
        author="Lena Fischer",
        outlet="Eastern Observer",
        date="2019-05-20",
        stated="May 20, 2019",
        heading="Schools still shut",
    ),
    Story(
        "Central Bank Keeps Rates Unchanged Despite Falling Currency",
        (
            "The central bank left its main rate unchanged on Thursday, although the currency has lost a tenth of its value since the "
            "beginning of the year.",
            "Analysts had expected a rise. The bank said that inflation would ease in the autumn, without giving figures.",
            "Importers complained that letters of credit were taking twice as long as in winter.",
        ),
        author="Peter Novak",
        outlet="Market Journal",
        date="2019-06-06",
        stated="June 6, 2019",
        heading="No figures given",
    ),
    Story(
        "Parliament Delays Vote on Water Treaty With Its Southern Neighbour",
        (
            "Parliament put off a vote on the water treaty with its southern neighbour until after the holidays, the speaker's office said.",
            "Two parties of the coalition want the flow guaranteed in dry years. The opposition said that the treaty gave too much away.",
            "Engineers on both sides have already begun to survey the shared reservoir, and expect to finish before the rains.",
        ),
        author="Maria Santos",
        outlet="Southern Herald",
        date="2019-07-15",
        stated="July 15, 2019",
        heading="Dry years ahead",
    ),
)

ARABIC = (
    Story(
        "إعادة فتح المعبر الشمالي بعد عامين من المحادثات بين البلدين",
        (
            "أعادت الحكومتان يوم الاثنين فتح المعبر الحدودي الشمالي بعد إغلاق دام قرابة عامين وأوقف التجارة بين المحافظات، بحسب بيان لوزارة النقل.",
            "وقال موظف في الجمارك إن أربعين شاحنة محملة بالإسمنت والطحين عبرت قبل الظهر، وإن الازدحام سيخف خلال أيام قليلة.",
        ),
        author="سامي الخوري",
        date="2019-04-03",
        stated="3 نيسان 2019",
        language="ar",
    ),
    Story(
        "عمال الميناء يعلقون الإضراب مع عودة الوسطاء إلى العاصمة",
        (
            "علق عمال الميناء إضرابهم مساء الأربعاء بعد عودة الوسطاء إلى العاصمة بعرض جديد حول الأجور، كما قال مسؤولون نقابيون للإذاعة المحلية.",
            "وكان الإضراب قد أخر شحنات الحبوب أحد عشر يوما، ويتوقع وسطاء السفن أن تحتاج الموانئ أسبوعا لتعود الحركة إلى طبيعتها.",
        ),
        author="ليلى منصور",
        date="2019-04-11",
        stated="أبريل 11, 2019",
        language="ar",
    ),
    Story(
        "المراقبون يتحدثون عن هدوء على خط وقف إطلاق النار شرقا",
        (
            "تحدث المراقبون الدوليون عن ليلة هادئة على خط وقف إطلاق النار في الشرق هي الثالثة على التوالي وفق التقرير اليومي للبعثة.",
            "وأحصت البعثة أربعة انفجارات مقابل ستين قبل أسبوع، ولم تحدد الجهة التي أطلقت النار في تلك المنطقة.",
        ),
        author="كريم ناصر",
        date="2019-05-20",
        stated="٢٠ أيار/مايو ٢٠١٩",
        language="ar",
    ),
)

RUSSIAN = (
    Story(
        "Северный пограничный переход открылся после двух лет переговоров",
        (
            "Два правительства в понедельник вновь открыли северный пограничный переход, закрытый почти два года, сообщило министерство транспорта.",
            "Сотрудник таможни рассказал, что до полудня прошли первые сорок грузовиков с цементом и мукой, остальные ждут своей очереди.",
        ),
        author="Анна Орлова",
        date="2019-04-03",
        stated="3 апреля 2019 г.",
        language="ru",
    ),
    Story(
        "Портовые рабочие приостановили забастовку на время новых переговоров",
        (
            "Портовые рабочие в среду вечером приостановили забастовку после возвращения посредников в столицу, заявили в профсоюзе.",
            "Забастовка на одиннадцать дней задержала поставки зерна, и судовые брокеры полагают, что очередь разойдётся через неделю.",
        ),
        author="Павел Громов",
        date="2019-04-11",
        stated="11.04.2019",
        language="ru",
    ),
)

FRENCH = (
    Story(
        "Le poste-frontière du nord rouvre après deux ans de négociations",
        (
            "Les deux gouvernements ont rouvert lundi le poste-frontière du nord, fermé depuis près de deux ans, a annoncé le ministère des Transports.",
            "Un douanier a indiqué que les quarante premiers camions chargés de ciment et de farine étaient passés avant midi.",
        ),
        author="Claire Morel",
        date="2019-04-03",
        stated="3 avril 2019",
        language="fr",
    ),
    Story(
        "Les dockers suspendent leur grève avec le retour des médiateurs",
        (
            "Les dockers ont suspendu leur grève mercredi soir après le retour des médiateurs dans la capitale, ont déclaré des responsables syndicaux.",
            "La grève avait retardé les livraisons de céréales de onze jours, et la file des navires mettra une semaine à se résorber.",
        ),
        author="Hugo Lambert",
        date="2019-05-01",
        stated="1er mai 2019",
        language="fr",
    ),
)

HEBREW = (
    Story(
        "מעבר הגבול הצפוני נפתח מחדש אחרי שנתיים של שיחות",
        (
            "שתי הממשלות פתחו מחדש ביום שני את מעבר הגבול הצפוני, שהיה סגור כמעט שנתיים, כך נמסר ממשרד התחבורה בהודעה לעיתונות.",
            "פקיד מכס אמר כי ארבעים המשאיות הראשונות, עמוסות במלט ובקמח, עברו לפני הצהריים והשאר ממתינות בתור.",
        ),
        author="דנה לוי",
        date="2019-04-03",
        stated="3 באפריל 2019",
        language="he",
    ),
    Story(
        "עובדי הנמל השעו את השביתה עם שובם של המתווכים לבירה",
        (
            "עובדי הנמל השעו את השביתה ביום רביעי בערב לאחר שהמתווכים חזרו לבירה עם הצעת שכר חדשה, אמרו בכירים באיגוד.",
            "השביתה עיכבה משלוחי תבואה במשך אחד עשר ימים, ולדברי סוכני האוניות יידרש שבוע כדי לפנות את התור.",
        ),
        author="יואב כהן",
        date="2019-04-11",
        stated="11.4.2019",
        language="he",
    ),
)
