"""What languages are called in a few languages, and countries in English: `{{lang-de|…}}`, `{{FRA}}`.

Source: Unicode CLDR, localeDisplayNames; ISO 3166-1 alpha-3. Only what such templates commonly need.
"""

from __future__ import annotations

_ENGLISH = """
aa Afar|ab Abkhaz|af Afrikaans|am Amharic|an Aragonese|ang Old_English|ar Arabic|arc Aramaic|as Assamese|ast Asturian|ay Aymara
az Azerbaijani|ba Bashkir|bar Bavarian|be Belarusian|bg Bulgarian|bn Bengali|bo Tibetan|br Breton|bs Bosnian|ca Catalan|ce Chechen
co Corsican|cs Czech|cu Church_Slavonic|cv Chuvash|cy Welsh|da Danish|de German|dv Maldivian|egy Egyptian|el Greek|en English
eo Esperanto|es Spanish|et Estonian|eu Basque|fa Persian|fi Finnish|fo Faroese|fr French|fy West_Frisian|ga Irish|gd Scottish_Gaelic
gl Galician|gn Guarani|got Gothic|grc Ancient_Greek|gsw Alemannic_German|gu Gujarati|ha Hausa|haw Hawaiian|he Hebrew|hi Hindi
hr Croatian|hsb Upper_Sorbian|ht Haitian_Creole|hu Hungarian|hy Armenian|ia Interlingua|id Indonesian|ig Igbo|io Ido|is Icelandic
it Italian|ja Japanese|jv Javanese|ka Georgian|kk Kazakh|kl Greenlandic|km Khmer|kn Kannada|ko Korean|ku Kurdish|kw Cornish
ky Kyrgyz|la Latin|lad Judaeo-Spanish|lb Luxembourgish|li Limburgish|ln Lingala|lo Lao|lt Lithuanian|lv Latvian|mg Malagasy
mi Māori|mk Macedonian|ml Malayalam|mn Mongolian|mr Marathi|ms Malay|mt Maltese|my Burmese|nah Nahuatl|nb Norwegian_Bokmål
nds Low_German|ne Nepali|nl Dutch|nn Norwegian_Nynorsk|no Norwegian|nv Navajo|oc Occitan|os Ossetian|pa Punjabi|pl Polish
ps Pashto|pt Portuguese|qu Quechua|rm Romansh|ro Romanian|ru Russian|rw Kinyarwanda|sa Sanskrit|sc Sardinian|scn Sicilian
sco Scots|sd Sindhi|se Northern_Sami|sh Serbo-Croatian|si Sinhala|sk Slovak|sl Slovene|sm Samoan|sn Shona|so Somali|sq Albanian
sr Serbian|su Sundanese|sv Swedish|sw Swahili|ta Tamil|te Telugu|tg Tajik|th Thai|ti Tigrinya|tk Turkmen|tl Tagalog|to Tongan
tr Turkish|tt Tatar|ug Uyghur|uk Ukrainian|ur Urdu|uz Uzbek|vi Vietnamese|wa Walloon|wo Wolof|xh Xhosa|yi Yiddish|yo Yoruba
zh Chinese|zu Zulu|rus Russian|fra French|deu German|eng English|lat Latin
"""
_CHINESE = """
en 英語|de 德語|fr 法語|es 西班牙語|it 義大利語|pt 葡萄牙語|ru 俄語|ja 日語|ko 韓語|la 拉丁語|el 希臘語|ar 阿拉伯語|nl 荷蘭語|pl 波蘭語
uk 烏克蘭語|tr 土耳其語|vi 越南語|th 泰語|he 希伯來語|fa 波斯語|hi 印地語|sa 梵語|cs 捷克語|sv 瑞典語|da 丹麥語|fi 芬蘭語|hu 匈牙利語
"""
_JAPANESE = """
en 英語|de ドイツ語|fr フランス語|es スペイン語|it イタリア語|pt ポルトガル語|ru ロシア語|zh 中国語|ko 朝鮮語|la ラテン語|el ギリシア語
ar アラビア語|nl オランダ語|pl ポーランド語|uk ウクライナ語|tr トルコ語|vi ベトナム語|th タイ語|he ヘブライ語|fa ペルシア語|hi ヒンディー語
sa サンスクリット|cs チェコ語|sv スウェーデン語|da デンマーク語|fi フィンランド語|hu ハンガリー語
"""
_VIETNAMESE = """
en tiếng_Anh|de tiếng_Đức|fr tiếng_Pháp|es tiếng_Tây_Ban_Nha|it tiếng_Ý|pt tiếng_Bồ_Đào_Nha|ru tiếng_Nga|zh tiếng_Trung|la tiếng_Latinh
ko tiếng_Hàn|ja tiếng_Nhật|el tiếng_Hy_Lạp|ar tiếng_Ả_Rập|nl tiếng_Hà_Lan|pl tiếng_Ba_Lan|uk tiếng_Ukraina|tr tiếng_Thổ_Nhĩ_Kỳ
"""


def _read(rows: str) -> dict[str, str]:
    pairs = (row.split(" ", 1) for line in rows.strip().split("\n") for row in line.split("|"))
    return {code: name.replace("_", " ") for code, name in pairs}


_NAMES = {"en": _read(_ENGLISH), "zh": _read(_CHINESE), "ja": _read(_JAPANESE), "vi": _read(_VIETNAMESE)}


def language_name(code: str, page_language: str) -> str:
    """What the language `code` is called on a page in `page_language`; "" where that is not known here."""
    names = _NAMES.get(page_language.partition("-")[0], {})
    return names.get(code) or names.get(code.partition("-")[0], "")


