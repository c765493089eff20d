"""States by the names and the seats of power that reporting uses for them: enough to know that a source is a state.

Public facts. Which state it is, in which language, and who speaks for it is settled where actors are resolved.
"""

from __future__ import annotations

_NAMES = """
Afghanistan|Albania|Algeria|Angola|Argentina|Armenia|Australia|Austria|Azerbaijan|Bahrain|Bangladesh|Belarus|Belgium|
Bolivia|Bosnia|Brazil|Britain|Bulgaria|Burma|Cambodia|Cameroon|Canada|Chad|Chile|China|Colombia|Croatia|Cuba|Cyprus|
Denmark|Djibouti|Ecuador|Egypt|Eritrea|Estonia|Ethiopia|Finland|France|Georgia|Germany|Ghana|Greece|Hungary|Iceland|
India|Indonesia|Iran|Iraq|Ireland|Israel|Italy|Japan|Jordan|Kazakhstan|Kenya|Kosovo|Kuwait|Kyrgyzstan|Latvia|Lebanon|
Libya|Lithuania|Luxembourg|Malaysia|Mali|Malta|Mauritania|Mexico|Moldova|Mongolia|Montenegro|Morocco|Mozambique|
Myanmar|Nepal|Netherlands|New Zealand|Nicaragua|Niger|Nigeria|North Korea|North Macedonia|Norway|Oman|Pakistan|
Palestine|Panama|Paraguay|Peru|Philippines|Poland|Portugal|Qatar|Romania|Russia|Russian Federation|Rwanda|
Saudi Arabia|Senegal|Serbia|Singapore|Slovakia|Slovenia|Somalia|South Africa|South Korea|South Sudan|Spain|Sri Lanka|
Sudan|Sweden|Switzerland|Syria|Taiwan|Tajikistan|Tanzania|Thailand|Tunisia|Turkey|Türkiye|Turkmenistan|Uganda|Ukraine|
UAE|United Arab Emirates|Emirates|UK|United Kingdom|US|USA|U.S|U.S.|America|United States|Uruguay|Uzbekistan|
Venezuela|Vietnam|Yemen|Zambia|Zimbabwe
"""
_SEATS = """
Abu Dhabi|Abuja|Addis Ababa|Algiers|Amman|Ankara|Asmara|Athens|Baghdad|Baku|Beijing|Beirut|Belgrade|Berlin|Bogota|
Brasilia|Bucharest|Budapest|Cairo|Canberra|Caracas|Damascus|Doha|Dublin|Havana|Helsinki|Islamabad|Jakarta|Jerusalem|
Kabul|Khartoum|Kiev|Kyiv|London|Madrid|Manama|Minsk|Moscow|Muscat|New Delhi|Nicosia|Oslo|Ottawa|Paris|Prague|Pretoria|
Pyongyang|Rabat|Ramallah|Riyadh|Rome|Sanaa|Seoul|Sofia|Stockholm|Tashkent|Tbilisi|Tehran|Tel Aviv|Tokyo|Tripoli|Tunis|
Vienna|Vilnius|Warsaw|Washington|Yerevan|Kremlin|White House|Pentagon|Elysee|Élysée|Downing Street
"""
_OTHERS = """
الولايات المتحدة|واشنطن|روسيا|موسكو|إيران|طهران|تركيا|أنقرة|السعودية|الرياض|مصر|القاهرة|سوريا|سورية|دمشق|العراق|بغداد|
لبنان|بيروت|الأردن|عمان|قطر|الدوحة|الإمارات|أبوظبي|البحرين|الكويت|إسرائيل|فرنسا|باريس|بريطانيا|لندن|ألمانيا|برلين|
الصين|بكين|ليبيا|طرابلس|اليمن|صنعاء|السودان|الجزائر|تونس|المغرب|فلسطين|США|Вашингтон|Россия|Москва|Иран|Тегеран|
Турция|Анкара|Саудовская Аравия|Эр-Рияд|Египет|Каир|Сирия|Дамаск|Ирак|Багдад|Ливан|Израиль|Катар|Франция|Париж|
Великобритания|Лондон|Германия|Берлин|Китай|Пекин|Украина|Киев|États-Unis|Etats-Unis|Russie|Moscou|Iran|Téhéran|
Turquie|Arabie saoudite|Riyad|Égypte|Egypte|Le Caire|Syrie|Damas|Irak|Bagdad|Liban|Beyrouth|Israël|Qatar|Royaume-Uni|
Londres|Allemagne|Chine|Pékin|ABD|Rusya|Moskova|İran|Tahran|Türkiye|Suriye|Şam|Mısır|Kahire|Suudi Arabistan|İsrail|
Katar|Fransa|Almanya|Çin|ארצות הברית|וושינגטון|רוסיה|מוסקבה|איראן|טהראן|טורקיה|אנקרה|סעודיה|מצרים|סוריה|דמשק|לבנון|
ישראל|ایران|تهران|روسیه|مسکو|آمریکا|واشنگتن|ترکیه|آنکارا|عربستان|ریاض|سوریه|دمشق|عراق|بغداد|اسرائیل|Estados Unidos|
Rusia|Moscú|Irán|Teherán|Turquía
"""
STATES = frozenset(name.casefold() for block in (_NAMES, _SEATS, _OTHERS) for name in block.replace("\n", "").split("|"))


def is_state(name: str) -> bool:
    """Whether a name, written as in reporting, stands for a state."""
    return name.casefold() in STATES