_COUNTRIES = _read("""
afg Afghanistan|alb Albania|dza Algeria|alg Algeria|and Andorra|ago Angola|ang Angola|arg Argentina|arm Armenia|aus Australia
aut Austria|aze Azerbaijan|bhs The_Bahamas|bah The_Bahamas|bhr Bahrain|brn Brunei|bgd Bangladesh|ban Bangladesh|brb Barbados
blr Belarus|bel Belgium|blz Belize|ben Benin|btn Bhutan|bol Bolivia|bih Bosnia_and_Herzegovina|bwa Botswana|bot Botswana|bra Brazil
bgr Bulgaria|bul Bulgaria|bfa Burkina_Faso|bdi Burundi|khm Cambodia|cam Cambodia|cmr Cameroon|can Canada|cpv Cape_Verde
caf Central_African_Republic|tcd Chad|chl Chile|chi Chile|chn China|prc China|col Colombia|com Comoros|cod DR_Congo|cog Congo
cri Costa_Rica|crc Costa_Rica|civ Ivory_Coast|hrv Croatia|cro Croatia|cub Cuba|cyp Cyprus|cze Czech_Republic|dnk Denmark|den Denmark
dji Djibouti|dma Dominica|dom Dominican_Republic|ecu Ecuador|egy Egypt|slv El_Salvador|esa El_Salvador|gnq Equatorial_Guinea
eri Eritrea|est Estonia|swz Eswatini|eth Ethiopia|fji Fiji|fij Fiji|fin Finland|fra France|gab Gabon|gmb The_Gambia
geo Georgia_(country)|deu Germany|ger Germany|gha Ghana|grc Greece|gre Greece|grd Grenada|gtm Guatemala|gua Guatemala|gin Guinea
guy Guyana|hti Haiti|hai Haiti|hnd Honduras|hon Honduras|hkg Hong_Kong|hun Hungary|isl Iceland|ind India|idn Indonesia|ina Indonesia
irn Iran|iri Iran|irq Iraq|irl Republic_of_Ireland|isr Israel|ita Italy|jam Jamaica|jpn Japan|jor Jordan|kaz Kazakhstan|ken Kenya
kir Kiribati|prk North_Korea|kor South_Korea|kwt Kuwait|kuw Kuwait|kgz Kyrgyzstan|lao Laos|lva Latvia|lat Latvia|lbn Lebanon
lib Lebanon|lso Lesotho|lbr Liberia|lby Libya|lba Libya|lie Liechtenstein|ltu Lithuania|lux Luxembourg|mac Macau|mdg Madagascar
mwi Malawi|mys Malaysia|mas Malaysia|mdv Maldives|mli Mali|mlt Malta|mrt Mauritania|mus Mauritius|mri Mauritius|mex Mexico
fsm Federated_States_of_Micronesia|mda Moldova|mco Monaco|mon Monaco|mng Mongolia|mgl Mongolia|mne Montenegro|mar Morocco
moz Mozambique|mmr Myanmar|mya Myanmar|nam Namibia|nru Nauru|npl Nepal|nep Nepal|nld Netherlands|ned Netherlands|nzl New_Zealand
nic Nicaragua|ner Niger|nig Niger|nga Nigeria|ngr Nigeria|mkd North_Macedonia|nor Norway|omn Oman|oma Oman|pak Pakistan|plw Palau
pse Palestine|ple Palestine|pan Panama|png Papua_New_Guinea|pry Paraguay|par Paraguay|per Peru|phl Philippines|phi Philippines
pol Poland|prt Portugal|por Portugal|pri Puerto_Rico|pur Puerto_Rico|qat Qatar|rou Romania|rom Romania|rus Russia|rwa Rwanda
kna Saint_Kitts_and_Nevis|lca Saint_Lucia|wsm Samoa|sam Samoa|smr San_Marino|sau Saudi_Arabia|ksa Saudi_Arabia|sen Senegal|srb Serbia
syc Seychelles|sey Seychelles|sle Sierra_Leone|sgp Singapore|sin Singapore|svk Slovakia|svn Slovenia|slo Slovenia|slb Solomon_Islands
som Somalia|zaf South_Africa|rsa South_Africa|ssd South_Sudan|esp Spain|lka Sri_Lanka|sri Sri_Lanka|sdn Sudan|sud Sudan|sur Suriname
swe Sweden|che Switzerland|sui Switzerland|syr Syria|twn Taiwan|tpe Chinese_Taipei|tjk Tajikistan|tza Tanzania|tan Tanzania
tha Thailand|tls East_Timor|tgo Togo|tog Togo|ton Tonga|tto Trinidad_and_Tobago|tri Trinidad_and_Tobago|tun Tunisia|tur Turkey
tkm Turkmenistan|tuv Tuvalu|uga Uganda|ukr Ukraine|are United_Arab_Emirates|uae United_Arab_Emirates|gbr United_Kingdom
uk United_Kingdom|usa United_States|ury Uruguay|uru Uruguay|uzb Uzbekistan|vut Vanuatu|van Vanuatu|ven Venezuela|vnm Vietnam
vie Vietnam|yem Yemen|zmb Zambia|zam Zambia|zwe Zimbabwe|zim Zimbabwe|eng England|sco Scotland|wal Wales|nir Northern_Ireland
urs Soviet_Union|yug Yugoslavia|tch Czechoslovakia|gdr East_Germany|frg West_Germany|eu European_Union|vat Vatican_City
""")
COUNTRY_CODES = frozenset(_COUNTRIES)
"""Lower-case codes that have a name: ISO 3166 alpha-3, those of the Olympic Committee, and a few of states that were."""


def country_name(code: str) -> str:
    """The English name of a country by its lower-case three-letter code; "" where unknown."""
    return _COUNTRIES.get(code, "")
